"""A reminder as a coordinator sends it: first whom it would reach, by number only; then, once confirmed, its wave.

The button carries the moment of the dry run, and a survey has one wave of a kind at a moment: pressed twice, it is the
same wave.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coordinators.orders import Answer, Order, Verb, code_of
from conversations.letters.deadline import moment_in_words
from conversations.phrases import N_, Phrases
from conversations.protocol import Block, Button, Style, WaveKind
from storage.due import Reason
from storage.leaving import Leaving, plan_to_leave
from storage.surveys import State, Survey, hold_survey
from storage.wave_limits import DISTANCE, MOST, excess_now, ran_in
from storage.waves import Counts, list_waves
from storage.workdays import WorkingHours

VALID = timedelta(minutes=10)
"""For so long the figures of a dry run may be confirmed; then they are counted anew."""

_WHY_NOT = {
    Reason.COMPLETED: N_("have answered: {number}"),
    Reason.DECLINED: N_("said no: {number}"),
    Reason.STOPPED: N_("have stopped: {number}"),
    Reason.QUIET: N_("want no reminders: {number}"),
    Reason.UNDELIVERABLE: N_("address not reachable: {number}"),
    Reason.BLOCKED: N_("have blocked the bot: {number}"),
    Reason.NO_ADDRESS: N_("no address: {number}"),
    Reason.NOT_INVITED: N_("not invited yet: {number}"),
    Reason.NOT_ELIGIBLE: N_("not eligible: {number}"),
    Reason.ACTIVE_LATELY: N_("active in the last hours: {number}"),
    Reason.WRITTEN_LATELY: N_("written to within a day: {number}"),
}
_OTHER = N_("for other reasons: {number}")


async def dry_run(
    connection: AsyncConnection,
    survey: Survey,
    hours: WorkingHours,
    phrases: Phrases,
    now: datetime,
    *,
    is_in_place: bool,
) -> Answer:
    """To how many it would go, and when; with the button that sends it, unless something speaks against it."""
    hindrance = await _hindrance(connection, survey, hours, phrases, now)
    if hindrance:
        return _said(survey, [hindrance], is_in_place=is_in_place)
    leaving = await plan_to_leave(connection, survey, WaveKind.REMINDER, now, hours, dry=True)
    told = [*_counted(leaving.counts, phrases)]
    if leaving.waiting is not None:
        told.append(phrases.say("A reminder is already planned: {when}.", when=_when(leaving, phrases, now)))
        return _said(survey, told, is_in_place=is_in_place)
    if not leaving.people:
        return _said(survey, [phrases.say("Nobody would get a reminder now."), *told[1:]], is_in_place=is_in_place)
    told.append(phrases.say("It would go out: {when}.", when=_when(leaving, phrases, now)))
    told += await _earlier(connection, survey, phrases)
    told.append(phrases.say("Nothing has been sent. The button below sends it; it is valid for ten minutes."))
    label = phrases.count("Send to {n} person", "Send to {n} people", leaving.people)
    button = Button(label, code_of(Order(Verb.REMIND, survey.id, int(now.timestamp()))))
    return _said(survey, told, button, is_in_place=is_in_place)


async def confirm(
    connection: AsyncConnection, survey: Survey, moment: int, hours: WorkingHours, phrases: Phrases, now: datetime
) -> Answer:
    """Plan it once. Of a button pressed again, or after somebody else was quicker, nothing comes."""
    await hold_survey(connection, survey)
    when = datetime.fromtimestamp(moment, UTC)
    waves = await list_waves(connection, survey.id)
    if any(wave.kind is WaveKind.REMINDER and wave.planned_at == when for wave in waves):
        return _said(
            survey, [phrases.say("This reminder has already been confirmed; it is sent only once.")], is_in_place=True
        )
    if not timedelta() <= now - when <= VALID:
        stale = phrases.say("Nothing was sent: these figures are too old. Please write /remind again.")
        return _said(survey, [stale], is_in_place=True)
    hindrance = await _hindrance(connection, survey, hours, phrases, now)
    if hindrance:
        return _said(survey, [hindrance], is_in_place=True)
    leaving = await plan_to_leave(connection, survey, WaveKind.REMINDER, when, hours, dry=False)
    if leaving.waiting is not None:
        told = phrases.say("A reminder is already planned: {when}.", when=_when(leaving, phrases, now))
    elif not leaving.people:
        told = phrases.say("Nobody would get a reminder now.")
    else:
        told = phrases.count(
            "Confirmed: the reminder for {n} person goes out {when}. Whoever answers before then gets none.",
            "Confirmed: the reminder for {n} people goes out {when}. Whoever answers before then gets none.",
            leaving.people,
            when=_when(leaving, phrases, now),
        )
    return _said(survey, [told], is_in_place=True)


async def _hindrance(
    connection: AsyncConnection, survey: Survey, hours: WorkingHours, phrases: Phrases, now: datetime
) -> str:
    """Why no reminder may leave now, or ""."""
    if survey.state(hours.next_open(now, survey.zone)) is not State.OPEN:
        return phrases.say("No reminder can be sent: the survey will not be open when it could go out.")
    if excess_now(await list_waves(connection, survey.id), survey, hours, now):
        return phrases.say(
            "No reminder can be sent: people get at most {most}, at least {distance} working days apart. "
            "An administrator can decide otherwise.",
            most=MOST,
            distance=DISTANCE,
        )
    return ""


def _counted(counts: Counts, phrases: Phrases) -> Iterator[str]:
    by_reason: Counter[Reason] = Counter()
    for (reason, _), number in counts.items():
        by_reason[reason] += number
    yield phrases.count(
        "{n} person would get the reminder.", "{n} people would get the reminder.", by_reason.pop(Reason.DUE, 0)
    )
    others: Counter[str] = Counter()
    for reason in Reason:
        others[_WHY_NOT.get(reason, _OTHER)] += by_reason[reason]
    listed = "; ".join(phrases.say(what, number=number) for what, number in others.items() if number)
    if listed:
        yield phrases.say("Not written to: {reasons}.", reasons=listed)


async def _earlier(connection: AsyncConnection, survey: Survey, phrases: Phrases) -> list[str]:
    ran = ran_in(await list_waves(connection, survey.id))
    if not ran:
        return []
    last = moment_in_words(max(ran).astimezone(survey.zone), phrases)
    said = phrases.count("{n} reminder so far, {last}.", "{n} reminders so far, the last {last}.", len(ran), last=last)
    return [said]


def _when(leaving: Leaving, phrases: Phrases, now: datetime) -> str:
    if leaving.leaves <= now:
        return phrases.say("now")
    return moment_in_words(leaving.leaves.astimezone(leaving.survey.zone), phrases)


def _said(survey: Survey, told: list[str], *buttons: Button, is_in_place: bool) -> Answer:
    blocks = (Block(Style.SECTION, survey.title), *(Block(Style.PLAIN, text) for text in told))
    return Answer(blocks, buttons, is_in_place)
