"""colloquio export: the responses of a survey as files for other programs."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.database import connected
from admin_scripts.finishing import finished
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say
from admin_scripts.survey_name import SurveyName
from admin_scripts.synthetic import WARNING
from storage.engine import snapshot
from storage.media import MediaStore, open_media
from storage.reading import count_progress
from storage.surveys import Survey

if TYPE_CHECKING:
    from admin_scripts.exporting.record import LetOut
    from admin_scripts.exporting.run import Written
    from admin_scripts.exporting.sink import Sink
    from admin_scripts.microdata.source import Source


class Format(StrEnum):
    """What the tables are written as."""

    CSV = "csv"
    XLSX = "xlsx"
    SAV = "sav"
    DTA = "dta"
    PARQUET = "parquet"
    JSON = "json"
    ODK = "odk"


SINKS = {
    Format.CSV: "csv_files.CsvFiles",
    Format.XLSX: "xlsx_book.XlsxBook",
    Format.SAV: "sav_files.SavFiles",
    Format.DTA: "dta_files.DtaFiles",
    Format.PARQUET: "parquet_files.ParquetFiles",
    Format.JSON: "json_files.JsonFiles",
    Format.ODK: "odk_files.OdkFiles",
}


def sink_of(form: Format) -> "type[Sink]":
    """The format's writer; only its own libraries are imported."""
    module, _, name = SINKS[form].partition(".")
    found: type[Sink] = getattr(import_module(f"admin_scripts.exporting.{module}"), name)
    return found


async def read_from(connection: AsyncConnection, name: str, *, partial: bool = False) -> "tuple[Source, int]":
    """What is known of a survey before its answers are read, and how many rows there will be."""
    from admin_scripts.microdata.source import read_source  # noqa: PLC0415 - half a second

    source = await read_source(connection, name, partial=partial)
    return source, (await count_progress(connection, source.survey.id)).responses + len(source.unfinished)


async def _read(name: str, *, partial: bool) -> "tuple[Source, int, MediaStore, bytes]":
    async with connected() as (engine, settings), snapshot(engine) as connection:
        source, total = await read_from(connection, name, partial=partial)
        return source, total, open_media(settings), settings.secret_key()


def _record(survey: Survey, purpose: str, who: str, options: Mapping[str, object], let_out: "LetOut") -> None:
    from admin_scripts.exporting.record import record  # noqa: PLC0415 - with the other modules of an export

    async def log() -> None:
        async with connected() as (engine, _):
            await record(engine, survey, purpose, options, let_out, who=who)

    finished(log())


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int, int], object]]:
    if not sys.stderr.isatty():
        yield lambda _done, _whole: None
        return
    from rich.console import Console  # noqa: PLC0415 - for who watches
    from rich.progress import Progress as ProgressBar  # noqa: PLC0415

    with ProgressBar(transient=True, console=Console(stderr=True)) as bar:
        task = bar.add_task("Writing the responses", total=total)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


def _say(written: "Written", *, is_synthetic: bool) -> None:
    for path in written.paths:
        say(str(path))
    if written.copied:
        say(f"{written.media}: {counted(written.copied, 'file', 'files')} sent by respondents.")
    if written.lost:
        files = counted(written.lost, "file that responses name is", "files that responses name are")
        say(f"Warning: {files} not in the folder media of the installation. Is it restored from the backup?")
    if written.cut:
        texts = _listed(written.cut, "text", "texts")
        say(f"Warning: cut, since this format has no room for more than 32,767: {texts}. Whole in --format csv.")
    _say_protection(written)
    if is_synthetic:
        say(WARNING)
    say(f"{counted(written.responses, 'response', 'responses')}.")


def _say_protection(written: "Written") -> None:
    if written.withheld:
        say(f"Withheld, since it could tell who somebody is: {_listed(written.withheld)}.")
        if written.why:
            say(f"What describes people is withheld {written.why}.")
        say('To export everything, say what for: --whole --purpose "...".')
    if written.published_by:
        say(
            f"Results by {', '.join(written.published_by)} are on record. They and these rows together tell more than"
            " each by itself: do not give both to the same people."
        )


def _listed(columns: Mapping[str, int | None] | Mapping[str, int], one: str = "row", more: str = "rows") -> str:
    return ", ".join(
        name if number is None else f"{name} of {counted(number, one, more)}" for name, number in columns.items()
    )


app = typer.Typer()


@app.command("export", epilog="Example: colloquio export climate --format xlsx --out exports --labels it")
def export(  # noqa: PLR0913 - one for each option
    name: SurveyName,
    *,
    form: Annotated[
        Format, typer.Option("--format", help="sav: SPSS; dta: Stata; odk: the layout of ODK Central's CSV export.")
    ] = Format.CSV,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; it is made.")] = Path("exports"),
    labels: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="Labels in place of codes: it, en, ...")
    ] = None,
    with_partial: Annotated[
        bool, typer.Option("--partial", help="Also those who stopped half-way, told apart by the column disposition.")
    ] = False,
    is_whole: Annotated[bool, typer.Option("--whole", help="Withhold nothing; say why with --purpose.")] = False,
    purpose: Annotated[str, typer.Option(metavar="WHY", help="What the export is for: it is kept on record.")] = "",
    who: Annotated[str, typer.Option(metavar="NAME", help="Who gets it, on record in place of your user name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Say what was written as JSON, for programs.")] = False,
) -> None:
    """Write the responses for spreadsheets, SPSS, Stata, pandas.

    One row for each response; several answers also as columns of 0 and 1; repeats as tables of their own, linked by
    _parent_index; tables of the same shape that say why an answer is missing; a codebook with the wording of
    everything; the files that respondents have sent. An earlier export is replaced.

    What could tell who somebody is is withheld, unless the survey is an identified one or --whole is said; until the
    close of the survey, all that describes people.
    """
    from admin_scripts.exporting.run import Wish, write_export  # noqa: PLC0415 - pyarrow takes a while
    from admin_scripts.exporting.said import json_of, refusals_as_json  # noqa: PLC0415 - as above

    if is_whole and not purpose.strip():
        raise Refused('Say what everything is needed for: --whole --purpose "...". It is kept on record.')
    source, total, media, secret = finished(_read(name, partial=with_partial))
    wish = Wish(sink_of(form), out, labels, is_whole, secret)
    options = {"format": form.value, "partial": with_partial}
    record = partial(_record, source.survey, purpose.strip(), who.strip(), options)
    with _bar(total) as on_progress, refusals_as_json() if as_json else nullcontext():
        written = write_export(source, total, wish, media, on_progress=on_progress, record=record)
    if as_json:
        print(json_of(written))  # noqa: T201 - for a program, which reads it as it stands
        return
    _say(written, is_synthetic=source.survey.is_synthetic)
