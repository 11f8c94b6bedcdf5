"""What is stored about a person, as a file for this person: a page to read, and the same for programs within it."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.mydata.page import File, page_of
from bot.mydata.sections import coordinated, sections_of
from bot.mydata.told import AllTold
from bot.mydata.values import Values
from bot.shelf import FormShelf
from conversations.languages import tag_of
from conversations.phrases import Phrases, phrases_for
from storage.chats import Sender
from storage.coordinators import Coordinator, find_coordinator
from storage.mydata import holding_of
from storage.turns import open_turn

FILE_NAME = "mydata.html"


class MyData:
    """The file of each. Reads only; raises StorageError only."""

    def __init__(self, engine: AsyncEngine, forms: FormShelf, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._forms = forms
        self._clock = clock

    async def is_known(self, connection: AsyncConnection, sender: Sender) -> bool:
        """Whether there is a file for a sender who is in no survey."""
        return await find_coordinator(connection, sender) is not None

    async def of(self, sender: Sender, *, language: str = "") -> bytes | None:
        """All that is stored in the survey this sender is at, and nothing else; None where there is nothing.

        Who is in none, but coordinates some, gets that, in the language of a tag.
        """
        now = self._clock()
        async with open_turn(self._engine, sender, None, now=now) as opened:
            stored = opened.stored
            if stored is None:
                found = await find_coordinator(opened.connection, sender)
                return _office(found, phrases_for(language), now) if found is not None else None
            form = await self._forms.form(opened.connection, stored.form_hash)
            held = await holding_of(opened.connection, stored)
        local, phrases = now.astimezone(stored.survey.zone), phrases_for(tag_of(stored.session.language))
        sections = sections_of(phrases, stored, held, AllTold.of(form, stored, held, local))
        return page_of(File(phrases, stored.survey, local, sections))


def _office(found: Coordinator, phrases: Phrases, now: datetime) -> bytes:
    """Of who is asked nothing here; in the time zone of a survey, so that moments are as they were there."""
    zone = found.surveys[0].zone if found.surveys else UTC
    rows = [
        {"title": title, "name": found.name, "bound_at": found.bound_at, "is_over": False}
        for title in [survey.title for survey in found.surveys] or [""]
    ]
    return page_of(File(phrases, None, now.astimezone(zone), (coordinated(Values(phrases, zone), phrases, rows),)))
