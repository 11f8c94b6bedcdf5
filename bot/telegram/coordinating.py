"""Coordinators in Telegram: their commands before a questionnaire hears them, their files, their menu.

Only who was named has any of it; for everybody else an update passes as if this were not here.
"""

import asyncio
import logging
from contextlib import suppress

from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from bot.coordinators import exports
from bot.coordinators.desk import Desk
from bot.coordinators.exporter import Exported, Exporter
from bot.coordinators.orders import Answer, read_order
from bot.telegram.busy import busy
from bot.telegram.calls import Calls
from bot.telegram.drawing import LOOK, under
from bot.telegram.layout import Keyboard, lay_out
from bot.telegram.listening import Arrival
from bot.telegram.markup import pages_of, rows_of
from bot.telegram.menu import coordinators_menu_in
from bot.telegram.ordering import keep
from bot.trail import trail_of
from conversations.phrases import LANGUAGES, Phrases, phrases_for
from conversations.protocol import Block, Kind, Pressed, Prompt
from storage.errors import StorageError
from storage.surveys import Survey

_log = logging.getLogger(__name__)

MENUS_EACH = 60.0
LONGEST_CAPTION = 1024


class Coordinating:
    """What it has to say is said beside the lanes of the questionnaires, which never wait for it."""

    def __init__(self, desk: Desk, exporter: Exporter, calls: Calls) -> None:
        self._desk = desk
        self._exporter = exporter
        self._calls = calls
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: set[tuple[int, int]] = set()
        self._menus_due = asyncio.Event()
        self._has_menu: set[int] = set()

    async def takes(self, arrival: Arrival) -> bool:
        """Whether this was for a coordinator; then it is stored, and said by and by. Raises StorageError."""
        code = arrival.heard.code if isinstance(arrival.heard, Pressed) else ""
        asked = read_order(command=arrival.command, token=arrival.token, code=code)
        if asked is None:
            return False
        language = arrival.language_wish
        answer = await self._desk.hear(arrival.sender, asked, claim=arrival.claim, language=language)
        if answer is None:
            return False
        if answer.blocks:
            keep(asyncio.create_task(self._speak(arrival, answer, phrases_for(language))), self._tasks)
        return True

    async def close(self) -> None:
        """Give up what is not said yet; whoever waits asks again."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ------------------------------------------------------------ speaking

    async def _speak(self, arrival: Arrival, answer: Answer, phrases: Phrases) -> None:
        try:
            await self._say(arrival, answer)
            if answer.is_named:
                self._menus_due.set()
            if answer.exports is not None:
                await self._export(arrival.chat, answer.exports, answer.who, phrases)
        except TelegramError as error:
            _log.warning("A coordinator could not be told something: %s", error.message)
        except Exception as error:  # noqa: BLE001 - nobody else may suffer from it
            _log.error("A coordinator was not answered: %s", trail_of(error))

    async def _say(self, arrival: Arrival, answer: Answer) -> None:
        texts = pages_of(rows_of(answer.blocks))
        keyboard = lay_out(Prompt("", 0, Kind.ONE, "", answer.blocks, answer.buttons)).keyboard
        if answer.is_in_place and arrival.message and len(texts) == 1:
            with suppress(BadRequest):  # it is gone, or says so already
                return await self._change(arrival, texts[0], keyboard)
        *before, last = texts
        for text in before:
            await self._calls.send(arrival.chat, text=text, **LOOK)
        await self._calls.send(arrival.chat, text=last, **LOOK, **under(keyboard))
        return None

    async def _change(self, arrival: Arrival, text: str, keyboard: Keyboard) -> None:
        changed = {"message_id": int(arrival.message), "text": text, **LOOK, **under(keyboard)}
        await self._calls.edit("editMessageText", arrival.chat, **changed)

    # ------------------------------------------------------------ files

    async def _export(self, chat: int, survey: Survey, who: str, phrases: Phrases) -> None:
        this = (chat, survey.id)
        if this in self._under_way:
            return await self._tell(chat, exports.under_way(survey, phrases))
        self._under_way.add(this)
        try:
            async with busy(self._calls, chat, "upload_document"), self._exporter.exported(survey.name, who) as made:
                if isinstance(made, Exported):
                    return await self._send(chat, made, exports.with_the_file(survey, made, phrases))
                return await self._tell(chat, exports.in_its_place(survey, made, phrases))
        finally:
            self._under_way.discard(this)

    async def _send(self, chat: int, made: Exported, told: tuple[Block, ...]) -> None:
        """The files, and what is to be said below the last; by itself where it is too long."""
        texts = pages_of(rows_of(told))
        is_below = len(texts) == 1 and len(texts[0]) <= LONGEST_CAPTION
        for file in made.files:
            said = {"caption": texts[0], "parse_mode": "HTML"} if is_below and file == made.files[-1] else {}
            content = await asyncio.to_thread(file.read_bytes)
            await self._calls.send_as("sendDocument", chat, document=InputFile(content, file.name), **said)
        if not is_below:
            await self._tell(chat, told)

    async def _tell(self, chat: int, told: tuple[Block, ...]) -> None:
        for text in pages_of(rows_of(told)):
            await self._calls.send(chat, text=text, **LOOK)

    # ------------------------------------------------------------ the menu

    async def keep_menus(self) -> None:
        """Give those who were named their commands, and take them from those who were removed; until cancelled."""
        while True:
            self._menus_due.clear()
            try:
                await self._look_for_menus()
            except (StorageError, TelegramError) as error:
                _log.warning("The menus of coordinators may be out of date: %s", error)
            with suppress(TimeoutError):
                async with asyncio.timeout(MENUS_EACH):
                    await self._menus_due.wait()

    async def _look_for_menus(self) -> None:
        bound, over = await self._desk.chats("telegram")
        for sender in bound:
            chat = int(sender.address)
            if chat not in self._has_menu:
                await self._set_menu(chat)
        for known, sender in over:
            if sender not in bound:
                await self._take_menu(int(sender.address))
            await self._desk.forget(known)

    async def _set_menu(self, chat: int) -> None:
        with suppress(BadRequest):  # the chat is gone
            for code in ("", *LANGUAGES):
                wanted, scope = coordinators_menu_in(code or "en"), _scope(chat, code)
                if await self._calls.call("getMyCommands", **scope) != wanted:
                    await self._calls.call("setMyCommands", commands=wanted, **scope)
        self._has_menu.add(chat)

    async def _take_menu(self, chat: int) -> None:
        self._has_menu.discard(chat)
        with suppress(BadRequest):
            for code in ("", *LANGUAGES):
                await self._calls.call("deleteMyCommands", **_scope(chat, code))


def _scope(chat: int, code: str) -> dict[str, object]:
    return {"scope": {"type": "chat", "chat_id": chat}, **({"language_code": code} if code else {})}
