"""colloquio codebook: what every column means, who was asked, how many answered."""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from admin_scripts.database import connected
from admin_scripts.export import read_from
from admin_scripts.files import Writer, put_in_place
from admin_scripts.finishing import finished
from admin_scripts.screen import say
from admin_scripts.survey_name import SurveyName
from admin_scripts.synthetic import WARNING
from storage.engine import snapshot

if TYPE_CHECKING:
    from admin_scripts.codebooks.book import Codebook
    from admin_scripts.microdata.source import Source


class Format(StrEnum):
    """What the codebook is written as."""

    DDI = "ddi"
    XLSX = "xlsx"
    MD = "md"
    SPS = "sps"


async def _read(name: str) -> "tuple[Source, int]":
    async with connected() as (engine, _), snapshot(engine) as connection:
        return await read_from(connection, name)


def writers_of(book: "Codebook", form: Format, out: Path) -> Iterator[tuple[Path, Writer]]:
    """The files of a format and how each is written; of SPSS syntax one for each table."""
    if form is Format.XLSX:
        from admin_scripts.codebooks.workbook import write_book  # noqa: PLC0415 - only what is wanted

        yield out / f"{book.export.stem}.codebook.xlsx", partial(write_book, book)
    elif form is Format.DDI:
        from admin_scripts.codebooks.ddi import ddi_of  # noqa: PLC0415

        yield out / f"{book.export.stem}.codebook.xml", lambda own: _write(own, ddi_of(book))
    elif form is Format.MD:
        from admin_scripts.codebooks.markdown import markdown_of  # noqa: PLC0415

        yield out / f"{book.export.stem}.codebook.md", lambda own: _write(own, markdown_of(book).encode())
    else:
        from admin_scripts.codebooks.spss import syntax_of  # noqa: PLC0415

        for table in book.export.tables:
            text = syntax_of(book, table).encode()
            yield out / f"{book.export.stem}.{table.title}.sps", partial(_write, content=text)


def _write(own: Path, content: bytes) -> None:
    own.write_bytes(content)


app = typer.Typer()


@app.command("codebook", epilog="Example: colloquio codebook climate --format ddi --out codebook")
def codebook(
    name: SurveyName,
    *,
    form: Annotated[
        Format | None, typer.Option("--format", help="ddi: XML for archives; md: Markdown; sps: SPSS syntax.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; it is made.")] = Path("exports"),
    whole: Annotated[bool, typer.Option("--whole", help="Of an export with --whole.")] = False,
) -> None:
    """Write what every column means: wording, who was asked, n.

    Wording in all languages, the condition in words, answers and each kind of missing. All four formats, unless one is
    named. The SPSS syntax reads the CSV files of `colloquio export`, beside which it is written: those without --labels
    and --partial, and with --whole if this is said here, too. PSPP then has the same variables, labels and n as from
    --format sav. How many chose what is in no codebook.
    """
    from admin_scripts.codebooks.reading import codebook_of  # noqa: PLC0415 - reading answers takes a second to load

    book = codebook_of(*finished(_read(name)), is_whole=whole)
    writers = dict(pair for one in ([form] if form else Format) for pair in writers_of(book, one, out))
    put_in_place(writers)
    for path in writers:
        say(str(path))
    if book.is_synthetic:
        say(WARNING)
