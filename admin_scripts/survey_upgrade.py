"""colloquio survey upgrade: put a running survey, with who is half-way in it, on a newer version of the form."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from admin_scripts.check import Examined, FormFile, examine
from admin_scripts.database import connected
from admin_scripts.problem_list import count_problems, show_problems
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say
from admin_scripts.upgrade_report import Prepared, other_questionnaire, show_prepared
from admin_scripts.version_changes import changes_between
from conversations.forms import FormDefinition, Problem, load_form
from conversations.forms.correspondence import conflicts, correspond
from conversations.forms.problems import Fault
from conversations.upgrading import MigrationReport
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
        _refuse_ended(survey, now)
        older = await _older(connection, survey, new)
        _refuse_conflicts(examined, older, new)
        is_same = survey.form_hash == new.hash and not await is_under_way(connection, survey, new.hash)
        before = await load_definition(connection, survey.form_hash)
        if survey.form_hash == new.hash and older:
            before = next(iter(older.values()))
        kept = await _kept(connection, survey, older, new)
        report = await preview_move(connection, survey, new, now=now)
        changes = changes_between(before, new)
        if changes.asked and changes.gone_questions == changes.asked:
            raise Refused(
                f"No question of survey '{name}' is in this file, so it is another questionnaire. Check the name of the"
                " file; for another questionnaire, create another survey: colloquio survey create NAME FORM.xlsx"
            )
        return Prepared(survey, before, new, changes, report, kept, is_same)


def _refuse_ended(survey: Survey, now: datetime) -> None:
    name = survey.name
    if survey.is_synthetic:
        raise Refused(
            f"Survey '{name}' is synthetic, so nobody goes on in it. To rehearse with the new questionnaire, give it a"
            " survey of its own: colloquio simulate FORM.xlsx --into NEW_NAME"
        )
    if survey.state(now) is State.CLOSED:
        raise Refused(
            f"Survey '{name}' is closed, so nobody goes on in it. To open it again: colloquio survey open {name}"
        )


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
        _confirm(prepared, yes=yes)
        report = await upgrade(engine, prepared, examined, now=datetime.now(UTC))
    moved = counted(report.sessions, "session goes on", "sessions go on")
    say(f"Survey '{name}' has the new version; {moved} with it. Whoever begins now begins with it.")


def _confirm(prepared: Prepared, *, yes: bool) -> None:
    if yes:
        return
    name = prepared.survey.name
    if not sys.stdin.isatty():
        raise Refused(f"Nobody can be asked here whether to upgrade '{name}'. Add --yes, or --dry-run to look only.")
    doubt = "It may be another questionnaire. " if other_questionnaire(prepared) else ""
    if not typer.confirm(f"{doubt}Upgrade survey '{name}' now?"):
        raise Refused("Nothing was changed. The survey goes on with the questionnaire it has.")
