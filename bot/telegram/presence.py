"""Whether anybody reads in a private chat with the bot: what Telegram says when it is blocked, or let in again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.chats import Sender

_IS_THERE = {"kicked": False, "member": True}


@dataclass(frozen=True, slots=True)
class Presence:
    """The person has blocked the bot, or let it in again; nothing is said to that."""

    sender: Sender
    claim: str
    is_there: bool


def read_presence(changed: Mapping[str, Any], claim: str) -> Presence | None:
    """What a change of the bot's own membership says; None for those in groups."""
    is_there = _IS_THERE.get(changed["new_chat_member"]["status"])
    if changed["chat"].get("type") != "private" or is_there is None:
        return None
    return Presence(Sender("telegram", str(changed["chat"]["id"])), claim, is_there)
