"""What an answered question costs in calls of Telegram's Bot API, by its kind: somebody answers both examples.

    python -m benchmarks.calls

Every call goes to the server of the tests, on loopback. Answers to presses are counted apart: they show nothing, and
Telegram limits them nowhere. A question is answered by the first way that it takes; what it refused before that is not
counted. What is typed is sent in one message; of several choices one is ticked.
"""

import asyncio
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from bot.telegram import calls
from conversations.codes import Verb, read_code
from conversations.protocol import Button, Kind, Prompt
from storage.chats import Sender
from storage.engine import open_engine
from storage.migrate import migrate
from storage.register import Person as Registered
from tests.bot.installation import install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.xlsx"))
SOON = 0.005
TYPED = {
    Kind.TEXT: ("Una risposta", "https://example.org/a", "nome@example.org"),
    Kind.MULTILINE: ("Una risposta",),
    Kind.DATE: ("15/12/2026", "1/1/1980"),
}
NUMBERS = ("2", "40", "300", "3000", "1990")
LEAVING = (Verb.DECLINE, Verb.LANGUAGE, Verb.UNDO, Verb.BACK, Verb.EXPLAIN, Verb.ADD_ROW, Verb.REMOVE_ROW)
ANSWERED = "answercallbackquery"
Counts = defaultdict[str, list[tuple[int, int]]]


class Walker:
    """Answers whatever is asked; `counts` has the calls and the answers to presses of each question, by its kind."""

    def __init__(self, dialogue: Dialogue, person: Person, counts: Counts) -> None:
        self._dialogue = dialogue
        self._person = person
        self._counts = counts
        self._revision = 0

    async def walks(self, token: str) -> None:
        """From the link to the receipt."""
        self._person.starts(token)
        prompt = await self._settled()
        while prompt.kind is not Kind.RECEIPT:
            prompt = await self._answers(prompt)

    async def _answers(self, prompt: Prompt) -> Prompt:
        done = self._person.peer.calls
        for way in _ways(prompt):
            before = len(done)
            now = await self._does(way)
            while now.place == prompt.place and (finish := _button(now, Verb.DONE)):
                now = await self._does(finish)
            if now.place != prompt.place:
                methods = [call.method for call in done[before:]]
                presses = methods.count(ANSWERED)
                self._counts[prompt.kind].append((len(methods) - presses, presses))
                return now
        raise RuntimeError(f"Nothing was taken here: {prompt.blocks}")

    async def _does(self, way: Button | str) -> Prompt:
        if isinstance(way, str):
            self._person.says(way)
        else:
            self._person.taps(way.code, self._person.last.id)
        return await self._settled()

    async def _settled(self) -> Prompt:
        """What is asked, once something has changed and all of it has been said."""
        sender = Sender("telegram", str(self._person.id))
        while True:
            await asyncio.sleep(SOON)
            now = await self._dialogue.look(sender)
            is_new = now is not None and now.prompt.revision > self._revision
            if now and is_new and not self._person.peer.waiting and not await self._dialogue.owed("telegram"):
                self._revision = now.prompt.revision
                return now.prompt


def _ways(prompt: Prompt) -> Iterator[Button | str]:
    yield from prompt.choices
    if prompt.kind in TYPED or prompt.kind in (Kind.INTEGER, Kind.DECIMAL):
        yield from TYPED.get(prompt.kind, NUMBERS)
    yield from (button for button in prompt.actions if _verb(button) not in LEAVING)


def _verb(button: Button) -> Verb | None:
    press = read_code(button.code)
    return press.verb if press else None


def _button(prompt: Prompt, verb: Verb) -> Button | None:
    return next((button for button in prompt.actions if _verb(button) is verb), None)


async def walk(workbook: bytes, counts: Counts) -> None:
    """One person, one questionnaire."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/calls.db")
        await migrate(engine)
        tokens = await install(engine, workbook, [Registered("one")])
        async with TelegramPeer() as peer, Serving(engine, peer) as serving:
            dialogue = Dialogue(engine, FormShelf(), serving.clock)
            await Walker(dialogue, peer.person(1_000_001), counts).walks(tokens["one"])
            await serving.rests()
        await engine.dispose()


def _print(counts: Counts) -> None:
    print(f"{'kind':<14}{'questions':>10}{'calls each':>12}{'at most':>9}{'answers to presses':>20}")
    for kind, each in sorted(counts.items()):
        made, presses = [one[0] for one in each], [one[1] for one in each]
        mean, answered = sum(made) / len(each), sum(presses) / len(each)
        print(f"{kind:<14}{len(each):>10}{mean:>12.2f}{max(made):>9}{answered:>20.2f}")


def main() -> None:
    """Both questionnaires, or those that are named."""
    calls.MESSAGES_AT_ONCE = calls.EDITS_AT_ONCE = 10_000  # a walk need not last as long as a person's
    counts: Counts = defaultdict(list)
    for workbook in map(Path, sys.argv[1:] or EXAMPLES):
        asyncio.run(walk(workbook.read_bytes(), counts))
    _print(counts)


if __name__ == "__main__":
    main()
