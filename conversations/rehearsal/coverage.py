"""What the respondents of a rehearsal have met so far, all walks together."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from conversations.forms import FormDefinition
from conversations.forms.definition import CHOOSING
from conversations.session import FormSession, PositionKind
from conversations.walk import Walk

MOST_ROWS = 5
"""Rows of one repeat that are looked at."""

MOST_VALUES = 60
"""Different answers to one question that are kept, to tell what was tried."""

SEVERAL = 2


@dataclass(slots=True)
class Coverage:
    """Everything is by the generic path of a question.

    `outcomes`: how its condition came out, once all that matters was answered; `held`: whether its constraint allowed
    an answer, and refused one; `rows`: 0, 1 or 2 and more rows of a repeat, at the end.
    """

    asked: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)
    chosen: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    offered: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    outcomes: dict[str, set[bool]] = field(default_factory=lambda: defaultdict(set))
    held: dict[str, set[bool]] = field(default_factory=lambda: defaultdict(set))
    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    values: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    refusals: Counter[str] = field(default_factory=Counter)
    wordless: set[str] = field(default_factory=set)

    def answered(self, form: FormDefinition, path: str, value: str) -> None:
        """An answer was taken."""
        control = form.control_at.get(path)
        if control is not None and control.kind in CHOOSING:
            self.chosen[path].update(value.split())
        if form.nodes[path].bind.constraint is not None and value:
            self.held[path] |= {True}
        seen = self.values[path]
        if value in seen or len(seen) < MOST_VALUES:
            seen[value] += 1

    def refused(self, path: str, reason: str, *, with_words: bool) -> None:
        """An answer was not taken."""
        self.refusals[reason] += 1
        if reason == "constraint":
            self.held[path] |= {False}
        if not with_words:
            self.wordless.add(path)

    def look_at(self, walk: Walk) -> None:
        """The walk is at its end, or at the review: how every condition has come out, and the rows there are."""
        for position in walk.filled.positions():
            if position.kind is PositionKind.NOTE:
                self.told.add(position.control.path)
        for path, node in walk.form.nodes.items():
            if node.bind.relevant is not None:
                self.outcomes[path].update(_outcomes(walk.form, walk.filled, path))
            if node.repeat is not None:
                counts = (walk.filled.repeat_count(ref) for ref in refs_of(walk.form, walk.filled, path))
                self.rows[path].update(min(count, SEVERAL) for count in counts)


def _outcomes(form: FormDefinition, filled: FormSession, path: str) -> Iterator[bool]:
    """How the path's own condition comes out, wherever what is around it counts."""
    for ref in refs_of(form, filled, path):
        around = ref.rpartition("/")[0]
        if not around or filled.is_relevant(around):
            yield filled.is_relevant(ref)


def refs_of(form: FormDefinition, filled: FormSession, path: str) -> list[str]:
    """The nodes of a path, one for each row around it; of a repeat the repeat itself, without its rows."""
    refs, done = [""], ""
    names = path.split("/")[1:]
    for name in names:
        done = f"{done}/{name}"
        refs = [f"{ref}/{name}" for ref in refs]
        node = form.nodes.get(done)
        if node is not None and node.repeat is not None and done != path:
            refs = [f"{r}[{row}]" for r in refs for row in range(1, min(filled.repeat_count(r), MOST_ROWS) + 1)]
    return refs
