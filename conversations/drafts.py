"""Answers that are put together press by press, and are one only when they are done."""

from conversations.answers import lines
from conversations.forms import ControlKind

_LISTED = (ControlKind.SELECT_MULTIPLE, ControlKind.RANK)


def draft_of(kind: ControlKind, value: str) -> tuple[str, ...]:
    """The pieces of a stored value; () of a kind that is answered in one go."""
    if kind in lines.LEAST:
        return lines.points_of(kind, value)
    return tuple(value.split()) if kind in _LISTED else ()


def value_of(kind: ControlKind, draft: tuple[str, ...]) -> str:
    """The value that the pieces make; "" when they are not enough of a line."""
    return lines.line_of(kind, draft) if kind in lines.LEAST else " ".join(draft)
