"""A section of what `status` shows: a table with its title, and sentences below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from admin_scripts.screen import table_of

NUMBERS = frozenset({"People", "Share", "Rate", "RR1", "n", "of", "Complete", "In all"})
"""Headings of columns that stand to the right."""

CHANNELS = {"telegram": "Telegram", "web": "web chat", "email": "e-mail"}
"""The channels, as people call them."""


@dataclass(frozen=True, slots=True)
class Section:
    """Without rows it is its notes only."""

    title: str
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()

    def shown(self, *, with_notes: bool = True) -> RenderableType:
        """To be printed; notes that stand alone are shown in any case."""
        notes = [Text(note) for note in self.notes] if with_notes or not self.rows else []
        if not self.rows:
            return Group(*notes)
        return Group(table_of(self.headings, self.rows, title=self.title, numbers=NUMBERS), *notes)
