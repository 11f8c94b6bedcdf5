"""colloquio tables: what was answered, in tables with bases and margins of error, as XLSX, HTML or CSV."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from admin_scripts.files import Writer
from admin_scripts.finishing import finished
from admin_scripts.refusal import Refused
from admin_scripts.screen import say
from admin_scripts.survey_name import SurveyName

if TYPE_CHECKING:
    from admin_scripts.publication import Publication


MARK = "SYNTHETIC-"
"""What names of files begin with when nobody has given the answers."""


class Kind(StrEnum):
    """What the tables are written as, by the ending of the file."""

    XLSX = ".xlsx"
    HTML = ".html"
    CSV = ".csv"


def table_files(publication: "Publication", wish: str | None, out: Path) -> dict[Path, Writer]:
    """What writes the tables, as the ending of `out` says, and beside them what `colloquio audit` reads.

    `wish` is a language, None for the questionnaire's own.
    """
    from admin_scripts.published_file import SUFFIX, write_publication  # noqa: PLC0415 - only what is written

    is_marked = out.name.startswith(MARK) or not publication.is_synthetic
    place = out if is_marked else out.with_name(f"{MARK}{out.name}")
    beside = place.with_name(f"{place.name}{SUFFIX}")
    return {
        place: partial(_write, publication, language_of(publication, wish), kind_of(out)),
        beside: partial(write_publication, publication),
    }


def kind_of(out: Path) -> Kind:
    """What the ending of a file asks for; Refused if it asks for nothing we write."""
    try:
        return Kind(out.suffix.lower())
    except ValueError:
        raise Refused(f"{out.name} does not say what to write: let it end in {', '.join(Kind)}.") from None


def language_of(publication: "Publication", wish: str | None) -> str:
    """The wished language, else the questionnaire's own; Refused if the questionnaire does not have it."""
    if wish is None or not any(publication.languages):
        return wish or next(iter(publication.languages), "")
    for tag, name in publication.languages.items():
        if wish.lower() in (tag.lower(), name.lower()):
            return tag
    raise Refused(f"The questionnaire has no texts in '{wish}'. Choose one of: {', '.join(publication.languages)}.")


def _write(publication: "Publication", language: str, kind: Kind, path: Path) -> None:
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


app = typer.Typer()


@app.command("tables", epilog="Example: colloquio tables climate --by area --weights --lang it --out tables.xlsx")
def tables(
    name: SurveyName,
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="tables.xlsx, .html or .csv: the ending says what.")],
    by: Annotated[str, typer.Option(metavar="QUESTION", help="Groups by the answers to this question.")] = "",
    weights: Annotated[bool, typer.Option("--weights", help="Weighted to the register's margins, too.")] = False,
    lang: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="it, en, ...; else the questionnaire's default.")
    ] = None,
) -> None:
    """Write what was answered, in tables.

    Each question with n, percentages and their base, 95% intervals for the whole register, and what sums it up;
    groups beside one another, with a test. Only what may be published is in it: small groups are merged or not shown.
    FILE.published.json beside it is for colloquio audit.
    """
    kind_of(out)
    from admin_scripts.disclosure.gate import Wanted  # noqa: PLC0415 - numpy and scipy take a second
    from admin_scripts.disclosure.release import release  # noqa: PLC0415

    making = partial(table_files, wish=lang, out=out)
    publication, paths = finished(release(name, Wanted(by=by, weights=weights), making))
    for path in paths:
        say(str(path))
    if publication.is_synthetic:
        from admin_scripts.synthetic import WARNING  # noqa: PLC0415

        say(WARNING)
    say(f"{len(publication.tables)} questions, {publication.responses} responses of {publication.population} people.")
