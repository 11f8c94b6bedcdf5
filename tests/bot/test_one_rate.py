"""Reminders and dialogue share what Telegram allows: answers go first, a pause holds for all, nobody is refused."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot

from benchmarks.people import invite
from benchmarks.strict_server import StrictServer
from bot.dialogue import Dialogue
from bot.sender import Pacing, Sender
from bot.shelf import FormShelf
from bot.telegram.calls import Calls, Rate
from bot.telegram.post import TelegramPost
from bot.telegram.transport import AiohttpRequest
from bot.waves import look_for_waves
from conversations.protocol import Command, Commanded, Pressed
from storage.chats import Sender as Address
from storage.due import Posting
from storage.engine import open_engine
from storage.register import Person as Registered
from storage.workdays import WorkingHours
from tests.bot.installation import NOON, install
from tests.bot.lives import TEA
from tests.bot.posted import states
from tests.bot.serving import Serving
from tests.bot.strict_peer import StrictPeer
from tests.bot.telegram_peer import Chat
from tests.sheets import workbook

DAY = timedelta(days=1)
TALKERS, REMINDED = range(1, 11), range(101, 121)
SLOW = 10.0
"""Messages a second, so that some wait for others."""


@pytest.fixture
async def peer() -> AsyncIterator[StrictPeer]:
    """The Bot API in all its moods."""
    async with StrictPeer() as running:
        yield running


@pytest.fixture
async def serving(engine: AsyncEngine, peer: StrictPeer) -> AsyncIterator[Serving]:
    """At a slow rate; some people were asked their name just now, many more opened the chat yesterday."""
    people = [Registered(str(number), language="it") for number in (*TALKERS, *REMINDED)]
    tokens = await install(engine, workbook(TEA), people)
    for number in (*TALKERS, *REMINDED):
        peer.chats[number] = Chat()
        await _opens(engine, number, tokens[str(number)], takes_part=number in TALKERS)
    running = Serving(engine, peer, per_second=SLOW)
    running.now, running.ticks = NOON + DAY, True
    async with running:
        yield running


async def _opens(engine: AsyncEngine, number: int, token: str, *, takes_part: bool) -> None:
    now = NOON + DAY if takes_part else NOON
    dialogue, sender = Dialogue(engine, FormShelf(), lambda: now), Address("telegram", str(number))
    reply = await dialogue.hear(sender, Commanded(Command.START), claim="start", token=token)
    if takes_part:
        reply = await dialogue.hear(sender, Pressed(reply.prompt.actions[0].code), claim="take part")
    shown = reply.shown_as("1")
    assert shown is not None
    await dialogue.shown(sender, shown)


def _in_order(peer: StrictPeer) -> list[int]:
    """Whom the messages went to."""
    return [call.arguments["chat_id"] for call in peer.calls_of("sendMessage") if not call.error]


def _count(chats: Iterable[int], among: range) -> int:
    return sum(chat in among for chat in chats)


async def test_answers_go_before_the_reminders_of_a_wave(serving: Serving, peer: StrictPeer):
    """While twenty reminders leave, ten people answer at the same time: the ten next questions leave first."""
    await serving.wave()
    await peer.until(lambda: _count(_in_order(peer), REMINDED) >= 3, "the first reminders")
    _all_talk(peer)
    await peer.until(lambda: _count(_in_order(peer), TALKERS) == len(TALKERS), "the next questions")
    order = _in_order(peer)
    first = min(order.index(number) for number in TALKERS)
    last = max(order.index(number) for number in TALKERS)
    assert _count(order[first:last], REMINDED) <= 2
    assert _count(order, REMINDED) < len(REMINDED)


@pytest.mark.parametrize(
    ("database_url", "who_is_told"), [("sqlite", REMINDED), ("postgresql", TALKERS)], indirect=["database_url"]
)
async def test_a_pause_is_one_for_reminders_and_dialogue_and_loses_nothing(
    serving: Serving, peer: StrictPeer, engine: AsyncEngine, who_is_told: range, monkeypatch: pytest.MonkeyPatch
):
    """One message is told to wait: until then nobody is written to, whose slot it may be; then everybody is, once."""
    too_early = _watched(monkeypatch)
    await serving.wave()
    if who_is_told is TALKERS:
        _all_talk(peer)
    await peer.until(lambda: _count(_in_order(peer), who_is_told), "the first of them")
    peer.bans(0.5)
    if who_is_told is REMINDED:
        await peer.until(lambda: [call for call in peer.calls_of("sendMessage") if call.error], "the refusal")
        _all_talk(peer)
    await peer.until(lambda: _count(_in_order(peer), TALKERS) == len(TALKERS), "the next questions")
    serving.now += timedelta(seconds=5)
    await peer.until(lambda: _count(_in_order(peer), REMINDED) == len(REMINDED), "the reminders")
    await serving.rests()
    assert too_early == []
    assert len(_in_order(peer)) == len(set(_in_order(peer))) == len(TALKERS) + len(REMINDED)
    assert set((await states(engine)).values()) == {Posting.SENT}


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages that leave after we have heard that we are to wait; one on its way by then could not know."""
    once, pause = Calls._once, Rate.pause  # noqa: SLF001 - where each message leaves
    until, too_early = [0.0], list[str]()

    def hears(rate: Rate, seconds: float) -> None:
        until[0] = time.monotonic() + seconds - TIMERS_ARE_EARLY
        pause(rate, seconds)

    async def leaves(calls: Calls, method: str, **parameters: object) -> object:
        if method == "sendMessage" and time.monotonic() < until[0]:
            too_early.append(method)
        return await once(calls, method, **parameters)

    monkeypatch.setattr(Rate, "pause", hears)
    monkeypatch.setattr(Calls, "_once", leaves)
    return too_early


TIMERS_ARE_EARLY = 0.01
"""Seconds, at most."""


def _all_talk(peer: StrictPeer) -> None:
    for number in TALKERS:
        peer.person(number).says("Anna")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_keep_to_one_rate_and_nobody_is_refused(database_url: str):
    """Telegram refuses more than thirty in any second; at the rate that we have unless told otherwise, none is."""
    count, hours = 150, WorkingHours(is_always=True)
    engines = [open_engine(database_url) for _ in range(2)]
    await invite(engines[0], count, _now())
    await look_for_waves(engines[0], hours, now=_now())
    async with StrictServer() as server:
        sending = [asyncio.create_task(_send(engine, server.url, hours)) for engine in engines]
        while len(server.arrivals) < count and not any(task.done() for task in sending):
            await asyncio.wait(sending, timeout=0.05)
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
    assert set((await states(engines[0])).values()) == {Posting.SENT}
    for engine in engines:
        await engine.dispose()
    assert (len(server.arrivals), len(set(server.chats)), server.refused) == (count, count, 0)


def _now() -> datetime:
    return datetime.now(UTC)


async def _send(engine: AsyncEngine, url: str, hours: WorkingHours) -> None:
    """One process."""
    bot = Bot("123456:TEST", f"{url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    await bot.initialize()
    calls = Calls(bot, 25)
    post = TelegramPost(engine, FormShelf(), calls, _now)
    try:
        await Sender(engine, "telegram", post, Pacing(25, 60), hours, clock=_now, backlog=calls.backlog).run()
    finally:
        await bot.shutdown()
