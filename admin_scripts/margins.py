"""Lines of a file of margins -> Margins for a rehearsal of one questionnaire, or all that is wrong with them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from admin_scripts.margins_file import Mistake, Row, read_rows, show_mistakes
from admin_scripts.screen import say
from conversations.forms import ControlKind, FormDefinition
from conversations.forms.definition import CHOOSING, CONTAINERS
from conversations.rehearsal.listed import listed
from conversations.rehearsal.margins import OF_PERSON, Card, Deck, Margins
from conversations.rehearsal.plan import Fate
from conversations.rehearsal.quotas import Quotas
from storage.register import Person

OUTCOME, DAY = "@outcome", "@day"
_NUMBERS = (ControlKind.INTEGER, ControlKind.DECIMAL, ControlKind.RANGE)
_TOLD = (*CONTAINERS, ControlKind.NOTE)
_ROUNDING = 0.005


def read_margins(path: Path, form: FormDefinition, people: Sequence[Person]) -> Margins:
    """The margins of a file; with mistakes they are all told, each with its line and remedy, and it is Refused."""
    rows, mistakes = read_rows(path)
    reading = _Reading(form, people)
    good = [row for row in rows if reading.is_right(row)]
    margins = reading.margins(good)
    show_mistakes(path, [*mistakes, *reading.mistakes])
    return margins


def show_unmet(path: Path, quotas: Quotas) -> None:
    """Tell which margins did not come out, and which answers the questionnaire did not take."""
    unmet = sorted(quotas.unmet(), key=lambda one: one.line)
    for one in unmet:
        question = one.path.rpartition("/")[2]
        answer = f"'{one.value}'" if one.value else "left out"
        say(f"{path}, line {one.line}: {question} {answer} was wanted {one.wanted} times, is there {one.dealt} times.")
    for line in sorted(quotas.refused):
        say(f"{path}, line {line}: the questionnaire refuses this answer, so another one was given.")
    if not unmet and not quotas.refused:
        say(f"All margins of {path} have come out.")


class _Reading:
    def __init__(self, form: FormDefinition, people: Sequence[Person]) -> None:
        self._form, self._people = form, people
        self._paths = {
            path.rpartition("/")[2]: path
            for path, control in form.control_at.items()
            if control.kind not in _TOLD and path in form.nodes
        }
        self._nodes = {path.rpartition("/")[2]: path for path in form.nodes}
        self._spoilt: set[str] = set()  # questions of which a line cannot be used
        self.mistakes: list[Mistake] = []

    # ------------------------------------------------------------ line by line

    def is_right(self, row: Row) -> bool:
        """Whether the line can be used by itself; why not is noted."""
        found = list(self._faults(row))
        self.mistakes += found
        self._spoilt.update(row.question for _ in found)
        return not found

    def _faults(self, row: Row) -> Iterator[Mistake]:
        if row.question == OUTCOME:
            if row.choice not in [*Fate]:
                yield Mistake(row.line, f"'{row.choice}' is no way to end", f"Use one of: {', '.join(Fate)}.")
        elif row.question == DAY:
            if _day(row.choice) is None:
                yield Mistake(row.line, f"'{row.choice}' is no day", "Write it as 2026-11-16.")
        elif row.question.startswith(OF_PERSON):
            yield from self._unit(row)
        else:
            yield from self._answer(row)

    def _unit(self, row: Row) -> Iterator[Mistake]:
        column = row.question[1:]
        yield from self._column(row, column)
        there = Counter(person.attributes.get(column, "") for person in self._people)[row.choice]
        if row.share or (row.count or 0) > there:
            yield Mistake(
                row.line,
                f"the register has {there} of {column} '{row.choice}'",
                "Write a count of those who hand in, not more than there are.",
            )

    def _column(self, row: Row, column: str) -> Iterator[Mistake]:
        if not self._people:
            yield Mistake(row.line, f"'{OF_PERSON}{column}' needs a register", "Name it after --register.")
        elif not any(column in person.attributes for person in self._people):
            columns = ", ".join(dict.fromkeys(name for person in self._people for name in person.attributes))
            yield Mistake(row.line, f"the register has no column '{column}'", f"Use one of: {columns}.")

    def _answer(self, row: Row) -> Iterator[Mistake]:
        path = self._paths.get(row.question)
        for name in (row.question, *(name for name, _ in row.given)):
            known = self._paths if name == row.question else self._nodes
            if name not in known:
                near = get_close_matches(name, known, n=1)
                remedy = f"Did you mean '{near[0]}'?" if near else "Use a name from the sheet 'survey'."
                yield Mistake(row.line, f"the questionnaire asks no '{name}'", remedy)
        if row.choice.startswith(OF_PERSON):
            yield from self._column(row, row.choice[1:])
        elif path is not None and row.choice:
            yield from self._value(row, path)

    def _value(self, row: Row, path: str) -> Iterator[Mistake]:
        kind = self._form.control_at[path].kind
        names = listed(self._form, path) if kind in CHOOSING else []
        wrong = [part for part in row.choice.split() if part not in names] if names else []
        if wrong:
            near = get_close_matches(wrong[0], names, n=1) or names[:8]
            yield Mistake(row.line, f"'{wrong[0]}' is no choice of '{row.question}'", f"Is it {' or '.join(near)}?")
        if kind in _NUMBERS and not _is_number(row.choice):
            yield Mistake(row.line, f"'{row.choice}' is no number", "Write it in digits, with a point.")

    # ------------------------------------------------------------ taken together

    def margins(self, rows: Sequence[Row]) -> Margins:
        """What the lines say together; what does not fit together is noted."""
        outcomes = {Fate(row.choice): row.count or 0 for row in rows if row.question == OUTCOME}
        units: dict[str, dict[str, int]] = defaultdict(dict)
        for row in rows:
            if row.question.startswith(OF_PERSON) and row.question not in (OUTCOME, DAY):
                units[row.question[1:]][row.choice] = row.count or 0
        days = [_day(row.choice) for row in rows if row.question == DAY]
        answers = [row for row in rows if not row.question.startswith(OF_PERSON)]
        self._people_enough(rows, outcomes)
        return Margins(self._decks(answers), outcomes, units, days[0] if days else None)

    def _people_enough(self, rows: Sequence[Row], outcomes: dict[Fate, int]) -> None:
        lines = [row.line for row in rows if row.question == OUTCOME]
        if lines and self._people and sum(outcomes.values()) > len(self._people):
            what = f"{sum(outcomes.values())} people come, and the register has {len(self._people)}"
            self.mistakes.append(Mistake(lines[0], what, f"Lower the counts of {OUTCOME}."))

    def _decks(self, rows: Sequence[Row]) -> dict[str, tuple[Deck, ...]]:
        decks: dict[str, list[Deck]] = defaultdict(list)
        ordered = sorted(rows, key=lambda row: (row.question, not row.given, row.given, row.line))
        for (question, given), some in groupby(ordered, key=lambda row: (row.question, row.given)):
            path, of_deck = self._paths[question], list(some)
            self._fits(of_deck)
            cards = tuple(Card(row.line, row.choice, row.count, row.share) for row in of_deck)
            decks[path].append(Deck(path, tuple((self._nodes[name], value) for name, value in given), cards))
        return {path: tuple(some) for path, some in decks.items()}

    def _fits(self, rows: Sequence[Row]) -> None:
        """One question's lines: shares make a whole, nothing is there twice."""
        shares = [row.share for row in rows if row.count is None]
        first, question = rows[0].line, rows[0].question
        if shares and len(shares) < len(rows):
            self.mistakes.append(Mistake(first, f"'{question}' has counts and shares", "Use one of the two for all."))
        elif shares and abs(sum(shares) - 1) > _ROUNDING and question not in self._spoilt:
            what = f"the shares of '{question}' make {100 * sum(shares):.4g} %"
            self.mistakes.append(Mistake(first, what, "Let them make 100 %; a blank choice leaves the question out."))
        seen: dict[str, int] = {}
        for row in rows:
            if row.choice in seen:
                what = f"'{row.choice}' of '{question}' is in line {seen[row.choice]} already"
                self.mistakes.append(Mistake(row.line, what, "Put the two lines together."))
            seen.setdefault(row.choice, row.line)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
