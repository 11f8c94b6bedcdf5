"""The opaque code of a button: made here, read here.

A code is 8 characters for session and place, one for the verb, and an argument of at most 32: well under the
64 bytes of Telegram. Choices are named, not numbered, so that an old keyboard can never mean another choice;
toggles say the state wanted, so that a double tap changes nothing.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

PLACE_LENGTH = 8
CHOICE_LENGTH = 8
_CODE = re.compile(r"([a-z2-7]{8})([a-zA-Z])([a-zA-Z0-9]{0,32})")


class Verb(StrEnum):
    """What a press means; the letter stands in codes that were sent, so it never changes."""

    ACCEPT = "y"
    DECLINE = "n"
    CHOOSE = "c"
    SELECT = "t"
    UNSELECT = "x"
    DONE = "d"
    UNDO = "u"
    SKIP = "s"
    KEEP = "k"
    BACK = "b"
    ADD_ROW = "a"
    REMOVE_ROW = "r"
    NO_MORE_ROWS = "e"
    PAGE = "p"
    GO = "g"
    SUBMIT = "z"
    LANGUAGE = "l"
    RESUME = "o"
    QUIET = "q"
    EXPLAIN = "i"
    ALL = "w"
    PICK = "m"
    NOTHING = "f"
    LIFT = "v"
    STEP = "j"
    SWITCH = "S"
    WITHDRAW = "W"


@dataclass(frozen=True, slots=True)
class Press:
    """A code, read: still to be matched with a place of the session."""

    place_key: str
    verb: Verb
    argument: str


def _digest(text: str, length: int) -> str:
    """At most eight characters: only what makes them is encoded."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest()[:5]).decode().lower()[:length]


def place_key(seed: int, place: str) -> str:
    """Eight characters for one place of one session; another session's never match (40 bits)."""
    return _digest(f"{seed}:{place}", PLACE_LENGTH)


def choice_key(name: str) -> str:
    """Eight characters for a choice's name, which may itself be long or not ASCII."""
    return _digest(name, CHOICE_LENGTH)


def make_code(seed: int, place: str, verb: Verb, argument: str = "") -> str:
    """The code of a button drawn at `place`."""
    return f"{place_key(seed, place)}{verb.value}{argument}"


def read_code(code: str) -> Press | None:
    """What a code says, or None for anything that was never one of ours."""
    found = _CODE.fullmatch(code)
    if found is None or found[2] not in set(Verb):
        return None
    return Press(found[1], Verb(found[2]), found[3])
