"""Update -> what was heard, from whom. The only file that looks inside an Update.

Reads the raw fields: an update may hold anything, and most of it is no answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.telegram.attachments import FILES, Attachment, attachment_of
from bot.telegram.ledger import standing_message
from bot.telegram.messages import name_pressed
from bot.telegram.presence import Presence, read_presence
from conversations.protocol import Command, Commanded, Edited, Heard, Located, Pressed, Typed, Unreadable
from storage.chat_messages import ChatMessage
from storage.chats import Sender

ASKED_FOR = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that we ask Telegram for."""

_KINDS = {
    "sticker": "sticker",
    "voice": "voice",
    "audio": "audio",
    "photo": "photo",
    "video": "video",
    "video_note": "video",
    "animation": "video",  # before "document", which Telegram adds to an animation
    "document": "document",
    "contact": "contact",
    "venue": "location",
    "location": "location",
    "poll": "poll",
    "dice": "dice",
    "game": "game",
    "story": "story",
    "paid_media": "photo",
    "checklist": "checklist",
}
"""What people send in place of an answer; everything else without a text is a note of the service."""

_COMMAND = re.compile(r"/(?P<name>[a-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update in our words; `chat` is where to speak.

    Of a press: `callback` is what waits for an answer, `message` the number of the message with the button; `is_gone`
    if the person has deleted that.
    `attachment` is a file that may be an answer; `heard` says what it is otherwise. `command` is the word after "/",
    also of one that respondents do not have. `own` is the person's message as it stands in the chat; `answers` the
    number of the one that it says it is a reply to, or its own.
    """

    sender: Sender
    chat: int
    claim: str
    heard: Heard
    token: str | None = None
    language_wish: str = ""
    callback: str = ""
    message: str = ""
    is_gone: bool = False
    attachment: Attachment | None = None
    command: str = ""
    answers: int = 0
    own: ChatMessage | None = None

    @property
    def number(self) -> int:
        """Of the person's message; 0 for a press."""
        return self.own.number if self.own is not None else 0


@dataclass(frozen=True, slots=True)
class Aside:
    """The bot was addressed in a group, where nobody can answer a questionnaire."""

    chat: int
    language_wish: str = ""
    callback: str = ""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as the service knows it."""

    id: int
    username: str


def read_update(update: Json, me: Me) -> Arrival | Aside | Presence | None:
    """What an update says, or None for what asks for no reaction."""
    if "my_chat_member" in update:
        return read_presence(update["my_chat_member"], _claim(update, {}, me))
    if "callback_query" in update:
        return _press(update, update["callback_query"], me)
    edited = update.get("edited_message")
    message = update.get("message") or edited
    if not isinstance(message, Mapping) or _is_machine(message.get("from")):
        return None
    if message["chat"].get("type") != "private":
        return Aside(message["chat"]["id"], _language(message)) if _is_addressed(message, me) else None
    heard = _edited(message) if edited else _said(message)
    if heard is None:
        return None
    return Arrival(
        sender=_sender(message["from"]),
        chat=message["chat"]["id"],
        claim=_claim(update, {} if edited else message, me),
        heard=heard,
        token=_token(message) if isinstance(heard, Commanded) else None,
        language_wish=_language(message),
        attachment=attachment_of(message) if isinstance(heard, Unreadable) else None,
        command=_word(message) if isinstance(heard, Commanded) else "",
        answers=(message.get("reply_to_message") or message)["message_id"],
        own=standing_message(message),
    )


def _is_machine(person: Json | None) -> bool:
    return person is None or bool(person.get("is_bot"))


def _sender(person: Json) -> Sender:
    return Sender("telegram", str(person["id"]))


def _language(said: Json) -> str:
    return said["from"].get("language_code") or ""


def _claim(update: Json, message: Json, me: Me) -> str:
    """What makes a repeated update known. The pictures of an album are claimed as one: they get one reply."""
    album = message.get("media_group_id")
    return f"{me.id}:album:{album}" if album else f"{me.id}:{update['update_id']}"


# ---------------------------------------------------------------- messages


def _said(message: Json) -> Heard | None:
    text = message.get("text")
    if isinstance(text, str):
        command = _COMMAND.fullmatch(text.strip())
        return Commanded(_command(command["name"])) if command else Typed(text, str(message["message_id"]))
    if "location" in message:
        return _located(message["location"])
    kind = next((ours for theirs, ours in _KINDS.items() if theirs in message), None)
    return Unreadable(kind) if kind else None


def _located(location: Json) -> Located:
    """A place, a venue's too; of one that moves, where it was first."""
    return Located(
        float(location["latitude"]), float(location["longitude"]), float(location.get("horizontal_accuracy") or 0)
    )


def _command(name: str) -> Command:
    """An unknown command gets help."""
    return Command(name.lower()) if name.lower() in set(Command) else Command.HELP


def _word(message: Json) -> str:
    command = _COMMAND.fullmatch(message["text"].strip())
    return command["name"].lower() if command else ""


def _edited(message: Json) -> Heard | None:
    """A corrected text, also one that has become the caption of something; a live location that moves says nothing."""
    has_file = any(kind in message for kind in FILES)
    text = message.get("text", message.get("caption", "") if has_file else None)
    return Edited(text, str(message["message_id"])) if isinstance(text, str) else None


def _token(message: Json) -> str | None:
    """The payload of a deep link: "/start TOKEN"."""
    command = _COMMAND.fullmatch(message["text"].strip())
    if not command or command["name"].lower() != Command.START:
        return None
    return (command["rest"] or "").strip() or None


# ---------------------------------------------------------------- presses


def _press(update: Json, query: Json, me: Me) -> Arrival | Aside:
    """A press; the message it stands on may be gone, but we need only what the button says."""
    message = query.get("message") or {}
    chat = message.get("chat") or {"id": query["from"]["id"]}
    if chat.get("type", "private") != "private":
        return Aside(chat["id"], callback=query["id"])
    data = query.get("data")
    return Arrival(
        sender=_sender(query["from"]),
        chat=chat["id"],
        claim=_claim(update, {}, me),
        heard=Pressed(data if isinstance(data, str) else ""),
        language_wish=_language(query),
        callback=query["id"],
        message=name_pressed(message),
        is_gone=message.get("date") == 0,
    )


# ---------------------------------------------------------------- groups


def _is_addressed(message: Json, me: Me) -> bool:
    """A command (for us, if it names somebody), our name, or a reply to us."""
    text = message.get("text") or message.get("caption") or ""
    command = _COMMAND.fullmatch(text.strip())
    if command:
        return (command["bot"] or me.username).lower() == me.username.lower()
    answered = message.get("reply_to_message") or {}
    return f"@{me.username}".lower() in text.lower() or (answered.get("from") or {}).get("id") == me.id
