"""What a person at the terminal sees: tables, sentences, and that something is going on."""

from collections.abc import Container, Iterable, Sequence
from contextlib import AbstractContextManager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from admin_scripts.called import as_called


def show_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", numbers: Container[str] = ()
) -> None:
    """A table on the standard output; long cells are folded, never cut."""
    Console().print(table_of(headings, rows, title=title, numbers=numbers))


def table_of(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", numbers: Container[str] = ()
) -> Table:
    """A table to be shown; the columns of these headings hold numbers and stand to the right."""
    table = Table(title=title or None, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading in numbers else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def say(sentence: str) -> None:
    """A sentence on the standard output."""
    Console(highlight=False).print(Text(as_called(sentence)), soft_wrap=True)


def counted(number: int, one: str, many: str) -> str:
    """As "1 line" or "2 lines"."""
    return f"{number} {one if number == 1 else many}"


def working(what: str) -> AbstractContextManager[object]:
    """Shows, on a terminal only, that something is going on until the block ends."""
    return Console(stderr=True).status(what)
