"""What an arrival brings beside the prompt, at once and for nobody to wait for: a toast, a sign, a file."""

import asyncio
import logging

from bot.mydata import MyData
from bot.reply import Reply
from bot.telegram.listening import Arrival, Aside
from bot.telegram.ordering import keep
from bot.telegram.speaking import Speaker
from bot.trail import trail_of
from conversations.advice import Advice, advice
from conversations.phrases import phrases_for
from storage.chats import Sender

_log = logging.getLogger(__name__)


class Beside:
    """Small tasks of their own; whoever gets nothing asks again."""

    def __init__(self, speaker: Speaker, mydata: MyData) -> None:
        self._speaker = speaker
        self._mydata = mydata
        self._small: set[asyncio.Task[None]] = set()
        self._groups_told: set[int] = set()

    def answer(self, arrival: Arrival, reply: Reply | None) -> None:
        """The person who pressed sees a waiting sign until then."""
        toast = reply.toast if reply is not None else ""
        if reply is not None and reply.erase:
            keep(asyncio.create_task(self._speaker.erase(arrival.chat, reply.erase)), self._small)
        if reply is not None and reply.gives_data:
            keep(asyncio.create_task(self._give(arrival, reply.prompt.language)), self._small)
        if arrival.callback:
            keep(asyncio.create_task(self._speaker.answer(arrival.callback, toast)), self._small)
        elif reply is not None and reply.noted:
            keep(asyncio.create_task(self._speaker.note(arrival.chat, reply.noted, toast)), self._small)
        elif toast:
            keep(asyncio.create_task(self._speaker.mention(arrival.chat, toast)), self._small)

    def stand_aside(self, aside: Aside) -> None:
        """Of what is said in a group."""
        keep(asyncio.create_task(self._stand_aside(aside)), self._small)

    async def close(self) -> None:
        """Give up what is not done yet."""
        for task in list(self._small):
            task.cancel()
        await asyncio.gather(*self._small, return_exceptions=True)

    async def _give(self, arrival: Arrival, language: str) -> None:
        try:
            await self._bring(arrival.sender, arrival.chat, language)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
            _log.error("A person's data could not be brought: %s", trail_of(error))
            say = phrases_for(language).say
            await self._speaker.mention(arrival.chat, say("If the file has not arrived, please ask for it again."))

    async def _bring(self, sender: Sender, chat: int, language: str) -> None:
        async with self._speaker.busy(chat):
            content = await self._mydata.of(sender, language=language)
            if content is not None:
                await self._speaker.bring(chat, content)

    async def _stand_aside(self, aside: Aside) -> None:
        """Say once in a group that a questionnaire is for one person. A press there only stops waiting."""
        if aside.callback:
            await self._speaker.answer(aside.callback, "")
        elif aside.chat not in self._groups_told:
            self._groups_told.add(aside.chat)
            prompt = advice(Advice.PRIVATE_CHAT_ONLY, aside.language_wish)
            await self._speaker.mention(aside.chat, prompt.blocks[0].text)
