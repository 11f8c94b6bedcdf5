"""What the walks so far have taught: which answers were taken, which were refused, what is still to be met."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from conversations.forms import Control, ControlKind, FormDefinition
from conversations.prompts.offers import asked_at, offered
from conversations.rehearsal.candidates import Surroundings, candidates_for
from conversations.rehearsal.coverage import Coverage, refs_of
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.hints import ByPath, Hints, driving_rows, hints_of, hints_towards
from conversations.stops import Stop
from conversations.walk import Walk

FEW_ROWS = 3
"""What is answered, mostly, where the answer makes so many rows."""

SUBSETS = 12
MOST_CHOSEN = 30
_NO_HINTS = Hints()


class Experience:
    """Grows with every walk of one rehearsal."""

    def __init__(self, form: FormDefinition) -> None:
        self.form = form
        self.coverage = Coverage()
        self.taken: dict[str, Counter[str]] = defaultdict(Counter)
        self.refused: dict[str, Counter[str]] = defaultdict(Counter)
        self.last: set[tuple[str, str]] = set()  # answers after which the questionnaire is over at once
        self.too_long = 0
        self._hints = hints_of(form)
        self._driving = driving_rows(form)
        self._towards: dict[str, ByPath] = {}

    def wishes(self, number: int) -> ByPath:
        """What walk `number` aims at: a condition that never held so far, another one in each walk."""
        outcomes = self.coverage.outcomes
        conditional = [path for path, node in self.form.nodes.items() if node.bind.relevant is not None]
        unmet = [path for path in conditional if True not in outcomes[path]]
        if not unmet:
            return {}
        path = unmet[number % len(unmet)]
        if path not in self._towards:
            self._towards[path] = hints_towards(self.form, path)
        return self._towards[path]

    def candidates(self, walk: Walk, stop: Stop, wished: Hints | None, dice: Dice) -> list[str]:
        """Answers to try here, in their stored form."""
        path = stop.control.path
        hints = Hints()
        hints.add(self._hints.get(path, _NO_HINTS))
        hints.add(wished or _NO_HINTS)
        around = Surroundings(hints, self._others(walk, hints), walk.now.date(), dice)
        found = candidates_for(stop.control, around)
        if stop.control.kind is ControlKind.ACKNOWLEDGE:
            return ["OK"]
        names = [item.name for item in offered(walk, stop)]
        if stop.control.kind is ControlKind.SELECT_ONE:
            return names
        if stop.control.kind is ControlKind.RANK:
            return [" ".join(dice.shuffled(names)) for _ in range(4)] if names else []
        if stop.control.kind is ControlKind.SELECT_MULTIPLE:
            return self._subsets(path, names, hints, dice)
        return self._bounded(path, found, dice)

    def _others(self, walk: Walk, hints: Hints) -> list[str]:
        refs = (ref for path in hints.others for ref in refs_of(self.form, walk.filled, path))
        return [value for ref in refs if (value := walk.filled.value(ref))]

    def _subsets(self, path: str, names: Sequence[str], hints: Hints, dice: Dice) -> list[str]:
        """Sets of choices: those chosen least so far alone and with others, as many as conditions count, and all."""
        chosen = self.coverage.chosen[path]
        order = sorted(dice.shuffled(names), key=lambda name: chosen[name])
        named = [name for name in hints.values if name in names]
        sizes = [*[size + way for size in hints.counts for way in (0, 1, -1)], 1, 2, 3, len(names)]
        sets = [[name] for name in (*order[:SUBSETS], *named)]
        for size in sizes:
            if 0 < size <= min(len(names), MOST_CHOSEN):
                sets += [order[:size], dice.shuffled(names)[:size]]
        sets += [[one, other] for one in named for other in order[:2] if one != other]
        return list(dict.fromkeys(" ".join(name for name in names if name in some) for some in sets))

    def _bounded(self, path: str, found: list[str], dice: Dice) -> list[str]:
        """Where an answer makes rows, a few rows are enough but for once in a while."""
        if path not in self._driving or dice.happens(0.03):
            return found
        few = [value for value in found if not value.lstrip("-").isdecimal() or int(value) <= FEW_ROWS]
        return few if any(self.taken[path][value] for value in few) or not self.taken[path] else found

    def best(self, path: str, fresh: Sequence[str], wished: Hints | None, dice: Dice) -> str:
        """Of the answers not tried here yet, mostly the one that was taken least so far, and was not refused."""
        named = [value for value in fresh if wished and any(one in wished.values for one in (value, *value.split()))]
        if named and dice.happens(0.8):
            return dice.pick(named)
        taken, refused = self.taken[path], self.refused[path]
        good = [value for value in fresh if taken[value] or not refused[value]]
        if not good:
            return dice.pick(fresh)
        going_on = [value for value in good if (path, value) not in self.last]
        good = going_on if going_on and dice.happens(0.85) else good
        if dice.happens(0.3):
            return dice.pick(good)
        counts = self.coverage.chosen[path] if self._chooses(path) else taken
        ranked = [(min(counts[part] for part in _parts(value, counts is taken)), taken[value]) for value in good]
        least = min(ranked)
        return dice.pick([value for value, rank in zip(good, ranked, strict=True) if rank == least])

    def _chooses(self, path: str) -> bool:
        control: Control = self.form.control_at[path]
        return control.kind in (ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE)

    def wrong(self, path: str, dice: Dice) -> str | None:
        """An answer that was refused before and never taken, to hear the refusal again."""
        known = [value for value in self.refused[path] if not self.taken[path][value]]
        return dice.pick(known) if known else None

    def meets(self, walk: Walk, stop: Stop) -> None:
        """A question is asked: its choices are seen."""
        if self._chooses(stop.control.path):
            names = dict.fromkeys(item.name for item in asked_at(walk, stop).choices)
            self.coverage.offered[stop.control.path].update(names)


def _parts(value: str, whole: bool) -> list[str]:  # noqa: FBT001 - said in the next line
    """What is counted: the answer as a whole, or each choice in it."""
    return [value] if whole else value.split() or [value]
