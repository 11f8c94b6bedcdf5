"""colloquio tables: what was answered, in tables with bases and margins of error, as XLSX, HTML or CSV."""

from enum import StrEnum
from functools import partial
from pathlib import Path

from admin_scripts.files import Writer, put_in_place
from admin_scripts.publication import Publication
from admin_scripts.published_file import SUFFIX, write_publication
from admin_scripts.refusal import Refused


class Kind(StrEnum):
    """What the tables are written as, by the ending of the file."""

    XLSX = ".xlsx"
    HTML = ".html"
    CSV = ".csv"


def write_tables(publication: Publication, language: str, out: Path) -> Path:
    """The tables at `out`, as its ending says, and beside them what `colloquio audit` reads, whose path is given."""
    beside = out.with_name(f"{out.stem}{SUFFIX}")
    writers: dict[Path, Writer] = {
        out: partial(_write, publication, language, kind_of(out)),
        beside: partial(write_publication, publication),
    }
    put_in_place(writers)
    return beside


def kind_of(out: Path) -> Kind:
    """What the ending of a file asks for; Refused if it asks for nothing we write."""
    try:
        return Kind(out.suffix.lower())
    except ValueError:
        raise Refused(f"{out.name} does not say what to write: let it end in {', '.join(Kind)}.") from None


def language_of(publication: Publication, wish: str | None) -> str:
    """The wished language, else the questionnaire's own; Refused if the questionnaire does not have it."""
    if wish is None or not any(publication.languages):
        return wish or next(iter(publication.languages), "")
    for tag, name in publication.languages.items():
        if wish.lower() in (tag.lower(), name.lower()):
            return tag
    raise Refused(f"The questionnaire has no texts in '{wish}'. Choose one of: {', '.join(publication.languages)}.")


def _write(publication: Publication, language: str, kind: Kind, path: Path) -> None:
    if kind is Kind.CSV:
        from admin_scripts.tabled.tidy import csv_of  # noqa: PLC0415 - only what is written

        path.write_text(csv_of(publication, language), encoding="utf-8-sig", newline="")
        return
    from admin_scripts.tabled.pages import book_of  # noqa: PLC0415

    book = book_of(publication, language)
    if kind is Kind.XLSX:
        from admin_scripts.tabled.xlsx import workbook_of  # noqa: PLC0415

        path.write_bytes(workbook_of(book))
    else:
        from admin_scripts.tabled.html import page_of  # noqa: PLC0415

        path.write_text(page_of(book), encoding="utf-8")
