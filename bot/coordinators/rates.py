"""The response to a survey in a few lines: of all, and of units that are large enough; counts, never who."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.answers.numbers import decimal_mark
from conversations.forms import FormDefinition
from conversations.phrases import N_, Phrases
from conversations.protocol import Block, Style
from conversations.stops import asked_in
from storage.dispositions import SMALLEST_GROUP, Disposition, count_dispositions, parting_column
from storage.response_rates import Outcomes, Unit, share, together, units_of
from storage.small_groups import FEW, LowOrHigh, bound_of, rate_told
from storage.surveys import State, Survey

_STATES = {
    State.PLANNED: N_("{title}: not open yet"),
    State.OPEN: N_("{title}: open"),
    State.CLOSED: N_("{title}: closed"),
}
_REST = {
    N_("half-way: {number}"): (Disposition.PARTIAL, Disposition.BREAK_OFF),
    N_("only looked: {number}"): (Disposition.OPENED,),
    N_("said no: {number}"): (Disposition.REFUSAL,),
    N_("address not reachable: {number}"): (Disposition.UNDELIVERABLE,),
    N_("never came: {number}"): (Disposition.NON_CONTACT,),
}


async def words(
    connection: AsyncConnection, survey: Survey, form: FormDefinition, phrases: Phrases, now: datetime
) -> list[Block]:
    """The same figures as the command status; a whole register that is a small group is protected as one."""
    column = await parting_column(connection, survey.id)
    groups = await count_dispositions(connection, survey.id, column, has_more=len(asked_in(form)) > 1)
    outcomes = together(groups)
    told = [Block(Style.SECTION, phrases.say(_STATES[survey.state(now)], title=survey.title))]
    if not outcomes.base:
        return [*told, Block(Style.PLAIN, phrases.say("Nobody is in the register yet."))]
    told.append(Block(Style.PLAIN, "\n".join(_of_all(outcomes, phrases))))
    if column and outcomes.base >= SMALLEST_GROUP:
        told.append(Block(Style.PLAIN, "\n".join(_by_unit(column, units_of(groups), phrases))))
    return told


def _of_all(outcomes: Outcomes, phrases: Phrases) -> Iterator[str]:
    if outcomes.base >= FEW:
        yield _how_many(outcomes, phrases)
        yield from _of_the_others(outcomes, phrases)
    elif outcomes.base >= SMALLEST_GROUP:
        yield _of_few(outcomes, phrases)
    else:
        yield phrases.say("Fewer than {n} people are invited: no figures are shown.", n=SMALLEST_GROUP)


def _of_few(outcomes: Outcomes, phrases: Phrases) -> str:
    """Not whether it is nobody or everybody, nor what has become of single people."""
    told = rate_told(outcomes.complete, outcomes.base)
    if told.is_exact:
        return _how_many(outcomes, phrases)
    rate = _rate(Unit("", 0, outcomes, told), phrases)
    return phrases.say("Have answered: {rate} of {people}.", rate=rate, people=outcomes.base)


def _how_many(outcomes: Outcomes, phrases: Phrases) -> str:
    return phrases.count(
        "{n} of {people} has answered ({share}).",
        "{n} of {people} have answered ({share}).",
        outcomes.complete,
        people=outcomes.base,
        share=_percent(outcomes.complete, outcomes.base, phrases),
    )


def _of_the_others(outcomes: Outcomes, phrases: Phrases) -> Iterator[str]:
    numbers = {what: sum(outcomes.counts.get(one, 0) for one in those) for what, those in _REST.items()}
    rest = [phrases.say(what, number=number) for what, number in numbers.items() if number]
    if rest:
        listed = "; ".join(rest)
        yield f"{listed[0].upper()}{listed[1:]}."


def _by_unit(column: str, units: list[Unit], phrases: Phrases) -> Iterator[str]:
    if not units:
        yield phrases.say("By {column}: not shown, the groups are too small.", column=column)
        return
    yield phrases.say("By {column}:", column=column)
    for unit in units:
        yield phrases.say(
            "{name}: {rate} of {people}",
            name=_name(unit, phrases),
            rate=_rate(unit, phrases),
            people=unit.outcomes.base,
        )
    yield phrases.say("Small groups are joined, or told in ranges, so that nobody can be recognised.")


def _name(unit: Unit, phrases: Phrases) -> str:
    if unit.joined:
        return phrases.count("{n} other group", "{n} other groups together", unit.joined)
    return unit.name or phrases.say("(blank)")


def _rate(unit: Unit, phrases: Phrases) -> str:
    if unit.told.is_exact:
        return _percent(unit.outcomes.complete, unit.outcomes.base, phrases)
    side, edge = bound_of(unit.told)
    said = {
        LowOrHigh.LOW: phrases.say("at most {edge}%", edge=edge),
        LowOrHigh.HIGH: phrases.say("at least {edge}%", edge=edge),
        LowOrHigh.HIDDEN: phrases.say("not shown"),
    }
    return said[side]


def _percent(part: int, whole: int, phrases: Phrases) -> str:
    return share(part, whole).replace(".", decimal_mark(phrases.language))
