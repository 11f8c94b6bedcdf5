"""What a person at the terminal sees: tables and sentences."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """A table on the standard output; long cells are folded, never cut."""
    table = Table(title=title or None, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def say(sentence: str) -> None:
    """A sentence on the standard output."""
    Console(highlight=False).print(Text(sentence), soft_wrap=True)
