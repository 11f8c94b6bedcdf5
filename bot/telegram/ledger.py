"""Which messages stand in the chats, until the database knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from storage.chat_messages import ChatMessage
from storage.chats import Sender


class Ledger:
    """Their numbers by chat, of what was sent as of what came."""

    def __init__(self) -> None:
        self._noted: defaultdict[int, list[ChatMessage]] = defaultdict(list)

    def note_sent(self, chat: int, sent: Any) -> None:  # noqa: ANN401 - JSON
        """A message, or those of an album."""
        for message in sent if isinstance(sent, list) else [sent]:
            if standing := standing_message(message):
                self.note(chat, standing)

    def note(self, chat: int, message: ChatMessage) -> None:
        """One that stands there now; groups are not cleared."""
        if chat > 0:
            self._noted[chat].append(message)

    def of(self, chat: int) -> tuple[ChatMessage, ...]:
        """What is not known yet of this chat."""
        return tuple(self._noted.get(chat, ()))

    def all(self) -> dict[Sender, tuple[ChatMessage, ...]]:
        """The same of all chats, by whose they are."""
        return {Sender("telegram", str(chat)): tuple(messages) for chat, messages in self._noted.items()}

    def kept(self, chat: int, messages: Iterable[ChatMessage]) -> None:
        """They are known now."""
        known = set(messages)
        left = [message for message in self._noted.pop(chat, ()) if message not in known]
        if left:
            self._noted[chat] = left


def standing_message(message: Mapping[str, Any]) -> ChatMessage | None:
    """What is kept of a message; nothing of one whose age is not told."""
    date = message.get("date")
    return ChatMessage(int(message["message_id"]), datetime.fromtimestamp(int(date), UTC)) if date else None
