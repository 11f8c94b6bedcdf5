"""colloquio texts: what invitations and reminders say, to a file and back."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from admin_scripts.database import connected
from admin_scripts.files import put_in_place
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table
from admin_scripts.survey_name import SurveyName
from admin_scripts.texts_file import EXPLAINED, MEANINGS, TEXTS, Mistake, TextsFile, frames_of
from conversations.languages import tag_of
from conversations.letters import Occasion, OwnWords, our_template
from conversations.phrases import LANGUAGES
from conversations.protocol import Terms
from storage.engine import snapshot, transaction
from storage.forms import load_definition
from storage.surveys import Survey, get_survey
from storage.texts import Texts, load_texts, save_texts

NONE = OwnWords("", "")
"""Nothing of one's own."""

SENDERS, CLOSINGS = ("", "somebody"), (None, datetime.max.replace(tzinfo=UTC))
"""Ours differ by whether these are known."""


async def all_texts(engine: AsyncEngine, name: str) -> Texts:
    """What is said on every occasion in each language: the survey's own words, and ours where there are none."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        own = await load_texts(connection, survey.id)
        languages = await languages_of(connection, survey)
    texts = {}
    for occasion, language in product(Occasion, languages):
        ours = our_template(occasion, survey.terms, language)
        words = own.get((occasion, language), ours)
        texts[occasion, language] = OwnWords(words.subject or ours.subject, words.body or ours.body)
    return texts


async def languages_of(connection: AsyncConnection, survey: Survey) -> list[str]:
    """The tags of the languages in which people are written to."""
    names = (await load_definition(connection, survey.form_hash)).languages
    return list(dict.fromkeys(tag_of(name) or "en" for name in names)) or list(LANGUAGES)


async def import_texts(engine: AsyncEngine, name: str, path: Path) -> int:
    """Have the file's texts said from now on, and ours in place of rows that are not there; how many are own ones.

    Refused if anything is wrong, which is shown; then nothing changes.
    """
    async with transaction(engine) as connection:
        survey = await get_survey(connection, name)
        texts, mistakes = TextsFile(path).read(await languages_of(connection, survey), survey.terms)
        if mistakes:
            _show(mistakes)
            raise Refused(
                f"{path} has {counted(len(mistakes), 'mistake', 'mistakes')} and nothing was imported."
                " Correct the cells, then import it again."
            )
        own = {key: kept for key, words in texts.items() if (kept := _without_ours(*key, words, survey.terms)) != NONE}
        await save_texts(connection, survey.id, own)
        return len(own)


def _without_ours(occasion: Occasion, language: str, words: OwnWords, terms: Terms) -> OwnWords:
    """What differs from ours, whether the survey had a sender and a deadline when the file was written or not."""
    said = [replace(terms, sender=sender, closes_at=closes) for sender, closes in product(SENDERS, CLOSINGS)]
    ours = [our_template(occasion, one, language) for one in said]
    is_our_subject = any(_plain(words.subject) == _plain(one.subject) for one in ours)
    is_our_body = any(_plain(words.body) == _plain(one.body) for one in ours)
    return OwnWords("" if is_our_subject else words.subject, "" if is_our_body else words.body)


def _plain(text: str) -> str:
    """Without what an editor may add at the ends of lines."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _show(mistakes: list[Mistake]) -> None:
    rows = [(mistake.cell, mistake.what, mistake.remedy) for mistake in mistakes]
    show_table(("Cell", "What is wrong", "What to do"), rows)


def write_texts(path: Path, texts: Texts) -> None:
    """As a workbook with a sheet that explains it, or as CSV, by the name of the file."""
    from admin_scripts.workbook import write_csv, write_workbook  # noqa: PLC0415 - pandas takes a second

    frames = frames_of(texts)
    match path.suffix.lower():
        case ".xlsx":
            put_in_place({path: lambda own: write_workbook(own, frames, prose=(TEXTS, EXPLAINED))})
        case ".csv":
            put_in_place({path: lambda own: write_csv(own, frames[TEXTS])})
        case suffix:
            raise Refused(f"Texts are written as .xlsx or .csv, and {path} is '{suffix}'. Choose one of the two.")


async def _export(name: str) -> Texts:
    async with connected() as (engine, _):
        return await all_texts(engine, name)


async def _import(name: str, path: Path) -> int:
    async with connected() as (engine, _):
        return await import_texts(engine, name, path)


app = typer.Typer(name="texts", help="Write invitations and reminders in your own words.", no_args_is_help=True)


@app.command("export", epilog="Example: colloquio texts export climate texts.xlsx")
def export(
    name: SurveyName,
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, .xlsx or .csv.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")] = False,
) -> None:
    """Write what invitations and reminders say to a file, in every language of the questionnaire.

    Change it there, then import it. Places in braces, such as {name}, are filled for each person; the workbook has a
    sheet that explains them.
    """
    if out.exists() and not overwrite:
        raise Refused(f"{out} is there already. Choose another name, or add --overwrite.")
    texts = asyncio.run(_export(name))
    write_texts(out, texts)
    say(f"{counted(len(texts), 'text is', 'texts are')} in {out}. Places that are filled for each person:")
    for place, meaning in MEANINGS.items():
        say(f"  {{{place}}}".ljust(14) + meaning)
    say(f"Next: change the texts, then colloquio texts import {name} {out}")


@app.command("import", epilog="Example: colloquio texts import climate texts.xlsx")
def import_(
    name: SurveyName, file: Annotated[Path, typer.Argument(metavar="FILE", help="The changed file, .xlsx or .csv.")]
) -> None:
    """Say what the file says, from the next message on; rows that are not in it say ours again.

    All mistakes are listed at once, and with a mistake nothing is imported.
    """
    own = asyncio.run(_import(name, file))
    if own:
        say(f"{counted(own, 'text is', 'texts are')} your own from now on; the others are ours.")
    else:
        say("No text differs from ours, so ours are used.")
