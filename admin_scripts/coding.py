"""colloquio coding: open answers listed for coders, their codes imported, their agreement measured."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.exporting.record import LetOut, record
from admin_scripts.files import put_in_place
from admin_scripts.finishing import finished
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table
from admin_scripts.survey import SurveyName
from admin_scripts.synthetic import WARNING
from admin_scripts.wording import wording_for
from storage.codings import Code, Coding, save_codings, save_frame
from storage.engine import snapshot, transaction
from storage.releases import Kind

if TYPE_CHECKING:
    from admin_scripts.open_answers.agreeing import Agreement
    from admin_scripts.open_answers.listing import Listing

CODER = re.compile(r"[\w-]{1,40}")
PURPOSE = "coding of open answers"
Question = Annotated[str, typer.Option("--question", metavar="QUESTION", help="The question, by its name.")]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many texts a coder has coded and how many not, and the code frame before and after."""

    question: str
    coded: int
    uncoded: int
    before: tuple[Code, ...]
    after: tuple[Code, ...]


async def listed(engine: AsyncEngine, name: str, question: str, secret: bytes) -> "Listing":
    """The texts of a question. Refused if there are too few."""
    from admin_scripts.open_answers.listing import listing_of  # noqa: PLC0415 - reading answers takes a second to load

    async with snapshot(engine) as connection:
        return await listing_of(connection, name, question, secret)


async def write_list(
    engine: AsyncEngine, listing: "Listing", coder: str, out: Path, language: str | None = None
) -> None:
    """Write the file for a coder, and put on record that texts were let out.

    It speaks the questionnaire's own language, unless another one of its languages is named.
    """
    from admin_scripts.exporting.run import language_in  # noqa: PLC0415
    from admin_scripts.open_answers.sheets import write_listing  # noqa: PLC0415

    _refuse_suffix(out)
    words = wording_for(language_in(listing.languages, language))
    await _record(engine, listing, "list")
    put_in_place({out: lambda own: write_listing(listing, coder, words, own)})


async def import_codes(engine: AsyncEngine, name: str, file: Path, coder: str, secret: bytes) -> Imported:
    """Replace this coder's codes by the file's. With a mistake nothing changes."""
    from admin_scripts.open_answers.coded_file import question_in, read_coded  # noqa: PLC0415

    if not CODER.fullmatch(coder):
        raise Refused(f"'{coder}' cannot be a coder's name. Use up to 40 letters, digits, '-' and '_'.")
    listing = await listed(engine, name, question_in(file), secret)
    frame, given, mistakes = read_coded(file, listing, coder)
    if mistakes:
        show_table(("Cell", "What is wrong", "What to do"), [(one.cell, one.what, one.remedy) for one in mistakes])
        raise Refused(
            f"{file} has {counted(len(mistakes), 'mistake', 'mistakes')} and nothing was imported."
            " Correct the cells, then import it again."
        )
    question = listing.question.name
    codings = [
        Coding(listing.texts[known].response_id, question, coder, codes, listing.texts[known].row)
        for known, codes in given.items()
    ]
    async with transaction(engine) as connection:
        await save_frame(connection, listing.survey.id, question, frame)
        await save_codings(connection, listing.survey.id, question, coder, codings)
    return Imported(question, len(codings), len(listing.texts) - len(codings), tuple(listing.frame), tuple(frame))


async def write_differing(engine: AsyncEngine, listing: "Listing", agreement: "Agreement", out: Path) -> None:
    """Write the texts that were coded differently, and put on record that texts were let out."""
    from admin_scripts.open_answers.sheets import write_sheets  # noqa: PLC0415

    _refuse_suffix(out)
    await _record(engine, listing, "agreement")
    heading = ("id", "text", *agreement.coders)
    put_in_place({out: lambda own: write_sheets(own, {"different codes": (heading, agreement.differing)})})


async def _record(engine: AsyncEngine, listing: "Listing", what: str) -> None:
    people = sorted({text.response_id for text in listing.texts.values()})
    digest = hashlib.sha256("".join(people).encode()).hexdigest()
    options = {"command": f"coding {what}", "question": listing.question.name}
    await record(engine, listing.survey, PURPOSE, options, LetOut(Kind.PROTECTED, len(people), digest))


def _refuse_suffix(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise Refused(f"Lists for coders are workbooks, and {out} is '{out.suffix}'. Choose a name that ends in .xlsx.")


app = typer.Typer(name="coding", help="Code open answers: list, import, agreement.", no_args_is_help=True)


@app.command("list", epilog="Example: colloquio coding list climate --question reason --out reason.xlsx")
def list_(
    name: SurveyName,
    *,
    question: Question,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The workbook to write.")],
    coder: Annotated[str, typer.Option(metavar="CODER", help="With the codes that this coder has given so far.")] = "",
    lang: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="it, en, ...; without it the questionnaire's own.")
    ] = None,
) -> None:
    """Write the answers to an open question to a workbook in which they are coded.

    Shuffled, under ids that cannot be joined with those of another question; with a sheet for the code frame and one
    that explains it all. Texts of fewer than 10 people are not listed. That texts were let out is put on record.
    """

    async def run() -> "Listing":
        async with connected() as (engine, settings):
            listing = await listed(engine, name, question, settings.secret_key())
            await write_list(engine, listing, coder, out, lang)
            return listing

    listing = finished(run())
    say(f"{counted(len(listing.texts), 'text is', 'texts are')} in {out}; its last sheet explains it.")
    if listing.survey.is_synthetic:
        say(WARNING)
    say(f"Next: code them, then colloquio coding import {name} {out} --coder {coder or 'CODER'}")


@app.command("import", epilog="Example: colloquio coding import climate reason.xlsx --coder anna")
def import_(
    name: SurveyName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook with codes.")],
    *,
    coder: Annotated[str, typer.Option(metavar="CODER", help="Who coded; “final” for what coders agreed on.")],
) -> None:
    """Read codes back, in place of what this coder has given before.

    All mistakes are listed at once, with cell and remedy, and with a mistake nothing is imported.
    """

    async def run() -> Imported:
        async with connected() as (engine, settings):
            return await import_codes(engine, name, file, coder, settings.secret_key())

    _say_imported(finished(run()), coder)


def _say_imported(done: Imported, coder: str) -> None:
    coded = counted(done.coded, "text is", "texts are")
    say(f"{coded} coded by {coder}. Tables and exports have {done.question}_coded.")
    if done.uncoded:
        say(f"{counted(done.uncoded, 'text is', 'texts are')} not coded by {coder} yet.")
    if changes := frame_changes(done.before, done.after):
        say(f"The code frame now has {counted(len(done.after), 'code', 'codes')}: {changes}.")


def frame_changes(before: Sequence[Code], after: Sequence[Code]) -> str:
    """As "1 new code, 1 label changed"; "" if it is the same."""
    old, new = ({code.name: code.labels for code in frame} for frame in (before, after))
    labels = sum(old[name] != new[name] for name in old.keys() & new.keys())
    parts = (
        (len(new.keys() - old.keys()), "new code", "new codes"),
        (len(old.keys() - new.keys()), "code removed", "codes removed"),
        (labels, "label changed", "labels changed"),
    )
    return ", ".join(counted(*part) for part in parts if part[0])


@app.command("agreement", epilog="Example: colloquio coding agreement climate --question reason --out different.xlsx")
def agreement(
    name: SurveyName,
    *,
    question: Question,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A workbook of the texts that were coded differently.")
    ] = None,
) -> None:
    """Show how far the coders of a question agree: Krippendorff's alpha, over all and code by code."""
    from admin_scripts.open_answers.agreeing import agreement_of  # noqa: PLC0415 - statistics take a second to load

    async def run() -> "Agreement":
        async with connected() as (engine, settings):
            listing = await listed(engine, name, question, settings.secret_key())
            found = agreement_of(listing)
            if out is not None:
                await write_differing(engine, listing, found, out)
            return found

    _say_agreement(finished(run()), out)


def _say_agreement(found: "Agreement", out: Path | None) -> None:
    from admin_scripts.open_answers.agreeing import verdict  # noqa: PLC0415

    rows = [(one.name, one.label, *map(str, one.times), f"{one.alpha:.2f}") for one in found.codes]
    show_table(("Code", "Label", *found.coders, "Alpha"), rows, numbers={*found.coders, "Alpha"})
    say(f"Krippendorff's alpha: {found.alpha:.2f}, {verdict(found.alpha)}.")
    differ = counted(len(found.differing), "text was", "texts were")
    say(f"{differ} coded differently, of {found.texts} that two have coded.")
    if out is not None:
        say(f"They are in {out}.")
