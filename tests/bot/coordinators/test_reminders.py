"""/remind: a dry run by number only, then one confirmation with one effect."""

import asyncio
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.protocol import WaveKind
from storage.engine import snapshot, transaction
from storage.surveys import close_survey, get_survey
from storage.waves import Wave, cancel_waves, list_waves
from tests.bot.coordinators.conftest import Named
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer
from tests.bot.test_walk import begun


async def waves(engine: AsyncEngine) -> list[Wave]:
    async with snapshot(engine) as connection:
        return await list_waves(connection, (await get_survey(connection, "indagine")).id)


async def dry_run(anna: Person, peer: TelegramPeer, serving: Serving, token: str) -> None:
    """Bob has begun and gone away for a day; the coordinator asks."""
    bob = peer.person(2)
    await begun(bob, token)
    serving.now += timedelta(days=1)
    anna.says("/remind")
    await anna.sees("Il promemoria andrebbe a")


async def test_a_dry_run_says_how_many_and_sends_nothing(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person, tokens: dict[str, str]
):
    """Numbers with their reasons, the moment, and one button; no name, and no wave."""
    await dry_run(anna, peer, serving, tokens["bob"])
    text = anna.last.text
    assert "Il promemoria andrebbe a 1 persona." in text
    assert "Non lo riceverebbero: senza indirizzo: 2." in text
    assert "Partirebbe: ora." in text
    assert "Non è ancora partito nulla." in text
    assert anna.last.buttons == ["Invia a 1 persona"]
    assert not await waves(engine)


async def test_pressed_twice_it_leaves_once(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person, tokens: dict[str, str]
):
    """Two taps, and the button of an old device: one wave; the message says so and has no button any more."""
    await dry_run(anna, peer, serving, tokens["bob"])
    message, code = anna.last, anna.last.code("Invia a 1 persona")
    anna.taps(code, message.id)
    anna.taps(code, message.id)
    await peer.until(lambda: "già stato confermato" in message.text, "the second press")
    assert message.buttons == []
    serving.now += timedelta(minutes=5)
    async with transaction(engine) as connection:
        await cancel_waves(connection, (await get_survey(connection, "indagine")).id)
    anna.taps(code, message.id)
    await peer.until(lambda: not peer.waiting, "all presses answered")
    await asyncio.wait_for(serving.stop(), 20)
    assert [wave.kind for wave in await waves(engine)] == [WaveKind.REMINDER]
    assert not [wave for wave in await waves(engine) if wave.state == "planned"]


async def test_a_confirmed_reminder_is_a_wave_of_this_moment(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person, tokens: dict[str, str]
):
    """It leaves as any other does, to whoever is due by then."""
    await dry_run(anna, peer, serving, tokens["bob"])
    message = anna.last
    anna.presses("Invia a 1 persona")
    await anna.sees_change(message, 0)
    assert "Confermato: il promemoria per 1 persona parte ora." in message.text
    (wave,) = await waves(engine)
    assert (wave.kind, wave.planned_at) == (WaveKind.REMINDER, serving.now)
    assert not peer.errors


async def test_old_figures_are_not_confirmed(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person, tokens: dict[str, str]
):
    """After ten minutes they have to be looked at anew."""
    await dry_run(anna, peer, serving, tokens["bob"])
    message = anna.last
    serving.now += timedelta(minutes=11)
    anna.presses("Invia a 1 persona")
    await anna.sees_change(message, 0)
    assert "non sono più attuali" in message.text
    assert not await waves(engine)


async def test_the_limits_of_the_command_hold_in_the_chat(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person, tokens: dict[str, str]
):
    """At most three, five working days apart; without exception here."""
    await dry_run(anna, peer, serving, tokens["bob"])
    await serving.wave()
    message = anna.last
    anna.presses("Invia a 1 persona", message)
    await anna.sees_change(message, 0)
    assert "già stato confermato" in message.text
    serving.now += timedelta(days=1)
    anna.says("/remind")
    await anna.sees("ad almeno 5 giorni lavorativi")
    assert len(await waves(engine)) == 1


async def test_at_night_it_waits_for_the_morning(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person, tokens: dict[str, str]
):
    """As the command does: within working hours only."""
    bob = peer.person(2)
    await begun(bob, tokens["bob"])
    serving.now += timedelta(days=1, hours=10)
    anna.says("/remind")
    await anna.sees("Partirebbe: mercoledì 25 novembre 2026 alle 9:00.")
    assert not await waves(engine)


async def test_a_closed_survey_reminds_nobody(engine: AsyncEngine, serving: Serving, anna: Person):
    """It says so, without a button."""
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=serving.now)
    anna.says("/remind")
    await anna.sees("l'indagine non è aperta")
    assert not anna.last.buttons


async def test_a_button_of_a_survey_that_is_not_theirs_shows_nothing_of_it(
    engine: AsyncEngine, peer: TelegramPeer, anna: Person, named: Named
):
    """What a button carries can be made up; a coordinator has the surveys that were named, and no other."""
    assert named
    anna.taps("~remind:99:1", anna.last.id)
    anna.taps("~export:99", anna.last.id)
    await peer.until(lambda: not peer.waiting, "the presses answered")
    assert not await waves(engine)
