"""What people see of the bot before they press Start: set in their language, and only when it has changed."""

import pytest

from bot.telegram.face import LONGEST_DESCRIPTION, LONGEST_SHORT_DESCRIPTION, face_in
from conversations.phrases import LANGUAGES
from tests.bot.serving import Serving
from tests.bot.telegram_peer import ApiError, Fault, TelegramPeer


async def all_set(peer: TelegramPeer) -> TelegramPeer:
    """Once every text is there."""
    await peer.until(lambda: ("short_description", "it") in peer.texts, "the bot's texts")
    return peer


async def test_the_menu_is_there_in_each_language(peer: TelegramPeer, serving: Serving):
    """The same commands, with words of each language, and English for all others."""
    assert serving
    await all_set(peer)
    assert [command["command"] for command in peer.commands["it"]] == [one["command"] for one in peer.commands[""]]
    assert peer.commands["it"] != peer.commands["en"] == peer.commands[""]


async def test_an_empty_chat_says_what_the_bot_is_for(peer: TelegramPeer, serving: Serving):
    """In Italian to Italians, in English to all others."""
    assert serving
    await all_set(peer)
    assert "link personale" in peer.texts["description", "it"]
    assert "personal link" in peer.texts["description", ""]


async def test_a_restart_sets_nothing_anew(peer: TelegramPeer, serving: Serving):
    """Telegram lets a bot change its texts a few times a day only; what is the same is not sent."""
    await all_set(peer)
    await serving.stop()
    before = len(peer.calls)
    await serving.start()
    await peer.until(lambda: len(peer.calls_of("getMyShortDescription")) >= 6, "another look at the texts")
    assert not [call for call in peer.calls[before:] if call.method.startswith("set")]
    assert len(peer.calls_of("setMyCommands")) == 3


async def test_nobody_waits_for_the_face(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Told to wait for hours before its texts may change, the bot answers all the same."""
    await all_set(peer)
    await serving.stop()
    peer.texts.clear()
    peer.fail("setMyDescription", Fault(ApiError(429, "Too Many Requests: retry later", retry_after=3600)))
    await serving.start()
    await peer.until(lambda: peer.calls_of("setMyDescription")[1:], "a text that may not change")
    ann = peer.person(1)
    ann.starts(tokens["ann"])
    await ann.sees("Indagine")
    assert ("description", "") not in peer.texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_are_no_longer_than_telegram_takes(language: str):
    """512 characters in an empty chat, 120 in the profile."""
    face = face_in(language)
    assert len(face["description"]) <= LONGEST_DESCRIPTION
    assert len(face["short_description"]) <= LONGEST_SHORT_DESCRIPTION
