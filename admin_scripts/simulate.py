"""colloquio simulate: respondents without a chat walk a questionnaire, before real ones do."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress

from admin_scripts.check import Examined, FormFile, examine
from admin_scripts.problem_list import show_problems
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say
from conversations.forms import FormDefinition, load_form
from conversations.protocol import Mode, Terms
from conversations.rehearsal.findings import Findings, findings_of
from conversations.rehearsal.plan import TRYING, Fate
from conversations.rehearsal.rehearse import rehearsing
from conversations.rehearsal.walking import Walked

MOST = 100_000


def questionnaire(path: Path) -> tuple[Examined, FormDefinition]:
    """The questionnaire of a file, ready to walk; one with errors is shown them and refused."""
    examined = examine(path)
    if examined.errors:
        show_problems(examined.problems)
        errors = counted(examined.errors, "error", "errors")
        raise Refused(f"{path} has {errors}, so nobody can walk it. Correct the cells, then try again.")
    return examined, load_form(examined.xform)


def simulate(
    form: FormDefinition, number: int, seed: int, now: datetime, shares: Mapping[Fate, float] = TRYING
) -> tuple[list[Walked], Findings]:
    """Walk the questionnaire so often; on a terminal a bar shows how far it is."""
    terms = Terms(title=form.title, sender="", mode=Mode.CONFIDENTIAL)
    rehearsal = rehearsing(form, terms, seed=seed, now=now, shares=shares)
    console = Console(stderr=True)
    walks = []
    with Progress(transient=True, console=console, disable=not console.is_terminal) as bar:
        walking = bar.add_task("Walking", total=number)
        for walked in rehearsal.walks(number):
            walks.append(walked)
            bar.advance(walking)
    return walks, findings_of(rehearsal.experience, walks)


def noon(timezone: str) -> datetime:
    """Noon of today, so that what depends on the day is the same the whole day long."""
    today = datetime.now(UTC).astimezone(ZoneInfo(timezone)).date()
    return datetime.combine(today, time(12), tzinfo=ZoneInfo(timezone))


app = typer.Typer()


@app.command("simulate", epilog="Example: colloquio simulate examples/zone_omogenee_po.xlsx --n 500 --seed 7")
def command(
    form: FormFile,
    *,
    number: Annotated[int, typer.Option("--n", min=1, max=MOST, help="How many respondents walk.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same walks and the same report.")] = 1,
) -> None:
    """Let simulated respondents walk a questionnaire, and report what they met and where nobody can go on.

    They try the edges of every condition, say what cannot be taken, go back, change answers and add rows. Each step is
    a turn of the real conversation. It ends with 1 when there is a dead end.
    """
    from admin_scripts.simulate_report import show_findings  # noqa: PLC0415 - only once there is something to show

    _, definition = questionnaire(form)
    walks, findings = simulate(definition, number, seed, noon("Europe/Rome"))
    show_findings(definition, findings, len(walks), seed)
    if findings.has_dead_ends:
        raise Refused(f"{form} has dead ends: see above where respondents cannot go on, and mend it there.")
    say("Nobody got stuck.")
