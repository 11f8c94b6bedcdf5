"""Buttons -> rows of an inline keyboard that a phone can show; what is too long for one is numbered in the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.protocol import Button, Kind, Prompt

LONGEST_LABEL = 36
"""Characters of a button over the whole width of a phone; what is longer ends in dots there."""

MOST_LABEL_BYTES = 7_000
"""Of the labels and codes of all choices; Telegram refuses a keyboard of about 10 kB."""

CHOSEN = "✓ "

_A_ROW = ((3, 8), (5, 4), (6, 3), (14, 2), (LONGEST_LABEL, 1))
"""Labels of up to so many characters: so many in one row. Telegram takes 8."""

Keyboard = list[list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The keyboard, and the choices that the text must list because their buttons are only numbers."""

    keyboard: Keyboard
    listed: tuple[str, ...] = ()


def lay_out(prompt: Prompt) -> Layout:
    """A grid or choices, then the summary's numbers, then actions."""
    labels = [" ".join(button.label.split()) or "…" for button in prompt.choices]
    has_album = sum(bool(button.image) for button in prompt.choices) > 1
    listed: list[str] = []
    texts = [_signed(button, button.short or label) for button, label in zip(prompt.choices, labels, strict=True)]
    is_scale = any(button.short for button in prompt.choices)
    if not is_scale and (has_album or _are_long(prompt.choices, labels)):
        listed = list(map(_numbered, prompt.choices, labels))
        labels = [str(prompt.first + at) for at in range(len(labels))]
        texts = list(map(_numbered, prompt.choices, labels))
    choices = list(map(_button, prompt.choices, texts))
    width = max(map(len, labels), default=0) + _ROOM.get(prompt.kind, 0)
    rows = _scale(prompt.choices, choices) if is_scale else _rows(choices, width, prompt.columns)
    entries = [_button(entry.button, entry.button.label) for entry in prompt.entries]
    grid = prompt.grid.rows if prompt.grid is not None else ()
    keyboard = [
        *([_button(button, button.label) for button in row] for row in grid),
        *rows,
        *_rows(entries, max((len(entry["text"]) for entry in entries), default=0)),
        *_packed([_button(button, button.label) for button in prompt.actions]),
    ]
    return Layout(keyboard, tuple(listed))


def _are_long(buttons: Sequence[Button], labels: Sequence[str]) -> bool:
    too_wide = any(len(label) > LONGEST_LABEL for label in labels)
    size = sum(len(label.encode()) + len(button.code) for button, label in zip(buttons, labels, strict=True))
    return too_wide or size > MOST_LABEL_BYTES


def _button(button: Button, text: str) -> dict[str, str]:
    return {"text": text, "callback_data": button.code}


def _signed(button: Button, label: str) -> str:
    """A choice that was made has a sign before it, or its place, where it has one."""
    if button.rank:
        return f"{button.rank}. {label}"
    return f"{CHOSEN}{label}" if button.chosen else label


def _numbered(button: Button, text: str) -> str:
    """The same of a number and of its line in the list: two numbers are told apart by an arrow."""
    return f"{text} → {button.rank}." if button.rank else _signed(button, text)


_ROOM = {Kind.MANY: len(CHOSEN), Kind.RANK: len(" → 10.")}
"""Kept free on every button, so that none moves when one is pressed."""


def _scale(buttons: Sequence[Button], drawn: Sequence[dict[str, str]]) -> Keyboard:
    """The steps in one row, each of the other choices in one of its own."""
    steps = [one for button, one in zip(buttons, drawn, strict=True) if button.short]
    apart = [[one] for button, one in zip(buttons, drawn, strict=True) if not button.short]
    return [steps, *apart]


def _most(width: int) -> int:
    return next((most for characters, most in _A_ROW if width <= characters), 1)


def _rows(drawn: Sequence[dict[str, str]], width: int, columns: int = 0) -> Iterator[list[dict[str, str]]]:
    """Rows of equal length, or nearly; as many columns as the author wishes, where they can be read."""
    if not drawn:
        return
    rows = -(-len(drawn) // _most(width))
    length = columns if 0 < columns * width <= _READABLE and columns <= _MOST_IN_A_ROW else -(-len(drawn) // rows)
    for start in range(0, len(drawn), length):
        yield list(drawn[start : start + length])


def _packed(drawn: Sequence[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Actions in their order, as many in a row as their longest label lets."""
    row: list[dict[str, str]] = []
    for button in drawn:
        width = max(len(other["text"]) for other in [*row, button])
        if row and len(row) >= min(_most(width), _MOST_ACTIONS):
            yield row
            row = []
        row.append(button)
    if row:
        yield row


_MOST_ACTIONS = 3
_MOST_IN_A_ROW = 8
_READABLE = 40
"""Characters of all the labels in a row that a phone still shows."""
