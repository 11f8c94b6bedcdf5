"""What stood in a chat when a message was written: Telegram numbers the messages of both sides in one row.

A short memory: of what it does not know, everything can be an answer.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field

from bot.facing import Facing

CHATS = 2_000
PROMPTS = 50


@dataclass
class _Chat:
    newest: int = 0
    said: int = 0
    shown: deque[tuple[int, Facing]] = field(default_factory=lambda: deque(maxlen=PROMPTS))


class Sequence:
    """Which prompt each chat has shown from which message on."""

    def __init__(self) -> None:
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    def came(self, chat: int, number: int) -> None:
        """The person has sent a message."""
        here = self._chat(chat)
        here.newest = max(here.newest, number)

    def stood(self, chat: int, facing: Facing) -> None:
        """What was asked when the first thing was heard; nobody knows since when."""
        here = self._chat(chat)
        if not here.shown:
            here.shown.append((0, facing))

    def shows(self, chat: int, facing: Facing, number: int) -> None:
        """A message of the bot shows this prompt now; an older one that was changed, from now on."""
        here = self._chat(chat)
        since = number if number > here.said else here.newest + 1
        here.said, here.newest = max(here.said, number), max(here.newest, number)
        if not here.shown or here.shown[-1][1] != facing:
            here.shown.append((since, facing))

    def forget(self, chat: int) -> None:
        """It is in doubt what the chat shows."""
        self._chat(chat).shown.clear()

    def facing(self, chat: int, number: int, *, is_sure: bool = False) -> Facing | None:
        """The prompt that the message of this number can answer; None where that cannot be told.

        `is_sure`: not told either where nobody knows since when that prompt was there.
        """
        shown = self._chat(chat).shown
        if not shown:
            return None
        since, facing = next((one for one in reversed(shown) if one[0] <= number), (number, Facing()))
        return None if is_sure and not since else facing

    def _chat(self, chat: int) -> _Chat:
        here = self._chats.setdefault(chat, _Chat())
        self._chats.move_to_end(chat)
        if len(self._chats) > CHATS:
            self._chats.popitem(last=False)
        return here
