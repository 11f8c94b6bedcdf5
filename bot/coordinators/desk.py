"""Who may ask, and what becomes of it: claimed and stored first, then said.

A repeated delivery changes nothing and is not answered again; whoever got no answer asks again. To everybody else the
desk is not there.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.coordinators import exports, rates, reminders, welcome
from bot.coordinators.orders import Answer, Link, Order, Verb, code_of
from bot.shelf import FormShelf
from conversations.phrases import N_, Phrases, phrases_for
from conversations.protocol import Block, Button, Style
from storage.chats import Sender
from storage.claims import take_claim
from storage.coordinators import Coordinator, bound_and_over, find_coordinator, forget_coordinator, use_link
from storage.coordinators import Link as Standing
from storage.engine import snapshot, transaction
from storage.surveys import Survey
from storage.workdays import WorkingHours

_WHICH = {Verb.EXPORT: N_("Of which survey do you want the responses?"), Verb.REMIND: N_("Of which survey?")}


class Desk:
    """One for all channels. Every method is one transaction at most; raises StorageError only."""

    def __init__(
        self, engine: AsyncEngine, forms: FormShelf, hours: WorkingHours, clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._forms = forms
        self._hours = hours
        self._clock = clock

    async def hear(self, sender: Sender, asked: Link | Order, *, claim: str, language: str) -> Answer | None:
        """The answer, without words where this was heard before; None where the sender is no coordinator."""
        phrases, now = phrases_for(language), self._clock()
        async with transaction(self._engine) as connection:
            if isinstance(asked, Link):
                return await self._bind(connection, sender, asked, claim, phrases, now)
            coordinator = await find_coordinator(connection, sender)
            if coordinator is None or not await take_claim(connection, sender, claim, now=now):
                return None if coordinator is None else Answer()
            chosen = _chosen(coordinator, asked)
            if asked.moment is not None and chosen is not None:
                return await reminders.confirm(connection, chosen, asked.moment, self._hours, phrases, now)
        return await self._look_up(asked, chosen, coordinator, phrases, now)

    async def chats(self, channel: str) -> tuple[list[Sender], list[tuple[int, Sender]]]:
        """The accounts that coordinate; and those that do not any more, until `forget` is told that they know it."""
        async with snapshot(self._engine) as connection:
            return await bound_and_over(connection, channel)

    async def forget(self, known: int) -> None:
        """Nothing of somebody who was removed is left to do."""
        async with transaction(self._engine) as connection:
            await forget_coordinator(connection, known)

    async def _bind(
        self, connection: AsyncConnection, sender: Sender, link: Link, claim: str, phrases: Phrases, now: datetime
    ) -> Answer | None:
        standing = await use_link(connection, link.token, sender, now=now)
        if standing is Standing.UNKNOWN:
            return None
        if not await take_claim(connection, sender, claim, now=now):
            return Answer()
        coordinator = await find_coordinator(connection, sender)
        return welcome.words(standing, coordinator, phrases)

    async def _rates(self, coordinator: Coordinator, phrases: Phrases, now: datetime) -> Answer:
        async with snapshot(self._engine) as connection:
            told = [
                block
                for survey in coordinator.surveys
                for block in await rates.words(
                    connection, survey, await self._forms.form(connection, survey.form_hash), phrases, now
                )
            ]
        return Answer(tuple(told))

    async def _look_up(
        self, order: Order, survey: Survey | None, coordinator: Coordinator, phrases: Phrases, now: datetime
    ) -> Answer:
        if order.verb is Verb.RATE:
            return await self._rates(coordinator, phrases, now)
        if survey is None:
            return _ask_which(coordinator, order.verb, phrases)
        is_in_place = order.survey is not None
        async with snapshot(self._engine) as connection:
            if order.verb is Verb.EXPORT:
                return await exports.words(connection, survey, coordinator.name, phrases, is_in_place=is_in_place)
            return await reminders.dry_run(connection, survey, self._hours, phrases, now, is_in_place=is_in_place)


def _chosen(coordinator: Coordinator, order: Order) -> Survey | None:
    """The survey that was chosen, if it is (still) one of theirs; the only one, where nothing was chosen."""
    if order.survey is None:
        return coordinator.surveys[0] if len(coordinator.surveys) == 1 else None
    return next((survey for survey in coordinator.surveys if survey.id == order.survey), None)


def _ask_which(coordinator: Coordinator, verb: Verb, phrases: Phrases) -> Answer:
    buttons = tuple(Button(survey.title, code_of(Order(verb, survey.id))) for survey in coordinator.surveys)
    return Answer((Block(Style.PLAIN, phrases.say(_WHICH[verb])),), buttons)
