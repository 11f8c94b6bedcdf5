"""All files of the open data, checked against their own schema before anybody sees them, and the zip of them."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from admin_scripts.formulas import harmless
from admin_scripts.open_data.about import About
from admin_scripts.open_data.metadata import graph_of, turtle_of, xml_of
from admin_scripts.open_data.rows import Leak, Row, figures, questions, results, text_columns
from admin_scripts.open_data.schema import package_of
from admin_scripts.open_data.words import readme_of
from admin_scripts.publication import Publication
from admin_scripts.wording import Wording

EPOCH = (1980, 1, 1, 0, 0, 0)
PACKAGE = "datapackage.json"


def files_of(publication: Publication, about: About, wording: Wording) -> dict[str, bytes]:
    """Name -> content. Leak if the schema finds a number that must not be there."""
    headers = headers_of(publication)
    made = {"questions": questions, "results": results, "figures": figures}
    files = {f"{table}.csv": _csv(headers[table], list(make(publication))) for table, make in made.items()}
    graph = graph_of(publication, about, tuple(files))
    described = package_of(publication, about, headers, wording)
    files[PACKAGE] = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
    files["dcat-ap_it.ttl"] = turtle_of(graph)
    files["dcat-ap_it.rdf"] = xml_of(graph)
    files["README.md"] = readme_of(publication, about, headers, wording).encode()
    mistakes = mistakes_in(files)
    if mistakes:
        raise Leak("; ".join(mistakes))
    return files


def headers_of(publication: Publication) -> Mapping[str, Sequence[str]]:
    """The columns of each table."""
    mark = ("synthetic",) if publication.is_synthetic else ()
    texts = {
        name: tuple(text_columns(name, publication))
        for name in ("wording", "section", "asked_whom", "group_label", "label")
    }
    group = (*mark, "question", "by", "group", *texts["group_label"])
    asked = (*texts["wording"], *texts["section"], *texts["asked_whom"])
    return {
        "questions": (*mark, "question", "kind", *asked, "repeat", "base", "status"),
        "results": (*group, "code", *texts["label"], "n", "base", "asked", "percent", "low", "high", "status"),
        "figures": (*group, "figure", "code", "base", "value", "low", "high"),
    }


def mistakes_in(files: Mapping[str, bytes]) -> list[str]:
    """What frictionless finds wrong with the tables by their schema; [] if nothing."""
    import frictionless  # noqa: PLC0415 - a second

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        report = frictionless.Package(str(Path(folder) / PACKAGE)).validate()
    return [str(line[-1]) for line in report.flatten(["rowNumber", "fieldName", "message"])]


def zip_of(files: Mapping[str, bytes], folder: str) -> bytes:
    """All of them in one archive, with fixed times."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, part)
    return content.getvalue()


def _csv(headers: Sequence[str], rows: Sequence[Row]) -> bytes:
    content = io.StringIO()
    writer = csv.DictWriter(content, headers, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: harmless(value) if isinstance(value, str) else value for name, value in row.items()})
    return content.getvalue().encode()
