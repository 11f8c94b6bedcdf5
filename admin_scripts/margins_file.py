"""A file of margins on the disk -> its lines, each with what it asks for. The only file that knows its columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from admin_scripts.refusal import Refused
from admin_scripts.register_file import Line, read_register
from admin_scripts.screen import counted, say

COLUMNS = ("question", "choice", "count", "share", "given")
NOTE = "note"
"""A column that is for people."""

_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%?)")
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a line, and what to do about it."""

    line: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: so many (`count`), or this `share` of 1, answer `choice`, where all of `given` holds."""

    line: int
    question: str
    choice: str
    count: int | None
    share: float
    given: tuple[tuple[str, str], ...]


def read_rows(path: Path) -> tuple[list[Row], list[Mistake]]:
    """The lines that can be read, and the mistakes of the others. A file that is none raises Refused."""
    heading, *lines = read_register(path)
    names = [name.strip().lower() for name in heading.cells]
    unknown = [name for name in names if name and name not in (*COLUMNS, NOTE)]
    lacking = [name for name in COLUMNS[:2] if name not in names]
    if unknown or lacking:
        wrong = f"has a column '{unknown[0]}'" if unknown else f"has no column '{lacking[0]}'"
        raise Refused(f"{path} {wrong}. Its first line is: {','.join(COLUMNS)}; '{NOTE}' may be added.")
    rows: list[Row] = []
    mistakes: list[Mistake] = []
    for line in lines:
        found = _row(line, dict(zip(names, line.cells, strict=False)))
        (rows if isinstance(found, Row) else mistakes).append(found)  # type: ignore[arg-type]  # the list of its kind
    return rows, mistakes


def _row(line: Line, cells: Mapping[str, str]) -> Row | Mistake:
    question, choice, count, share, given = (cells.get(name, "") for name in COLUMNS)
    if not question:
        return Mistake(line.number, "no question is named", "Write its name, as in the questionnaire.")
    if count and share:
        return Mistake(line.number, "has a count and a share", "Leave one of the two blank.")
    if count and not count.isdecimal():
        return Mistake(line.number, f"'{count}' is no count", "Write a whole number of people.")
    found = _SHARE.fullmatch(share)
    part = _part(found) if found else 0.0
    if share and (found is None or part > 1):
        return Mistake(line.number, f"'{share}' is no share", "Write it as 0.31 or as 31 %.")
    pairs = [pair.partition("=") for pair in given.split(";") if pair.strip()]
    if not all(name.strip() and sign for name, sign, _ in pairs):
        return Mistake(line.number, f"'{given}' is no condition", "Write question=choice; several apart by ';'.")
    conditions = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    return Row(line.number, question, choice, None if share else int(count or 1), part, conditions)


def _part(share: re.Match[str]) -> float:
    number = float(share[1].replace(",", "."))
    return number / _WHOLE if share[2] else number


def show_mistakes(path: Path, mistakes: Sequence[Mistake]) -> None:
    """Tell them all, in the order of the lines; raises Refused when there is one."""
    for one in _ordered(mistakes):
        say(f"{path}, line {one.line}: {one.what}. {one.remedy}")
    if mistakes:
        raise Refused(
            f"{path} has {counted(len(mistakes), 'mistake', 'mistakes')}, see above, so nobody has walked."
            " Correct the lines, then try again."
        )


def _ordered(mistakes: Sequence[Mistake]) -> Iterator[Mistake]:
    yield from sorted(mistakes, key=lambda one: one.line)
