"""A row that was added by mistake: who goes back from its first question does not want it."""

import re
from collections.abc import Iterator

from conversations.stops import repeat_place
from conversations.walk import Walk

_ROW = re.compile(r"\[(\d+)]")


def leave_row(walk: Walk) -> bool:
    """Whether the session stood at the beginning of a last row without an answer, which is then taken away.

    The first row of a repeat is there without being asked for, and stays.
    """
    added = next((ref for ref, number in _rows_around(walk.session.place) if _is_fresh(walk, ref, number)), None)
    if added is None:
        return False
    walk.remove_row(added)
    walk.go(repeat_place(added))
    return True


def _rows_around(place: str) -> Iterator[tuple[str, int]]:
    """The repeat and the number of every row around a place, the outermost first."""
    return ((place[: found.start()], int(found[1])) for found in _ROW.finditer(place))


def _is_fresh(walk: Walk, ref: str, number: int) -> bool:
    row = f"{ref}[{number}]/"
    before = walk.route.before(walk.session.place)
    met = (*walk.session.seen, *walk.session.passed)
    return (
        1 < number == walk.filled.repeat_count(ref)
        and walk.route.at(repeat_place(ref)) is not None
        and not walk.session.draft
        and not (before is not None and before.place.startswith(row))
        and not any(place.startswith(row) for place in met)
    )
