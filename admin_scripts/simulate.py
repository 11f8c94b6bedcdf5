"""colloquio simulate: respondents without a chat walk a questionnaire, before real ones do."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from admin_scripts.screen import counted, say, working
from conversations.forms import FormDefinition, load_form
from conversations.protocol import Mode, Terms
from conversations.rehearsal.findings import Findings, findings_of
from conversations.rehearsal.margins import Margins
from conversations.rehearsal.plan import LEAVING, TRYING, Fate
from conversations.rehearsal.quotas import Quotas
from conversations.rehearsal.rehearse import Guest, rehearsing
from conversations.rehearsal.walking import Walked

MOST = 100_000


def questionnaire(path: Path) -> tuple[Examined, FormDefinition]:
    """The questionnaire of a file, ready to walk; one with errors is shown them and refused."""
    examined = examine(path)
    if examined.errors:
        show_problems(examined.problems)
        errors = counted(examined.errors, "error", "errors")
        raise Refused(f"{path} has {errors}, so nobody can walk it. Correct the cells, then try again.")
    return examined, load_form(examined.xform, examined.files)


def simulate(
    form: FormDefinition,
    guests: Sequence[Guest],
    seed: int,
    now: datetime,
    shares: Mapping[Fate, float] = TRYING,
    quotas: Quotas | None = None,
) -> tuple[list[Walked], Findings]:
    """Let each of them walk the questionnaire; on a terminal a bar shows how far they are."""
    terms = Terms(title=form.title, sender="", mode=Mode.CONFIDENTIAL)
    rehearsal = rehearsing(form, terms, seed=seed, now=now, shares=shares, quotas=quotas)
    console = Console(stderr=True)
    walks = []
    with Progress(transient=True, console=console, disable=not console.is_terminal) as bar:
        walking = bar.add_task("Walking", total=len(guests))
        for walked in rehearsal.walks(guests):
            walks.append(walked)
            bar.advance(walking)
    return walks, findings_of(rehearsal.experience, walks)


def noon(timezone: str) -> datetime:
    """Noon of today, so that what depends on the day is the same the whole day long."""
    today = datetime.now(UTC).astimezone(ZoneInfo(timezone)).date()
    return datetime.combine(today, time(12), tzinfo=ZoneInfo(timezone))


async def _into(wish: "Wish", examined: Examined, form: FormDefinition, now: datetime) -> tuple[Findings, int]:
    """Let people walk, and keep what they have done in a synthetic survey."""
    from admin_scripts.database import connected  # noqa: PLC0415 - only where something is stored
    from admin_scripts.margins import read_margins, show_unmet  # noqa: PLC0415
    from admin_scripts.simulate_into import Target, fill, people_of, refuse_real, rehearsal_of  # noqa: PLC0415

    async with connected() as (engine, settings):
        await refuse_real(engine, wish.into, form)
        people = people_of(form, wish.number, wish.seed, wish.register)
        margins = read_margins(wish.margins, form, people if wish.register else ()) if wish.margins else Margins()
        at = now if margins.day is None else datetime.combine(margins.day, now.timetz())
        rehearsal = rehearsal_of(form, people, wish.number, wish.seed, at, margins)
        quotas = Quotas(margins, wish.seed) if wish.margins else None
        walks, findings = simulate(form, rehearsal.guests, wish.seed, at, LEAVING, quotas)
        target = Target(wish.into, examined, form, at, settings.secret_key())
        with working("Storing the answers"):
            filled = await fill(engine, target, rehearsal, walks)
    name = filled.survey.name
    say(
        f"Survey '{name}' is SYNTHETIC, for ever. {counted(filled.people, 'person', 'people')} and"
        f" {counted(filled.responses, 'response', 'responses')} added, {filled.half_way} came and did not hand in,"
        f" {filled.known} were there already."
    )
    if wish.margins and quotas:
        show_unmet(wish.margins, quotas)
    say(f"Next: colloquio status {name}, colloquio export {name}")
    return findings, len(walks)


@dataclass(frozen=True, slots=True)
class Wish:
    """How many respondents, from which seed, into which survey ("" for none), from which register, with margins."""

    number: int
    seed: int
    into: str
    register: Path | None
    margins: Path | None


app = typer.Typer()


@app.command("simulate", epilog="Example: colloquio simulate examples/zone_omogenee_po.xlsx --n 500 --seed 7")
def command(
    form: FormFile,
    *,
    number: Annotated[int, typer.Option("--n", min=1, max=MOST, help="How many respondents walk.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same walks, all day long.")] = 1,
    into: Annotated[str, typer.Option(metavar="NAME", help="Keep the answers in this synthetic survey.")] = "",
    register: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Its people, as for `participants import`; names are left out.")
    ] = None,
    margins: Annotated[
        Path | None, typer.Option(metavar="FILE", help="How often each answer is given: question,choice,count,...")
    ] = None,
) -> None:
    """Let simulated respondents walk a questionnaire.

    The report tells what they met and where nobody can go on.

    They try the edges of every condition, say what cannot be taken, go back, change answers and add rows. Each step is
    a turn of the real conversation. It ends with 1 when there is a dead end. The same seed gives the same report, on
    the same day: a questionnaire may ask for today.

    With --into, the answers go into a survey that is marked SYNTHETIC for ever, to rehearse exports and tables: 78 % of
    its people come; of those 10 % break off, 3 % stop and 5 % decline. It is made if it is not there.

    With --margins, the answers come out as a file asks for: examples/margins_2020.csv shows what can be asked.
    """
    from admin_scripts.simulate_report import show_findings  # noqa: PLC0415 - only once there is something to show

    if (register or margins) and not into:
        raise typer.BadParameter("A register and margins are for --into NAME only.")
    examined, definition = questionnaire(form)
    now = noon("Europe/Rome")
    if into:
        findings, walks = asyncio.run(_into(Wish(number, seed, into, register, margins), examined, definition, now))
    else:
        findings, walks = simulate(definition, [Guest()] * number, seed, now)[1], number
    if margins is None:  # with margins nobody looks for what is seldom met
        show_findings(definition, findings, walks, seed)
    if findings.has_dead_ends:
        raise Refused(f"{form} has dead ends: see above where respondents cannot go on, and mend it there.")
    say("Nobody got stuck.")
