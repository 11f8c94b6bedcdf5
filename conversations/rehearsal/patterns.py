"""Texts that fit a regular expression: enough of its language for the constraints that authors write.

What comes out is only a proposal: the questionnaire itself says whether it fits.
"""

from collections.abc import Iterator

from conversations.rehearsal.dice import Dice

MOST_REPEATED = 40
MOST_CHARACTERS = 400
MOST_ATOMS = 2000
"""Parts of a pattern that are looked at for one text: repeated repetitions end here."""

_CLASSES = {"d": "0123456789", "w": "abcdefghijABCDEFGHIJ0123456789_", "s": " "}
_ANY = "aB3dE6gH9k"
_LETTERS = "abcdefgh"
_NONE = frozenset("ABbGZzk")  # assertions and the like: no character of their own
_OPEN = {"*": (0, 3), "+": (1, 4), "?": (0, 1)}


def text_fitting(pattern: str, dice: Dice, times: int | None = None) -> str:
    """A text that probably fits; "" where the pattern is beyond this. `times`: how often `*` and `+` repeat."""
    often = (times, times) if times and times <= MOST_REPEATED else None
    reader = _Reader(pattern, dice, iter(range(MOST_ATOMS)), often)
    try:
        return reader.alternatives()[:MOST_CHARACTERS]
    except (IndexError, ValueError, RecursionError):
        return ""


class _Reader:
    """Reads a pattern from left to right and writes a text as it goes."""

    def __init__(self, pattern: str, dice: Dice, budget: Iterator[int], often: tuple[int, int] | None) -> None:
        self._pattern, self._dice, self._at, self._budget, self._often = pattern, dice, 0, budget, often

    def alternatives(self) -> str:
        """One of `a|b|c`."""
        found = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            found.append(self._sequence())
        return self._dice.pick(found)

    def _next(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self) -> str:
        self._at += 1
        return self._pattern[self._at - 1]

    def _sequence(self) -> str:
        written = []
        while self._next() not in ("", "|", ")"):
            start = self._at
            first = self._atom()
            end = self._at
            low, high = self._quantity()
            after = self._at
            times = min(low + int(self._dice() * (high - low + 1)), MOST_REPEATED)
            written.append("".join([first, *(self._again(start, end) for _ in range(times - 1))]) if times else "")
            self._at = after
        return "".join(written)

    def _again(self, start: int, end: int) -> str:
        """The same atom once more, drawn anew."""
        inner = _Reader(self._pattern[start:end], self._dice, self._budget, self._often)
        return inner.alternatives()

    def _atom(self) -> str:
        if next(self._budget, None) is None:
            raise ValueError("a text without end")
        one = self._take()
        if one == "(":
            return self._group()
        if one == "[":
            return self._dice.pick(self._class())
        if one == "\\":
            return self._escaped()
        if one == ".":
            return self._dice.pick(_ANY)
        return "" if one in "^$" else one

    def _group(self) -> str:
        is_assertion = self._pattern.startswith(("?=", "?!", "?<"), self._at)
        if self._next() == "?":
            while self._take() not in ":=!>":
                continue
        inner = self.alternatives()
        self._take()
        return "" if is_assertion else inner

    def _escaped(self) -> str:
        one = self._take()
        if one in "pP" and self._next() == "{":
            self._at = self._pattern.index("}", self._at) + 1
            return self._dice.pick(_LETTERS)
        if one in _NONE:
            return ""
        return self._dice.pick(_members(one)) if one.lower() in _CLASSES else one

    def _class(self) -> list[str]:
        """The members of `[...]`; of a negated one, some usual characters that are none of them."""
        is_negated = self._next() == "^"
        self._at += is_negated
        members: list[str] = []
        while self._next() != "]" or not members:
            one = self._take()
            if one == "\\":
                escaped = self._take()
                members += _members(escaped) if escaped.lower() in _CLASSES else [escaped]
            elif one == "-" and members and self._next() not in ("]", ""):
                members += [chr(code) for code in range(ord(members[-1]) + 1, ord(self._take()) + 1)][:100]
            else:
                members.append(one)
        self._at += 1
        return [c for c in "abcXYZ019.-/ @" if c not in members] or ["~"] if is_negated else members

    def _quantity(self) -> tuple[int, int]:
        one = self._next()
        found = (1, 1)
        if one in _OPEN and one:
            self._at += 1
            found = self._often if self._often and one in "*+" else _OPEN[one]
        elif one == "{":
            end = self._pattern.index("}", self._at)
            low, comma, high = self._pattern[self._at + 1 : end].partition(",")
            self._at = end + 1
            least = int(low or 0)
            found = (least, int(high) if high else least + 3 * bool(comma))
        if self._next() in ("?", "+") and found != (1, 1):
            self._at += 1
        return found


def _members(letter: str) -> list[str]:
    if letter.islower():
        return list(_CLASSES[letter])
    return [c for c in "aZ0 -." if c not in _CLASSES[letter.lower()]]
