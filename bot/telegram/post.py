"""Reminders in Telegram, to those who have opened the chat: a bot cannot write to anybody first."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.post import form_hash_of, letter_of
from bot.shelf import FormShelf
from bot.telegram.calls import Calls, seconds_of
from bot.telegram.drawing import LOOK, drawn, under
from bot.telegram.refused import is_gone
from bot.telegram.transport import Unreached
from storage.postings import Blame, Doubtful, Errand, Later, Outcome, Rejected, Sent

AWAY = 10.0
"""Seconds until Telegram is tried again when it could not be reached."""

MARGIN = 1.0
"""Seconds to wait longer than asked: several processes wait, and none may be early."""


class TelegramPost:
    """Sends with the calls of the running bot, so that reminders and dialogue share its rate."""

    def __init__(self, engine: AsyncEngine, forms: FormShelf, calls: Calls, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._forms = forms
        self._calls = calls
        self._clock = clock

    async def send(self, errand: Errand) -> tuple[Outcome, str]:
        """Send it: what came of it, and in whose words. Raises StorageError before anything is sent."""
        form = await self._forms.fetch(self._engine, form_hash_of(errand))
        letter = letter_of(errand, form, self._clock())
        if letter.prompt is None or not errand.chat:
            return Rejected("the chat has been left for another one"), letter.occasion
        texts, keyboard = drawn(letter.prompt)
        messages: list[dict[str, object]] = [{"text": text, **LOOK} for text in texts]
        messages[-1] |= under(keyboard)
        return await self._say(int(errand.chat), messages), letter.occasion

    async def _say(self, chat: int, messages: Sequence[dict[str, object]]) -> Outcome:
        """One message; several where the coordinator's own words fill more than one."""
        first, *others = messages
        try:
            await self._calls.push(chat, **first)
        except TelegramError as error:
            return outcome_of(error)
        try:
            for message in others:
                await self._calls.send(chat, **message)
        except TelegramError:
            return Doubtful("only the beginning of it was sent")
        return Sent()


_OUTCOMES: dict[type[TelegramError], Outcome] = {
    Forbidden: Rejected("the bot is blocked, or the account is gone", Blame.CHAT),
    InvalidToken: Later("Telegram does not know the token any more", AWAY, pauses_all=True),
    Unreached: Later("Telegram cannot be reached", AWAY, pauses_all=True),
    NetworkError: Doubtful("the connection to Telegram broke before it answered"),
    TelegramError: Doubtful("Telegram answered what nobody understands"),
}


def outcome_of(error: TelegramError) -> Outcome:
    """What an error says about the message, about its chat, and about all that are still to be sent."""
    if isinstance(error, RetryAfter):
        seconds = seconds_of(error.retry_after)
        return Later(f"Telegram asks to wait {seconds:.0f} s", seconds + MARGIN, pauses_all=True)
    if isinstance(error, BadRequest):
        gone = Rejected("the chat does not exist any more", Blame.CHAT)
        return gone if is_gone(error) else Rejected(f"Telegram refused the message: {error.message}")
    return next(outcome for kind, outcome in _OUTCOMES.items() if isinstance(error, kind))
