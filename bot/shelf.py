"""Questionnaires in use, ready to run: read from storage once, kept by hash as long as they are asked for."""

from collections import OrderedDict

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from conversations.forms import FormDefinition
from storage.engine import snapshot
from storage.forms import load_definition

KEPT = 32
"""Questionnaires in memory at once: some megabytes each at worst."""


class FormShelf:
    """The definitions last used; a version never changes, so none is ever out of date."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._forms: OrderedDict[str, FormDefinition] = OrderedDict()

    async def fetch(self, engine: AsyncEngine, form_hash: str) -> FormDefinition:
        """As `form`, where there is no transaction; none is begun for one that was asked for lately."""
        if form_hash in self._forms:
            self._forms.move_to_end(form_hash)
            return self._forms[form_hash]
        async with snapshot(engine) as connection:
            return await self.form(connection, form_hash)

    async def form(self, connection: AsyncConnection, form_hash: str) -> FormDefinition:
        """The definition with this hash; raises storage's FormUnknown."""
        form = self._forms.get(form_hash)
        if form is None:
            form = await load_definition(connection, form_hash)
        self._forms[form_hash] = form
        self._forms.move_to_end(form_hash)
        while len(self._forms) > self._kept:
            self._forms.popitem(last=False)
        return form
