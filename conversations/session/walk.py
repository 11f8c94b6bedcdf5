"""What a session says about itself: places, choices and refusals."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from conversations.forms import Control

Reason = Literal["constraint", "required", "type", "choice"]


class PositionKind(StrEnum):
    """What there is to do at a place."""

    QUESTION = "question"
    NOTE = "note"
    REPEAT = "repeat"


@dataclass(slots=True, unsafe_hash=True)
class Position:
    """A relevant place. Never changed; not frozen, since all are made at every turn.

    `groups` are the refs of the labelled groups and repeat rows around it, outermost first.

    A REPEAT is the question whether to add another row: `ref` has no position, `count` is the number of rows.
    """

    kind: PositionKind
    ref: str
    control: Control
    groups: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """A choice on offer, its label and the name of its picture's file in the current language."""

    name: str
    label: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that was not taken; `message` is the author's, "" when there is none."""

    reason: Reason
    message: str = ""
