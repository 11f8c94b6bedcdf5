"""colloquio survey upgrade: put a running survey, with who is half-way in it, on a newer version of the form."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from admin_scripts.check import Examined, FormFile, examine
from admin_scripts.database import connected
from admin_scripts.problem_list import count_problems, show_problems
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table
from admin_scripts.version_changes import VersionChanges, changes_between
from conversations.forms import FormDefinition, Problem, load_form
from conversations.forms.correspondence import conflicts, correspond
from conversations.forms.problems import Fault
from conversations.upgrading import MigrationReport
from storage.dispositions import SMALLEST_GROUP
from storage.engine import snapshot, transaction
from storage.forms import load_definition, save_form
from storage.surveys import State, Survey, get_survey
from storage.versions import (
    adopt_version,
    count_answered,
    is_under_way,
    move_sessions,
    preview_move,
    versions_in_use,
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an upgrade would do: to the questionnaire, to open sessions; `kept` responses hold choices that are gone."""

    survey: Survey
    form: FormDefinition
    changes: VersionChanges
    sessions: MigrationReport
    kept: Counter[str] = field(default_factory=Counter)  # by path of the newer version
    namesake: str = ""  # what both versions are called by their author
    is_same: bool = False


async def prepare(engine: AsyncEngine, name: str, examined: Examined, *, now: datetime) -> Prepared:
    """Compare, and see what would become of everybody who is half-way; nothing is changed.

    Raises Refused: the form has errors, the survey is closed, or a name in use has another type.
    """
    if examined.errors:
        show_problems(examined.problems)
        raise Refused(f"The questionnaire has {count_problems(examined.problems)}. Correct the cells, then try again.")
    new = load_form(examined.xform, examined.files)
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        if survey.state(now) is State.CLOSED:
            raise Refused(
                f"Survey '{name}' is closed, so nobody goes on in it. To open it again: colloquio survey open {name}"
            )
        older = await _older(connection, survey, new)
        _refuse_conflicts(examined, older, new)
        is_same = survey.form_hash == new.hash and not await is_under_way(connection, survey, new.hash)
        before = await load_definition(connection, survey.form_hash)
        if survey.form_hash == new.hash and older:
            before = next(iter(older.values()))
        kept = await _kept(connection, survey, older, new)
        report = await preview_move(connection, survey, new, now=now)
        namesake = new.version if before.version == new.version else ""
        return Prepared(survey, new, changes_between(before, new), report, kept, namesake, is_same)


async def _older(connection: AsyncConnection, survey: Survey, new: FormDefinition) -> dict[str, FormDefinition]:
    """The other versions with which somebody has begun or handed in."""
    used = sorted(await versions_in_use(connection, survey.id) - {new.hash})
    return {version: await load_definition(connection, version) for version in used}


def _refuse_conflicts(examined: Examined, older: Mapping[str, FormDefinition], new: FormDefinition) -> None:
    problems = tuple(dict.fromkeys(_conflict_problems(examined, older, new)))
    if problems:
        show_problems(problems)
        names = counted(len({problem.cell for problem in problems}), "name has", "names have")
        raise Refused(f"{names} another type than in a version that people have answered. Nothing was changed.")


def _conflict_problems(
    examined: Examined, older: Mapping[str, FormDefinition], new: FormDefinition
) -> Iterator[Problem]:
    from conversations.forms.cells import CellFinder  # noqa: PLC0415 - openpyxl takes a while
    from conversations.forms.workbook import read_workbook  # noqa: PLC0415

    finder = CellFinder(read_workbook(examined.source))
    for form in older.values():
        for conflict in conflicts(form, new):
            yield finder.problem(
                Fault(
                    "changed-type",
                    conflict.path,
                    "type",
                    f"'{conflict.name}' is of type {conflict.after}; people have answered it as {conflict.before}.",
                    "Give the question a new name, or its old type.",
                )
            )


async def _kept(
    connection: AsyncConnection, survey: Survey, older: Mapping[str, FormDefinition], new: FormDefinition
) -> Counter[str]:
    """How many responses hold a choice that is gone, by question."""
    gone: dict[tuple[str, str, str], str] = {}
    for version, form in older.items():
        paths = correspond(form, new).paths
        for path, names in changes_between(form, new).gone.items():
            gone.update({(version, path, name): paths[path] for name in names})
    return await count_answered(connection, survey.id, gone) if gone else Counter()


async def upgrade(engine: AsyncEngine, prepared: Prepared, examined: Examined, *, now: datetime) -> MigrationReport:
    """Put the survey on the version, then each open session; run again, it goes on where it was interrupted."""
    survey = prepared.survey
    if survey.form_hash != prepared.form.hash:
        async with transaction(engine) as connection:
            version = await save_form(connection, examined.xform, examined.source, examined.files)
            await adopt_version(connection, survey, version)
    return await move_sessions(engine, survey, prepared.form, now=now)


# ---------------------------------------------------------------- what is shown


def show_prepared(prepared: Prepared) -> None:
    """The changes of the questionnaire, then what becomes of the sessions."""
    listed = prepared.changes.listed
    if listed:
        show_table(("", "Question", ""), [(change.kind, change.name, change.what) for change in listed])
    if prepared.changes.are_words_only:
        say("Only words change." if listed else "No question changes.")
    show_table(("Sessions that are open", ""), list(session_rows(prepared.sessions)))
    again = prepared.sessions.again
    total = prepared.sessions.sessions
    if again:
        rows = [(_name(path), masked(number, total)) for path, number in again.items()]
        show_table(("Asked again", "Sessions"), rows)
    dropped = prepared.sessions.dropped
    if dropped:
        rows = [(_name(path), masked(number, total)) for path, number in dropped.items()]
        show_table(("Answered, but not asked any more", "Sessions"), rows)
    if prepared.kept:
        rows = [(_name(path), masked(number)) for path, number in prepared.kept.items()]
        show_table(("Handed in with a choice that is gone", "Responses"), rows)
        say("Responses stay as they were handed in, with their version.")
    if prepared.namesake:
        say(f"Both versions are called '{prepared.namesake}': give this one another name on the sheet 'settings'.")


def session_rows(report: MigrationReport) -> Iterator[tuple[str, str]]:
    """How many sessions go over how."""
    total = report.sessions
    yield "in all", str(total)
    yield "with all their answers", masked(report.whole, total)
    yield "with answers that are lost or asked again", masked(total - report.whole, total)
    yield "that go back from the summary, since something is open", masked(report.returning, total)
    yield "told of it when they go on", masked(report.told, total)


def masked(number: int, total: int | None = None) -> str:
    """A count, unless it or what is left of the total is so small that it could be told who it is."""
    few = f"fewer than {SMALLEST_GROUP}"
    if 0 < number < SMALLEST_GROUP:
        return few
    if total is not None and 0 < total - number < SMALLEST_GROUP:
        return "few" if number == 0 else f"all but {few}"
    return str(number)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


# ---------------------------------------------------------------- the command

Dry = Annotated[bool, typer.Option("--dry-run", help="Show what would be done; change nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before it is done.")]


def upgrade_survey(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The survey's name.")],
    form: FormFile,
    *,
    dry: Dry = False,
    yes: Yes = False,
) -> None:
    """Put a survey on a newer version of its questionnaire, with everybody who is half-way.

    What fits goes over; what does not is asked again. What was handed in keeps its version. Nobody is written to.
    """
    asyncio.run(_upgrade(name, form, dry=dry, yes=yes))


async def _upgrade(name: str, path: Path, *, dry: bool, yes: bool) -> None:
    examined = examine(path)
    now = datetime.now(UTC)
    async with connected() as (engine, _):
        prepared = await prepare(engine, name, examined, now=now)
        if prepared.is_same:
            say(f"Nothing to do: survey '{name}' has this questionnaire already.")
            return
        show_prepared(prepared)
        if dry:
            say(f"Nothing was changed. To do it: colloquio survey upgrade {name} {path}")
            return
        _confirm(name, yes=yes)
        report = await upgrade(engine, prepared, examined, now=datetime.now(UTC))
    moved = counted(report.sessions, "session goes on", "sessions go on")
    say(f"Survey '{name}' has the new version; {moved} with it. Whoever begins now begins with it.")


def _confirm(name: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refused(f"Nobody can be asked here whether to upgrade '{name}'. Add --yes, or --dry-run to look only.")
    if not typer.confirm(f"Upgrade survey '{name}' now?"):
        raise Refused("Nothing was changed. The survey goes on with the questionnaire it has.")
