"""What stands above each row of a table: its heading and which row this is, since a chat shows one row at a time."""

from collections.abc import Iterator

from conversations.forms import Control
from conversations.prompts.parts import note_blocks
from conversations.protocol import Block, Style
from conversations.stops import Stop
from conversations.walk import Walk


def table_blocks(walk: Walk, stop: Stop) -> list[Block]:
    """The heading, and "3 of 7"; nothing for a question that is no row of a table."""
    if "list-nolabel" not in stop.control.appearance:
        return []
    table = _table(walk, stop)
    above = stop.ref.rpartition("/")[0]
    refs = {f"{above}/{control.path.rpartition('/')[2]}" for control in table}
    rows = [other for other in walk.route.questions if other.ref in refs]
    number = rows.index(stop) + 1
    place = walk.phrases.say("{number} of {total}", number=number, total=len(rows))
    said_before = note_blocks(walk, rows[0].notes) if number > 1 else []
    headline = walk.filled.label(f"{above}/{table[0].path.rpartition('/')[2]}").strip() if table[0].is_headline else ""
    return [*said_before, *([Block(Style.NOTE, headline)] if headline else []), Block(Style.HINT, place)]


def _table(walk: Walk, stop: Stop) -> list[Control]:
    """The rows of the table in which the stop is one, after the headline where there is one."""
    table: list[Control] = []
    for control in _beside(walk, stop):
        if control.is_headline:
            if stop.control in table:
                break
            table = [control]
        elif "list-nolabel" in control.appearance:
            table.append(control)
    return table


def _beside(walk: Walk, stop: Stop) -> Iterator[Control]:
    above = stop.control.path.rpartition("/")[0]
    return (control for path, control in walk.form.control_at.items() if path.rpartition("/")[0] == above)
