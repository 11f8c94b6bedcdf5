"""colloquio export: the responses of a survey as tables with a codebook."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress as ProgressBar
from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.about import about_columns, about_row
from admin_scripts.columns import CODEBOOK, INDEX, PARENT_INDEX, PARENT_TABLE, RESPONSES, Version, plan_columns
from admin_scripts.database import connected
from admin_scripts.files import Writer, put_in_place
from admin_scripts.measures import measures_in
from admin_scripts.questions import languages_of, questions_of
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say
from admin_scripts.sent_files import copies, drop_others, folder_of, names_sent
from admin_scripts.survey import SurveyName
from admin_scripts.synthetic import WARNING, file_stem, marked
from conversations.forms import FormDefinition
from conversations.languages import shown_name
from storage.engine import snapshot
from storage.forms import load_definition, load_form_source
from storage.media import FOLDER, MediaFolder
from storage.reading import count_progress
from storage.submitted import ResponseRow, stream_responses
from storage.surveys import Survey, get_survey

if TYPE_CHECKING:
    import pandas as pd


class Format(StrEnum):
    """What the tables are written as."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Harvest:
    """All that an export is made from, read in one snapshot; the survey's own form first, then newer ones."""

    survey: Survey
    responses: Sequence[ResponseRow]
    forms: Sequence[FormDefinition]
    source: bytes


async def harvest(connection: AsyncConnection, name: str) -> Harvest:
    """Read a survey's responses and the versions of the questionnaire that they answer."""
    survey = await get_survey(connection, name)
    expected = (await count_progress(connection, survey.id)).responses
    console = Console(stderr=True)
    with ProgressBar(transient=True, console=console, disable=not console.is_terminal) as bar:
        reading = bar.add_task("Reading the responses", total=expected)
        responses = []
        async for row in stream_responses(connection, survey):
            responses.append(row)
            bar.advance(reading)
    hashes = {row.form_hash for row in responses} - {survey.form_hash}
    older = [await load_definition(connection, form_hash) for form_hash in hashes]
    newest = await load_definition(connection, survey.form_hash)
    forms = (newest, *sorted(older, key=lambda form: (form.version, form.hash), reverse=True))
    return Harvest(survey, responses, forms, await load_form_source(connection, survey.form_hash))


def frames_of(harvested: Harvest, labels: str | None) -> "dict[str, pd.DataFrame]":
    """Every table of the export by name, the codebook last. `labels` is a language, None for the choices' names."""
    from admin_scripts.codebook import Codebook  # noqa: PLC0415 - pandas takes a second
    from admin_scripts.frames import Gathering  # noqa: PLC0415

    about = about_columns(harvested.survey.mode, harvested.responses)
    named = version_names(harvested.forms)
    versions = [Version(form.hash, named[form.hash], questions_of(form)) for form in harvested.forms]
    plan = plan_columns(versions, (INDEX, PARENT_INDEX, PARENT_TABLE, *about))
    gathering = Gathering(plan, tuple(about), labels_of(harvested.forms[0], labels))
    for response in harvested.responses:
        told = about_row(response, named[response.form_hash], harvested.survey)
        gathering.add(response.form_hash, told, response.answers)
    languages = tuple(languages_of(harvested.forms[0]))
    folder = folder_of(harvested.survey)
    codebook = Codebook(gathering, languages, measures_in(harvested.source), about, folder)
    frames = {**gathering.frames(), CODEBOOK: codebook.frame()}
    return marked(frames) if harvested.survey.is_synthetic else frames


def version_names(forms: Sequence[FormDefinition]) -> dict[str, str]:
    """What the author calls each version, by hash; with a piece of the hash where he calls two the same."""
    times = Counter(form.version for form in forms)
    return {
        form.hash: form.version if times[form.version] == 1 else f"{form.version} ({form.hash[:7]})".strip()
        for form in forms
    }


def labels_of(form: FormDefinition, wish: str | None) -> str | None:
    """The language meant by "it", "Italiano" or "Italiano (it)"; one that the questionnaire lacks raises Refused."""
    if wish is None or not form.languages:
        return wish and ""
    languages = languages_of(form)
    for tag, name in languages.items():
        if wish.lower() in (tag.lower(), name.lower(), shown_name(name).lower()):
            return tag
    raise Refused(f"The questionnaire has no labels in '{wish}'. Choose one of: {', '.join(languages)}.")


def write_export(
    frames: "Mapping[str, pd.DataFrame]",
    name: str,
    form: Format,
    out: Path,
    beside: Mapping[Path, Writer] | None = None,
) -> list[Path]:
    """Write the tables of one export and what belongs `beside` them, all or none, in place of an earlier export.

    Gives the paths of the tables.
    """
    from admin_scripts.workbook import write_csv, write_workbook  # noqa: PLC0415 - pandas takes a second

    writers: dict[Path, Writer]
    if form is Format.XLSX:
        writers = {out / f"{name}.xlsx": partial(write_workbook, frames=frames)}
    else:
        writers = {out / f"{name}.{table}.csv": partial(write_csv, frame=frame) for table, frame in frames.items()}
    _refuse_mixture(out, name, form, writers)
    put_in_place({**(beside or {}), **writers})
    return list(writers)


def _refuse_mixture(out: Path, name: str, form: Format, writers: Mapping[Path, Writer]) -> None:
    """Files of an earlier export that this one would leave there, to be taken for its own."""
    there = out.iterdir() if out.is_dir() else ()
    left = sorted(
        p.name for p in there if p.name.startswith(f"{name}.") and p.suffix == f".{form}" and p not in writers
    )
    if left:
        raise Refused(
            f"{out} holds another export: {', '.join(left)}. Move it away, or choose another folder with --out."
        )


async def _harvested(name: str) -> tuple[Harvest, MediaFolder]:
    async with connected() as (engine, settings), snapshot(engine) as connection:
        return await harvest(connection, name), MediaFolder(settings.data_dir / FOLDER)


def _write_all(harvested: Harvest, media: MediaFolder, labels: str | None, form: Format, out: Path) -> int:
    """Tables and files; says what was written, and gives the number of responses."""
    survey, frames = harvested.survey, frames_of(harvested, labels)
    names = [] if survey.is_synthetic else names_sent(harvested.responses, harvested.forms)
    folder = out / folder_of(survey)
    console = Console(stderr=True)
    with ProgressBar(transient=True, console=console, disable=not console.is_terminal) as bar:
        copying = bar.add_task("Writing the tables and files", total=len(names) + 1)
        beside = copies(names, media, folder, partial(bar.advance, copying))
        written = write_export(frames, file_stem(survey), form, out, beside)
    if not survey.is_synthetic:
        drop_others(folder, names)
    for path in written:
        say(str(path))
    _say_files(folder, len(beside), len(names) - len(beside))
    return len(frames[RESPONSES])


def _say_files(folder: Path, copied: int, missing: int) -> None:
    if copied:
        say(f"{folder}: {counted(copied, 'file', 'files')} sent by respondents.")
    if missing:
        are = "file that responses name is" if missing == 1 else "files that responses name are"
        say(f"Warning: {missing} {are} not in the folder media of the installation. Is it restored from the backup?")


app = typer.Typer()


@app.command("export", epilog="Example: colloquio export climate --format xlsx --out exports --labels it")
def export(
    name: SurveyName,
    *,
    form: Annotated[Format, typer.Option("--format", help="csv: a file for each table; xlsx: a sheet.")] = Format.CSV,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; it is made.")] = Path("exports"),
    labels: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="Labels in place of codes: it, en, ...")
    ] = None,
) -> None:
    """Write the responses to CSV or XLSX.

    One row for each response; several answers also as columns of 0 and 1; repeats as tables of their own, linked by
    _parent_index; a codebook with the wording of everything; the files that respondents have sent in the folder
    NAME-media. An earlier export is replaced.
    """
    harvested, media = asyncio.run(_harvested(name))
    count = _write_all(harvested, media, labels, form, out)
    if harvested.survey.is_synthetic:
        say(WARNING)
    say(f"{count} {'response' if count == 1 else 'responses'}.")
