"""A Bot API server of the tests' own, on loopback: strict in what our bot depends on, with people who use it.

Waiting is by events: whoever waits is woken by every change and looks again.
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from aiohttp import BodyPartReader, web

from tests.bot.installation import NOON
from tests.bot.telegram_html import NotHtmlError, plain_of

TOKEN = "123456:" + "TEST-canary-token-of-the-tests"
BOT = {"id": 123456, "is_bot": True, "first_name": "Colloquio", "username": "colloquio_bot"}
PATIENCE = 20.0
"""Seconds until a test says what it waited for in vain."""

_METHODS = {
    "getme": "_get_me",
    "getupdates": "_get_updates",
    "getmycommands": "_get_commands",
    "setmycommands": "_set_commands",
    "deletemycommands": "_delete_commands",
    "sendchataction": "_show_action",
    "getmydescription": "_get_description",
    "setmydescription": "_set_description",
    "getmyshortdescription": "_get_short_description",
    "setmyshortdescription": "_set_short_description",
    "sendmessage": "_send",
    "editmessagetext": "_edit_text",
    "editmessagecaption": "_edit_caption",
    "editmessagereplymarkup": "_edit_markup",
    "answercallbackquery": "_answer",
    "deletemessage": "_delete",
    "deletemessages": "_delete_several",
    "setmessagereaction": "_react",
    "getfile": "_get_file",
    "sendphoto": "_send_photo",
    "sendmediagroup": "_send_album",
    "sendaudio": "_send_audio",
    "sendvideo": "_send_video",
    "senddocument": "_send_document",
}

REACTIONS = set(
    "👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
"""Of those that Telegram lets a bot set, the ones of a single sign."""

T = TypeVar("T")
Json = dict[str, Any]


class ApiError(Exception):
    """An answer with ok = false."""

    def __init__(self, code: int, description: str, **parameters: float) -> None:
        super().__init__(f"{code} {description}")
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Message:
    """A message of the bot as it stands in the chat."""

    id: int
    text: str
    html: str
    keyboard: list[list[Json]]
    edits: int = 0
    is_deleted: bool = False
    foot: Json | None = None
    is_silent: bool = False
    effect: str = ""
    file: bytes | str = b""

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]

    def code(self, label: str) -> str | None:
        """The data of the button with this label, chosen or not; else of one whose label begins so."""
        bare = {button["text"].removeprefix("✓ "): button["callback_data"] for row in self.keyboard for button in row}
        return bare.get(label) or next((code for text, code in bare.items() if text.startswith(label)), None)


class Upload(bytes):
    """A file that was sent with a call, by its `name`."""

    def __new__(cls, content: bytes, name: str) -> Self:
        made = super().__new__(cls, content)
        made.name = name
        return made

    name: str


@dataclass
class Call:
    """One call of the bot that was executed or refused."""

    method: str
    arguments: Json
    error: str = ""


@dataclass
class Fault:
    """What goes wrong with the next call: an error, or the connection, before or after the call is executed."""

    error: ApiError | None = None
    cuts: bool = False
    is_after: bool = False

    @classmethod
    def told_to_wait(cls) -> "Fault":
        """Too many requests; a pause that a test can afford."""
        return cls(ApiError(429, "Too Many Requests: retry later", retry_after=0.01))


@dataclass
class Chat:
    """A private chat, from its person's side."""

    messages: list[Message] = field(default_factory=list)
    is_blocked: bool = False
    erased: list[int] = field(default_factory=list)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    said: set[int] = field(default_factory=set)
    dates: dict[int, int] = field(default_factory=dict)
    reactions: dict[int, str] = field(default_factory=dict)

    @property
    def standing(self) -> list[Message]:
        """The bot's messages that are still there."""
        return [message for message in self.messages if not message.is_deleted]

    @property
    def numbers(self) -> list[int]:
        """Of all messages that are still there, of both sides."""
        return sorted({message.id for message in self.standing} | self.said)

    @property
    def keys(self) -> list[str]:
        """What stands on the keyboard at the foot of the chat."""
        foot = next((m.foot for m in reversed(self.messages) if m.foot is not None), {})
        return [button["text"] for row in foot.get("keyboard", []) for button in row]


class TelegramPeer:
    """The server. `calls` is everything the bot has done, `errors` what was refused.

    `watch` is called before and after each call is executed.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.faults: dict[str, deque[Fault]] = {}
        self.answered: dict[str, str] = {}
        self.commands: dict[str, list[Json]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.token = TOKEN
        self.files: dict[str, bytes] = {}
        self.uploads: list[bytes] = []
        self.allowed: list[str] | None = None
        self.date = int(NOON.timestamp())
        self.conflict = False
        self.gives = asyncio.Event()
        self.gives.set()
        self.effects = {"", "5046509860389126442"}
        self.patience = PATIENCE
        self.watch: Callable[[], None] = lambda: None
        self._pressed: set[str] = set()
        self._gives_updates = True
        self._updates: list[Json] = []
        self._next_update = 700_001
        self._next_message = 10
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.url = ""

    # ---------------------------------------------------------------- life

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._serve)
        application.router.add_get("/file/bot{token}/{path:.*}", self._give)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_exc: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    # ---------------------------------------------------------------- what tests look at

    def person(self, number: int, language: str = "it") -> "Person":
        """Somebody with a Telegram account."""
        return Person(self, number, language)

    @property
    def errors(self) -> list[str]:
        return [f"{call.method}: {call.error}" for call in self.calls if call.error]

    @property
    def waiting(self) -> set[str]:
        """Presses that show a waiting sign."""
        return self._pressed - set(self.answered)

    @property
    def unconfirmed(self) -> int:
        return len(self._updates)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method.lower()]

    def fail(self, method: str, *faults: Fault) -> None:
        """What goes wrong with the next calls of this method."""
        self.faults.setdefault(method.lower(), deque()).extend(faults)

    async def until(self, look: Callable[[], T | None], what: str) -> T:
        """The first value of `look` that says something, as soon as it does."""
        try:
            async with asyncio.timeout(self.patience):
                while True:
                    self._changed.clear()
                    value = look()
                    if value:
                        return value
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain: {what}") from None

    # ---------------------------------------------------------------- updates

    def put(self, kind: str, content: Json) -> Json:
        """Queue an update for the bot, unless it has asked for others only."""
        update = {"update_id": self._next_update, kind: content}
        if self.allowed is not None and kind not in self.allowed:
            return update
        self._next_update += 1
        self._updates.append(update)
        self._wake()
        return update

    @contextmanager
    def holding(self) -> Iterator[None]:
        """The bot gets none of what people do meanwhile until all of it is done."""
        self._gives_updates = False
        yield
        self._gives_updates = True
        self._wake()

    def overtakes(self) -> None:
        """The newest update comes before the one that was there before it."""
        *_, earlier, newest = self._updates
        earlier["update_id"], newest["update_id"] = newest["update_id"], earlier["update_id"]
        self._updates[-2:] = [newest, earlier]

    def loses_presses(self) -> None:
        """The bot was away for longer than Telegram keeps them; the phone waits no more either."""
        lost = [update["callback_query"]["id"] for update in self._updates if "callback_query" in update]
        self._updates = [update for update in self._updates if "callback_query" not in update]
        self._pressed -= set(lost)

    def repeat(self, update: Json) -> None:
        """Deliver once more what was confirmed already."""
        self._updates.insert(0, update)
        self._wake()

    def new_message_id(self) -> int:
        self._next_message += 1
        return self._next_message

    def press(self, query: str) -> None:
        self._pressed.add(query)

    def _wake(self) -> None:
        self._changed.set()

    # ---------------------------------------------------------------- HTTP

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        arguments = await _arguments(request)
        call = Call(method, arguments)
        if method != "getupdates":
            self.calls.append(call)
            self.watch()
        fault = self._fault(method)
        try:
            if fault and not fault.is_after:
                self._fail(fault, request)
            result = await self._execute(request.match_info["token"], method, arguments)
            self.watch()
            if fault and fault.is_after:
                self._fail(fault, request)
        except ApiError as error:
            call.error = "" if fault else str(error)
            return _refused(error)
        finally:
            self._wake()
        return web.json_response({"ok": True, "result": result})

    def _fault(self, method: str) -> Fault | None:
        waiting = self.faults.get(method)
        return waiting.popleft() if waiting else None

    @staticmethod
    def _fail(fault: Fault, request: web.Request) -> None:
        if fault.error:
            raise fault.error
        if request.transport is not None:
            request.transport.abort()
        raise ApiError(500, "cut")

    async def _execute(self, token: str, method: str, arguments: Json) -> object:
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if method not in _METHODS:
            raise ApiError(404, "Not Found: method not found")
        result = getattr(self, _METHODS[method])(arguments)
        return await result if asyncio.iscoroutine(result) else result

    async def _get_updates(self, arguments: Json) -> list[Json]:
        """Confirm what lies below the offset; give what is left, waiting for it if there is nothing."""
        if self.conflict:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        self.allowed = arguments.get("allowed_updates")
        offset = arguments.get("offset", 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        self._wake()
        try:
            async with asyncio.timeout(arguments.get("timeout", 0)):
                while not (self._updates and self._gives_updates):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return []
        return self._updates[: arguments.get("limit", 100)]

    # ---------------------------------------------------------------- the methods

    def _get_me(self, _arguments: Json) -> Json:
        return BOT

    def _get_commands(self, arguments: Json) -> list[Json]:
        return self._scoped(arguments).get(arguments.get("language_code", ""), [])

    def _set_commands(self, arguments: Json) -> bool:
        assert all(1 <= len(one["description"]) <= 256 for one in arguments["commands"])
        self._scoped(arguments)[arguments.get("language_code", "")] = arguments["commands"]
        return True

    def _delete_commands(self, arguments: Json) -> bool:
        self._scoped(arguments).pop(arguments.get("language_code", ""), None)
        return True

    def _scoped(self, arguments: Json) -> dict[str, list[Json]]:
        """The commands of all, or those that one chat has in place of them."""
        scope = arguments.get("scope")
        if scope is None:
            return self.commands
        assert scope["type"] == "chat"
        return self._chat(scope).commands

    def _show_action(self, arguments: Json) -> bool:
        assert arguments["action"] in ("typing", "upload_document")
        self._chat(arguments).actions.append(arguments["action"])
        return True

    def _get_description(self, arguments: Json) -> Json:
        return self._get_text("description", arguments)

    def _get_short_description(self, arguments: Json) -> Json:
        return self._get_text("short_description", arguments)

    def _set_description(self, arguments: Json) -> bool:
        return self._set_text("description", arguments, 512)

    def _set_short_description(self, arguments: Json) -> bool:
        return self._set_text("short_description", arguments, 120)

    def _get_text(self, name: str, arguments: Json) -> Json:
        """A language without a text of its own has that of all."""
        code = arguments.get("language_code", "")
        return {name: self.texts.get((name, code)) or self.texts.get((name, ""), "")}

    def _set_text(self, name: str, arguments: Json, longest: int) -> bool:
        if len(arguments[name]) > longest:
            raise ApiError(400, "Bad Request: BOT_DESCRIPTION_TOO_LONG")
        self.texts[name, arguments.get("language_code", "")] = arguments[name]
        return True

    def _send(self, arguments: Json) -> Json:
        chat = self._chat(arguments)
        html, text = _checked(arguments, "Bad Request: message is too long")
        message = Message(
            self.new_message_id(), text, html, _checked_keyboard(arguments), foot=_checked_foot(arguments)
        )
        message.is_silent = arguments.get("disable_notification", False)
        message.effect = arguments.get("message_effect_id", "")
        if message.effect not in self.effects:
            raise ApiError(400, "Bad Request: EFFECT_ID_INVALID")
        return self._sent(chat, message) | {"chat": {"id": arguments["chat_id"], "type": "private"}, "text": text}

    def _sent(self, chat: Chat, message: Message) -> Json:
        chat.messages.append(message)
        chat.dates[message.id] = self.date
        return {"message_id": message.id, "date": self.date}

    def _edit_caption(self, arguments: Json) -> Json:
        html, text = _checked_caption(arguments)
        assert self._message(arguments).file, "only what has a file has a caption"
        return self._edit(arguments, text, html)

    def _edit_text(self, arguments: Json) -> Json:
        if self._message(arguments).file:
            raise ApiError(400, "Bad Request: there is no text in the message to edit")
        html, text = _checked(arguments, "Bad Request: MESSAGE_TOO_LONG")
        return self._edit(arguments, text, html)

    def _edit_markup(self, arguments: Json) -> Json:
        message = self._message(arguments)
        return self._edit(arguments, message.text, message.html)

    def _edit(self, arguments: Json, text: str, html: str) -> Json:
        message, keyboard = self._message(arguments), _checked_keyboard(arguments)
        if message.foot is not None:
            raise ApiError(400, "Bad Request: message can't be edited")
        if (message.html, message.keyboard) == (html, keyboard):
            raise ApiError(400, "Bad Request: message is not modified")
        message.text, message.html, message.keyboard = text, html, keyboard
        message.edits += 1
        return {"message_id": message.id, "text": text}

    def _answer(self, arguments: Json) -> bool:
        query = arguments["callback_query_id"]
        if query not in self._pressed or query in self.answered:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(arguments.get("text", "")) > 200:
            raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
        self.answered[query] = arguments.get("text", "")
        return True

    def _delete(self, arguments: Json) -> bool:
        """One of the person's or of the bot's own, once."""
        chat, number = self._chat(arguments), arguments["message_id"]
        ours = next((message for message in chat.messages if message.id == number and not message.is_deleted), None)
        if ours is None and number not in chat.said:
            raise ApiError(400, "Bad Request: message to delete not found")
        if ours is not None:
            ours.is_deleted = True
        else:
            chat.said.discard(number)
            chat.erased.append(number)
        return True

    def _delete_several(self, arguments: Json) -> bool:
        """Those that are not there are no error; one that is too old spares all of them."""
        chat, numbers = self._chat(arguments), set(arguments["message_ids"])
        assert 1 <= len(numbers) <= 100
        if any(self.date - chat.dates[number] > 48 * 3600 for number in numbers & set(chat.numbers)):
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        for message in chat.standing:
            message.is_deleted = message.is_deleted or message.id in numbers
        chat.erased += sorted(chat.said & numbers)
        chat.said -= numbers
        return True

    def _react(self, arguments: Json) -> bool:
        """One sign on a message of the person's; none on a deleted one."""
        chat, message = self._chat(arguments), arguments["message_id"]
        (reaction,) = arguments["reaction"]
        if reaction["type"] != "emoji" or reaction["emoji"] not in REACTIONS:
            raise ApiError(400, "Bad Request: REACTION_INVALID")
        if message not in chat.said:
            raise ApiError(400, "Bad Request: message to react not found")
        chat.reactions[message] = reaction["emoji"]
        return True

    def _get_file(self, arguments: Json) -> Json:
        if len(self.files.get(arguments["file_id"], b"")) > 20 << 20:
            raise ApiError(400, "Bad Request: file is too big")
        if arguments["file_id"] not in self.files:
            raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return {"file_id": arguments["file_id"], "file_path": f"things/{arguments['file_id']}"}

    async def _give(self, request: web.Request) -> web.StreamResponse:
        await self.gives.wait()
        fault = self._fault("download")
        content = self.files.get(request.match_info["path"].removeprefix("things/"))
        if request.match_info["token"] != self.token or content is None:
            raise web.HTTPNotFound
        if not fault:
            return web.Response(body=content)
        response = web.StreamResponse(headers={"Content-Length": str(len(content) + 1)})
        await response.prepare(request)
        await response.write(content)
        if request.transport is not None:
            request.transport.abort()
        return response

    def _send_photo(self, arguments: Json) -> Json:
        return self._send_file(arguments, "photo")

    def _send_album(self, arguments: Json) -> list[Json]:
        """From two to ten; their contents are parts of the form, by name."""
        items = arguments["media"]
        assert 2 <= len(items) <= 10
        assert "reply_markup" not in arguments
        return [self._send_file(arguments | item | {"photo": self._part(arguments, item)}, "photo") for item in items]

    @staticmethod
    def _part(arguments: Json, item: Json) -> object:
        assert item["type"] == "photo"
        named = item["media"]
        return arguments[named.removeprefix("attach://")] if named.startswith("attach://") else named

    def _send_audio(self, arguments: Json) -> Json:
        return self._send_file(arguments, "audio")

    def _send_video(self, arguments: Json) -> Json:
        return self._send_file(arguments, "video")

    def _send_document(self, arguments: Json) -> Json:
        return self._send_file(arguments, "document")

    def _send_file(self, arguments: Json, kind: str) -> Json:
        chat, file = self._chat(arguments), arguments[kind]
        if isinstance(file, bytes):
            self.uploads.append(file)
            self.files[f"f{len(self.uploads)}"] = file
        elif file not in self.files:
            raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
        name = f"f{len(self.uploads)}" if isinstance(file, bytes) else file
        html, text = _checked_caption(arguments)
        keyboard = _checked_keyboard(arguments)
        message = self._sent(chat, Message(self.new_message_id(), text, html, keyboard, file=self.files[name]))
        sent: Json = {"file_id": name}
        return message | {kind: [sent] if kind == "photo" else sent}

    def _chat(self, arguments: Json) -> Chat:
        chat = self.chats.get(arguments["chat_id"])
        if chat is None:
            raise ApiError(400, "Bad Request: chat not found")
        if chat.is_blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _message(self, arguments: Json) -> Message:
        for message in self._chat(arguments).messages:
            if message.id == arguments["message_id"] and not message.is_deleted:
                return message
        raise ApiError(400, "Bad Request: message to edit not found")


def _refused(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


def _checked(arguments: Json, too_long: str) -> tuple[str, str]:
    html = arguments["text"]
    if len(html.encode()) > 1 << 15:
        raise ApiError(400, too_long)
    try:
        text = plain_of(html) if arguments.get("parse_mode") == "HTML" else html.strip()
    except NotHtmlError as error:
        raise ApiError(400, f"Bad Request: {error}") from None
    if not re.sub(r"[\s\u200b\u2060\ufeff]", "", text):
        raise ApiError(400, "Bad Request: message text is empty")
    if len(text) > 4096:
        raise ApiError(400, too_long)
    return html, text


async def _arguments(request: web.Request) -> Json:
    """A JSON body; of a form the parts, files as bytes."""
    if not request.content_type.startswith("multipart/"):
        return dict(json.loads(await request.read() or b"{}"))
    given: Json = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        assert part.name
        content = bytes(await part.read())
        given[part.name] = Upload(content, part.filename) if part.filename else _parsed(content.decode())
    return given


def _checked_caption(arguments: Json) -> tuple[str, str]:
    """Its HTML and its words; there need be none."""
    html = arguments.get("caption", "")
    try:
        text = plain_of(html) if arguments.get("parse_mode") else html
    except NotHtmlError as error:
        raise ApiError(400, f"Bad Request: can't parse entities: {error}") from error
    if len(text) > 1024:
        raise ApiError(400, "Bad Request: message caption is too long")
    return html, text


def _parsed(value: str) -> object:
    if value.startswith(("{", "[")):
        return json.loads(value)
    return int(value) if value.lstrip("-").isdecimal() else value


def _checked_foot(arguments: Json) -> Json | None:
    """A keyboard at the foot of the chat, or that it is to go; only one of all the markups may be there."""
    markup = arguments.get("reply_markup") or {}
    assert len({"inline_keyboard", "keyboard", "remove_keyboard"} & set(markup)) <= 1
    if "keyboard" in markup:
        assert all(button["text"].strip() for row in markup["keyboard"] for button in row)
    return markup if {"keyboard", "remove_keyboard"} & set(markup) else None


def _checked_keyboard(arguments: Json) -> list[list[Json]]:
    keyboard: list[list[Json]] = (arguments.get("reply_markup") or {}).get("inline_keyboard", [])
    buttons = [button for row in keyboard for button in row]
    if len(buttons) > 100 or any(len(row) > 8 for row in keyboard) or len(json.dumps(keyboard)) > 10_000:
        raise ApiError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not button["text"].strip() or not 1 <= len(button["callback_data"].encode()) <= 64:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return keyboard


class Person:
    """Somebody in a private chat with the bot."""

    def __init__(self, peer: TelegramPeer, number: int, language: str) -> None:
        self.peer = peer
        self.id = number
        self._from = {"id": number, "is_bot": False, "first_name": "P", "language_code": language}
        self._seen = 0

    @property
    def chat(self) -> Chat:
        return self.peer.chats.setdefault(self.id, Chat())

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        return self.chat.messages[-1]

    # ---------------------------------------------------------------- what a person does

    def says(self, text: str) -> int:
        """Write a text; the message's number."""
        return self.sends(text=text)

    def starts(self, token: str = "") -> int:
        """Open the personal link and press START."""
        return self.says(f"/start {token}".strip())

    def sends(self, **content: object) -> int:
        number = self.peer.new_message_id()
        self.chat.said.add(number)
        self.chat.dates[number] = self.peer.date
        self.peer.put("message", self.message(number) | content)
        return number

    def edits(self, number: int, text: str) -> None:
        self.peer.put("edited_message", self.message(number) | {"text": text, "edit_date": 2})

    def presses(self, label: str, message: Message | None = None) -> Json:
        """Press the newest button of this label, or the one on that message, even if it is gone by now."""
        where = message or next((m for m in reversed(self.chat.standing) if m.code(label)), None)
        assert where is not None, f"no button {label!r}; the last message: {self.last}"
        return self.taps(where.code(label) or "", where.id)

    def taps(self, code: str, message: int) -> Json:
        """Press a button by what it carries."""
        query = f"q{self.peer.new_message_id()}"
        self.peer.press(query)
        is_there = any(there.id == message for there in self.chat.standing)
        shown: Json = {"message_id": message, "chat": {"id": self.id, "type": "private"}, "date": int(is_there)}
        if any(there.id == message and there.file for there in self.chat.standing):
            shown["photo"] = []
        content = {"id": query, "from": self._from, "message": shown, "chat_instance": "1", "data": code}
        return self.peer.put("callback_query", content)

    def blocks(self) -> None:
        """Block the bot: from now on it cannot write here."""
        self._moves("member", "kicked")

    def unblocks(self) -> Json:
        """Let the bot in again, without a word."""
        return self._moves("kicked", "member")

    def _moves(self, before: str, now: str) -> Json:
        self.chat.is_blocked = now == "kicked"
        content = {"chat": {"id": self.id, "type": "private"}, "from": self._from, "date": 1}
        members = {"old_chat_member": before, "new_chat_member": now}
        ends = {"kicked": {"until_date": 0}}
        content |= {name: {"user": BOT, "status": status} | ends.get(status, {}) for name, status in members.items()}
        return self.peer.put("my_chat_member", content)

    def message(self, number: int) -> Json:
        chat = {"id": self.id, "type": "private"}
        return {"message_id": number, "from": self._from, "chat": chat, "date": self.peer.date}

    # ---------------------------------------------------------------- what a person waits for

    async def sees(self, words: str) -> Message:
        """The newest message, once it is one that the person has not read yet and holds these words."""

        def look() -> Message | None:
            if not self.chat.messages or self.last.id <= self._seen or words not in self.last.text:
                return None
            return self.last

        message = await self.peer.until(look, f"{words!r}; the chat: {[m.text for m in self.chat.messages[-3:]]}")
        self._seen = message.id
        return message

    async def sees_change(self, message: Message, edits: int) -> Message:
        """The message, once it has been changed more than `edits` times."""
        return await self.peer.until(lambda: message if message.edits > edits else None, "a change of the message")

    def texts(self) -> Iterator[str]:
        return (message.text for message in self.chat.messages)
