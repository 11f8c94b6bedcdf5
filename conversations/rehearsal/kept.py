"""A kept transcript, taken apart: what the bot said, what the person said to it, and what was handed in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from conversations.protocol import Style
from conversations.rehearsal.transcript import EXHIBITED, MARKS

NUMBER = re.compile(r"\d+")
_ENTRY = re.compile(r"\d+\. .* → ")
_BUTTON = re.compile(r"\[(?:x )?(.*?)\](?= \[|$)")
_COUNTER, _NOTICE, _SECTION, _ANSWER = (
    MARKS[style] for style in (Style.PROGRESS, Style.NOTICE, Style.SECTION, Style.ANSWER)
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the bot said at once, as lines without their marks of who speaks."""

    lines: tuple[str, ...]

    @property
    def question(self) -> tuple[str, ...]:
        """By what it is known again: no counter, no notice, no section, no answers, no buttons."""
        marks = (_NOTICE, _SECTION, _ANSWER)
        return tuple(line for line in self.words if not line.startswith(marks))

    @property
    def words(self) -> tuple[str, ...]:
        """Everything but the counter, the summary and the buttons; what is no question may count as it likes."""
        is_question = any(line.startswith(_COUNTER) for line in self.lines)
        said = (line for line in self.lines if not line.startswith(_COUNTER) and not _ENTRY.match(line))
        plain = (line for line in said if not line.startswith("[") or line.startswith(EXHIBITED))
        return tuple(line if is_question else NUMBER.sub("#", line) for line in plain)

    @property
    def notices(self) -> tuple[str, ...]:
        """What is said of the answer before: a refusal perhaps."""
        return tuple(line for line in self.lines if line.startswith(_NOTICE))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the buttons: those of choices and those of actions; one row where there is one kind."""
        rows = (line for line in self.lines if line.startswith("[") and not line.startswith(EXHIBITED))
        return tuple(tuple(_BUTTON.findall(row)) for row in rows)


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """What was told, from this line of the file on, and what was said to it; "" where the transcript ends."""

    line: int
    told: Told
    said: str = ""


@dataclass(slots=True)
class Kept:
    """A transcript without its head."""

    turns: list[KeptTurn] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


def told_in(text: str) -> Told:
    """What a prompt written by `plain` tells."""
    return Told(tuple(line[2:] for line in text.splitlines() if line.strip()))


def read_kept(written: str) -> Kept:
    """Take a transcript apart."""
    kept = Kept()
    for number, lines, said in _spoken(written.splitlines()):
        kept.turns.append(KeptTurn(number, told_in("\n".join(lines)), said))
    for line in written.splitlines():
        path, colon, value = line.removeprefix("= ").partition(":")
        if line.startswith("= ") and colon:
            kept.answers[path] = value.strip()
    return kept


def _spoken(lines: list[str]) -> Iterator[tuple[int, list[str], str]]:
    """The line where the bot speaks, its lines, and the person's."""
    begun, spoken = 0, list[str]()
    for number, line in enumerate(lines, start=1):
        if line.startswith("< "):
            begun, spoken = number, [line]
        elif line.startswith("  ") and spoken:
            spoken.append(line)
        elif line.startswith("> ") and spoken:
            yield begun, spoken, line[2:]
            spoken = []
    if spoken:
        yield begun, spoken, ""
