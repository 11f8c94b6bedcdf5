"""colloquio report: what may be published of a survey, as a report with charts that can be handed on as it is."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from admin_scripts.files import Writer
from admin_scripts.finishing import finished
from admin_scripts.reporting.formats import Format
from admin_scripts.screen import say, working
from admin_scripts.survey import SurveyName
from admin_scripts.synthetic import SYNTHETIC, WARNING
from admin_scripts.tables import language_of

if TYPE_CHECKING:
    from admin_scripts.publication import Publication


def report_files(
    publication: "Publication", form: Format, templates: Path | None, options: dict[str, str], out: Path
) -> dict[Path, Writer]:
    """What writes the report, its manifest and what `colloquio audit` reads; `out` may have other formats of it."""
    from admin_scripts.published_file import SUFFIX, text_of  # noqa: PLC0415 - each takes a second
    from admin_scripts.reporting.manifest import manifest_of, program_version  # noqa: PLC0415
    from admin_scripts.reporting.writing import written  # noqa: PLC0415

    options = {**options, "lang": language_of(publication, options["lang"] or None)}
    stem = f"{SYNTHETIC.upper()}-{publication.name}" if publication.is_synthetic else publication.name
    files = {
        f"{stem}.{form}": written(publication, form, options["lang"], templates),
        f"{stem}{SUFFIX}": text_of(publication).encode(),
    }
    there = out / f"{stem}.manifest.json"
    earlier = there.read_bytes() if there.is_file() else b""
    files[there.name] = manifest_of(publication, files, options, program_version(), earlier)
    return {out / file: partial(_write, content) for file, content in files.items()}


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


app = typer.Typer()


@app.command("report", epilog="Example: colloquio report climate --lang it --format pdf --by area --out report")
def report(  # noqa: PLR0913 - a switch each
    name: SurveyName,
    *,
    form: Annotated[Format, typer.Option("--format", help="html: one file that needs nothing else.")] = Format.HTML,
    lang: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="it, en, ...; else the questionnaire's default.")
    ] = None,
    by: Annotated[str, typer.Option(metavar="QUESTION", help="Groups by the answers to this question.")] = "",
    weights: Annotated[bool, typer.Option("--weights", help="Weighted to the register's margins, too.")] = False,
    template: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Your own templates, in place of ours of the same name.")
    ] = None,
    write_template: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Copy our templates there to start from, and stop.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; it is made.")] = Path("reports"),
) -> None:
    """Write the report: charts, tables and sentences.

    Summary, a chart and a table for each question, open answers, method and questionnaire, as HTML, tagged PDF
    or DOCX. Only what may be published is in it: small groups are merged or not shown. The same responses give the
    same bytes; NAME.manifest.json beside it says from what they came, NAME.published.json is for colloquio audit.
    """
    if write_template is not None:
        from admin_scripts.reporting.rendering import write_templates  # noqa: PLC0415 - charts take a second

        for path in write_templates(write_template):
            say(str(path))
        return
    from admin_scripts.disclosure.gate import Wanted  # noqa: PLC0415 - numpy and scipy take a second
    from admin_scripts.disclosure.release import release  # noqa: PLC0415

    with working("Counting and writing the report"):
        options = {"lang": lang or "", "by": by, "weights": "yes" if weights else "no"}
        making = partial(report_files, form=form, templates=template, options=options, out=out)
        publication, paths = finished(release(name, Wanted(by=by, weights=weights), making))
    for path in paths:
        say(str(path))
    if publication.is_synthetic:
        say(WARNING)
