"""The files that the sheets name, for questionnaires that do not compile yet."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.forms.workbook import Row, Sheet

_DATA = re.compile(r"\S+\.(?:csv|xml|geojson)", re.IGNORECASE)
_EXTERNAL = re.compile(r"(csv|xml)-external", re.IGNORECASE)
_PULLED = re.compile(r"pulldata\(\s*['\"‘’“”]([^'\"‘’“”]+)['\"‘’“”]")
_MEDIA = re.compile(r"(?:media::)?(?:image|big-image|audio|video)(?:::.*)?")


@dataclass(frozen=True, slots=True)
class NamedFiles:
    """Names of the files that are read as `data`, and of those that are shown, as far as no answer decides."""

    data: tuple[str, ...]
    media: tuple[str, ...]


def files_in_sheets(sheets: Mapping[str, Sheet]) -> NamedFiles:
    """Each file once, in the order of the rows."""
    rows = [row for name in ("survey", "choices") if name in sheets for row in sheets[name].rows]
    survey = sheets["survey"].rows if "survey" in sheets else ()
    data = dict.fromkeys(name for row in survey for name in _data(row))
    return NamedFiles(tuple(data), tuple(dict.fromkeys(name for row in rows for name in _media(row))))


def _data(row: Row) -> Iterator[str]:
    kind = row.get("type")
    if external := _EXTERNAL.fullmatch(kind):
        if row.get("name"):
            yield f"{row.get('name')}.{external[1].lower()}"
        return
    yield from _DATA.findall(kind)
    for text in row.cells.values():
        for name in _PULLED.findall(text):
            yield name if name.lower().endswith(".csv") else f"{name}.csv"


def _media(row: Row) -> Iterator[str]:
    for column, text in row.cells.items():
        if _MEDIA.fullmatch(column) and "${" not in text:
            yield text
