"""Lanes: one respondent in order, different ones at once."""

import asyncio
from dataclasses import replace

from bot.dialogue import Reply
from bot.telegram.ordering import Lanes
from conversations.protocol import Block, Kind, Manner, Prompt, Style
from storage.chats import Shown


def reply(place: str, manner: Manner = Manner.ASK, *, is_derived: bool = False) -> Reply:
    return Reply(Prompt(place, 1, Kind.TEXT, "it", ()), manner, session="s", is_derived=is_derived)


class Mouth:
    """Says prompts, one after the other, once it is allowed to."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Manner]] = []
        self.words: list[str] = []
        self.may_speak = asyncio.Event()

    async def say(self, what: Reply, _said: Shown | None) -> Shown | None:
        await self.may_speak.wait()
        self.said.append((what.prompt.place, what.manner))
        self.words.append(" ".join(block.text for block in what.prompt.blocks))
        return what.shown_as("1")


async def heard(what: Reply | None) -> Reply | None:
    return what


async def test_one_respondents_turns_are_taken_in_order():
    """The second waits for the first, however long that takes."""
    lanes, mouth, order = Lanes(), Mouth(), []
    first_may_end = asyncio.Event()

    async def first() -> None:
        await first_may_end.wait()
        order.append("first")

    async def second() -> None:
        order.append("second")

    turns = [asyncio.create_task(lanes.enter("ann", hear, mouth.say)) for hear in (first, second)]
    await asyncio.sleep(0)
    first_may_end.set()
    await asyncio.gather(*turns)
    assert order == ["first", "second"]


async def test_nobody_waits_for_somebody_elses_turn():
    """A turn that takes long holds up its own respondent only."""
    lanes, mouth = Lanes(), Mouth()
    slow = asyncio.create_task(lanes.enter("ann", asyncio.Event().wait, mouth.say))  # type: ignore[arg-type]
    async with asyncio.timeout(5):
        await lanes.enter("bob", lambda: heard(None), mouth.say)
    slow.cancel()


async def test_an_answer_is_stored_while_a_message_is_still_being_sent():
    """Speaking may be slow; hearing goes on. What came in between is said as it is in the end."""
    lanes, mouth = Lanes(), Mouth()
    async with asyncio.timeout(5):
        for place in ("a", "b", "c"):
            await lanes.enter("ann", lambda place=place: heard(reply(place)), mouth.say)
            await asyncio.sleep(0)
    mouth.may_speak.set()
    await lanes.quiet(5)
    assert [place for place, _ in mouth.said] == ["a", "c"]


async def test_a_new_prompt_is_sent_even_if_a_change_follows():
    """A question that was never sent cannot be changed in place."""
    lanes, mouth = Lanes(), Mouth()
    for what in (reply("a"), reply("b"), reply("b", Manner.REFRESH)):
        await lanes.enter("ann", lambda what=what: heard(what), mouth.say)
        await asyncio.sleep(0)
    mouth.may_speak.set()
    await lanes.quiet(5)
    assert mouth.said == [("a", Manner.ASK), ("b", Manner.ASK)]


async def test_what_was_asked_for_is_told_even_if_its_message_is_overtaken():
    """Commands sent in a row are all answered, in the one message that follows, and each once."""
    lanes, mouth = Lanes(), Mouth()
    words = {text: (Block(Style.NOTICE, text),) for text in ("help", "privacy")}
    replies = [reply("a"), *(replace(reply("a").after(words[text]), told=words[text]) for text in words)]
    for what in (*replies, replies[1], reply("a")):
        await lanes.enter("ann", lambda what=what: heard(what), mouth.say)
        await asyncio.sleep(0)
    mouth.may_speak.set()
    await lanes.quiet(5)
    assert mouth.words == ["", "privacy help"]


async def test_what_was_told_a_moment_ago_is_told_again_in_the_message_that_takes_its_place():
    """Nobody can have read it; a change of the same message takes no place."""
    for manner, words in ((Manner.ASK, ["help", "help privacy"]), (Manner.REFRESH, ["help", "privacy"])):
        lanes, mouth = Lanes(), Mouth()
        help_, privacy = ((Block(Style.NOTICE, text),) for text in ("help", "privacy"))
        first = replace(reply("a").after(help_), told=help_)
        second = replace(reply("a", manner).after(privacy), told=privacy)
        for what in (first, second):
            await lanes.enter("ann", lambda what=what: heard(what), mouth.say)
            await asyncio.sleep(0)
        mouth.may_speak.set()
        await lanes.quiet(5)
        assert mouth.words == words


async def test_a_repetition_of_what_is_being_said_is_not_said():
    """An update delivered twice, or a sweep, adds nothing to a message under way."""
    lanes, mouth = Lanes(), Mouth()
    for is_derived in (False, True):
        await lanes.enter("ann", lambda d=is_derived: heard(reply("a", is_derived=d)), mouth.say)
    mouth.may_speak.set()
    await lanes.quiet(5)
    assert len(mouth.said) == 1


async def test_whoever_has_something_under_way_is_watched():
    """So that a sweep says nothing to who is being spoken to."""
    lanes, mouth = Lanes(), Mouth()
    await lanes.enter("ann", lambda: heard(reply("a")), mouth.say)
    busy = lanes.watch()
    await lanes.enter("bob", lambda: heard(None), mouth.say)
    assert busy == {"ann", "bob"}
    await lanes.close(0)
    assert lanes.watch() == set()


async def test_closing_gives_up_what_takes_too_long():
    """It stays owed; the process ends."""
    lanes, mouth = Lanes(), Mouth()
    await lanes.enter("ann", lambda: heard(reply("a")), mouth.say)
    async with asyncio.timeout(5):
        await lanes.close(0)
    assert mouth.said == []
