"""Our own loop: what it does when Telegram, the network or we ourselves fail."""

import logging

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

import bot.dialogue
from bot.logs import hush
from bot.telegram import hosting, polling
from bot.telegram.polling import WrongToken
from conversations.advice import Advice, advice
from conversations.protocol import Heard, Typed
from conversations.turn import take_turn
from storage.errors import DatabaseUnavailable
from tests.bot.serving import Serving
from tests.bot.telegram_peer import ApiError, Fault, TelegramPeer
from tests.bot.test_walk import begun


async def test_a_wrong_token_ends_it_with_one_sentence(engine: AsyncEngine, peer: TelegramPeer):
    """Nothing else would help; the sentence does not hold the token."""
    serving = Serving(engine, peer, token="123456:mistyped")  # noqa: S106 - of no bot
    await serving.start()
    with pytest.raises(WrongToken, match="COLLOQUIO_TELEGRAM_TOKEN") as refused:
        await serving.stop()
    assert "mistyped" not in f"{refused.value!r} {refused.value.__cause__!r}"


async def test_a_token_that_is_taken_away_ends_it(peer: TelegramPeer, serving: Serving):
    """While it serves as well."""
    peer.fail("getUpdates", Fault(ApiError(401, "Unauthorized")))
    peer.person(1).says("ciao")
    with pytest.raises(WrongToken):
        await serving.ended()


async def test_another_process_with_the_token_is_explained(
    peer: TelegramPeer,
    serving: Serving,
    tokens: dict[str, str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
):
    """And waited for: it may be the one before, that has not ended yet."""
    monkeypatch.setattr(polling, "BACK_OFF", (0.0,))
    peer.fail("getUpdates", *[Fault(ApiError(409, "Conflict: terminated by other getUpdates request"))] * 2)
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    assert "stop the other one" in caplog.text
    assert serving


@pytest.mark.parametrize(
    "fault", [Fault(cuts=True), Fault(ApiError(502, "Bad Gateway")), Fault(cuts=True, is_after=True)]
)
async def test_updates_lost_on_the_way_come_again(
    fault: Fault, peer: TelegramPeer, serving: Serving, tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """A broken connection confirms nothing."""
    monkeypatch.setattr(polling, "BACK_OFF", (0.0,))
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    peer.fail("getUpdates", fault)
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    assert serving


async def test_an_update_that_always_fails_keeps_nobody_waiting(
    peer: TelegramPeer,
    serving: Serving,
    tokens: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    """Our own fault: tried three times, logged without a word of what was said, then passed over."""
    monkeypatch.setattr(hosting, "PAUSE", 0.0)

    def stumbling(form: object, terms: object, session: object, heard: Heard, **fields: object) -> object:
        if isinstance(heard, Typed) and heard.text == "veleno":
            raise ZeroDivisionError(heard.text)
        return take_turn(form, terms, session, heard, **fields)  # type: ignore[arg-type]

    monkeypatch.setattr(bot.dialogue, "take_turn", stumbling)
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("veleno")
    await ann.sees(advice(Advice.NOT_STORED, "it").blocks[0].text)
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    failures = [record.getMessage() for record in caplog.records if "failed" in record.getMessage()]
    assert len(failures) == 3
    assert "ZeroDivisionError" in failures[0]
    assert "veleno" not in caplog.text
    assert serving


async def test_a_database_that_is_away_is_waited_for(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """No update is given up for it, however often it fails."""
    monkeypatch.setattr(hosting, "PAUSE", 0.0)
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    left = [DatabaseUnavailable() for _ in range(7)]

    def away(*fields: object, **named: object) -> object:
        if left:
            raise left.pop()
        return take_turn(*fields, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(bot.dialogue, "take_turn", away)
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    assert serving


async def test_what_was_stored_but_not_said_is_said_at_the_next_start(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """A crash between the two: the prompt is owed."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    peer.fail("sendMessage", Fault(cuts=True))
    ann.says("Anna")
    await peer.until(lambda: not peer.faults["sendmessage"], "the lost message")
    await serving.stop()
    await serving.start()
    await ann.sees("Le piace il tè?")


async def test_the_log_holds_no_token_and_no_words(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str], caplog: pytest.LogCaptureFixture
):
    """Even at its most talkative, and while things go wrong."""
    caplog.set_level(logging.DEBUG)
    hush()
    ann = peer.person(4711001)
    await begun(ann, tokens["ann"])
    peer.fail("sendMessage", Fault(ApiError(500, "Internal")))
    peer.fail("editMessageText", Fault(cuts=True))
    ann.says("riservatissimo")
    await peer.until(lambda: not any(peer.faults.values()), "both faults")
    await serving.stop()
    said = caplog.text
    assert "may not have been said" in said
    for secret in (peer.token, "canary", "4711001", tokens["ann"], "riservatissimo"):
        assert secret not in said
