"""A batch of answers -> the rows of every table, and for each variable what stands in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from admin_scripts.microdata.answer_texts import Answers
from admin_scripts.microdata.plan import Place, Plan
from admin_scripts.microdata.positions import Key, generic, key_of

Indices = NDArray[np.int64]
NONE = -1


@dataclass(frozen=True, slots=True)
class Spot:
    """A path of one version, with its positions: where its answers go, and in which rows of repeats."""

    place: Place
    key: Key


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """The rows of one table in a batch, numbered from 0 within it.

    `texts` by variable: "" where it was left blank, null where it was not asked; one nobody was asked is not there.
    """

    responses: Indices  # of each row, the response in the batch
    parents: Indices  # and the row around it, in the table around this one
    keys: Sequence[Key]  # and its positions in the repeats around it, (2, 1); () of a response
    texts: Mapping[str, pa.StringArray]


@dataclass(slots=True)
class Layout:
    """Lays out the `wanted` variables of batches; it remembers the paths that it has met."""

    plan: Plan
    wanted: frozenset[Place]
    _known: dict[tuple[str, str], Spot] = field(default_factory=dict)

    def lay(self, answers: Answers, forms: Indices, hashes: Sequence[str], count: int) -> dict[str, Laid]:
        """The tables of `count` responses. `forms`: the place in `hashes` of the questionnaire of each."""
        spots = [self._spot(form, path) for form in hashes for path in answers.paths]
        spot_of = answers.codes if len(hashes) == 1 else forms[answers.rows] * len(answers.paths) + answers.codes
        rows = {table: _rows(self._keys(table, spots), answers.rows, spot_of) for table in self.plan.parents}
        texts: dict[str, dict[str, pa.StringArray]] = {table: {} for table in self.plan.tables}
        for place, at in _grouped([spot.place for spot in spots], spot_of):
            if place not in self.wanted:
                continue
            own = answers.rows[at] if place[0] == "" else rows[place[0]].found[at]
            size = count if place[0] == "" else len(rows[place[0]].responses)
            texts[place[0]][place[1]] = _column(answers, at, own, size)
        whole = Laid(np.arange(count), np.arange(count), [()] * count, texts[""])
        return {"": whole, **{table: self._laid(table, rows, texts[table]) for table in rows}}

    def _spot(self, form: str, path: str) -> Spot:
        if (form, path) not in self._known:
            place = self.plan.places[form].get(generic(path))
            # Of several versions in a batch, not each has every path.
            self._known[form, path] = Spot(place, key_of(path)) if place else Spot(("", ""), ())
        return self._known[form, path]

    def _around(self, table: str) -> list[str]:
        """The table and those around it, outermost first; not that of the responses."""
        return [*self._around(self.plan.parents[table]), table] if table else []

    def _keys(self, table: str, spots: Sequence[Spot]) -> "_Keys":
        depth = len(self._around(table))
        own = [spot.key[:depth] if table in self._around(spot.place[0]) else None for spot in spots]
        known = sorted({key for key in own if key is not None})
        number = {key: place for place, key in enumerate(known)}
        return _Keys(known, np.array([NONE if key is None else number[key] for key in own], dtype=np.int64))

    def _laid(self, table: str, rows: Mapping[str, "_Rows"], texts: Mapping[str, pa.StringArray]) -> Laid:
        own, parent = rows[table], self.plan.parents[table]
        around = own.responses if parent == "" else own.within(rows[parent])
        return Laid(own.responses, around, own.positions, texts)


# ---------------------------------------------------------------- rows of repeats


@dataclass(frozen=True, slots=True, eq=False)
class _Keys:
    """The positions that a repeat's rows have in a batch, in order; of each spot, which of them it stands in."""

    known: list[Key]
    of_spot: Indices


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    keys: _Keys
    numbers: Indices  # of each row, its response and its key in one number
    found: Indices  # of each answer, its row; what is not in this table stands anywhere

    @property
    def responses(self) -> Indices:
        return self.numbers // max(1, len(self.keys.known))

    @property
    def positions(self) -> list[Key]:
        return [self.keys.known[number] for number in self.numbers % max(1, len(self.keys.known))]

    def within(self, around: "_Rows") -> Indices:
        """Of each row, the row around it."""
        number = {key: place for place, key in enumerate(around.keys.known)}
        outer = np.array([number[key[:-1]] for key in self.keys.known], dtype=np.int64)
        keys = self.numbers % max(1, len(self.keys.known))
        wanted = self.responses * len(around.keys.known) + outer[keys] if len(keys) else keys
        return np.searchsorted(around.numbers, wanted)


def _rows(keys: _Keys, responses: Indices, spot_of: Indices) -> _Rows:
    """In the order of the responses, and within each of the positions."""
    own = keys.of_spot[spot_of]
    numbers = responses * max(1, len(keys.known)) + own
    there = np.unique(numbers[own != NONE])
    return _Rows(keys, there, np.searchsorted(there, numbers))


# ---------------------------------------------------------------- variables


def _grouped(places: Sequence[Place], spot_of: Indices) -> Iterator[tuple[Place, Indices]]:
    """Each place with the answers that go there, in order."""
    known = list(dict.fromkeys(places))
    number = {place: code for code, place in enumerate(known)}
    codes = np.array([number[place] for place in places], dtype=np.int16)[spot_of]
    order = np.argsort(codes, kind="stable")
    bounds = np.cumsum([0, *np.bincount(codes, minlength=len(known))])
    for code, place in enumerate(known):
        if bounds[code] < bounds[code + 1]:
            yield place, order[bounds[code] : bounds[code + 1]]


def _column(answers: Answers, wanted: Indices, rows: Indices, size: int) -> pa.StringArray:
    if len(wanted) == size:  # each row has its answer, in order
        return answers.values(wanted)
    places = np.full(size, NONE, dtype=np.int64)
    places[rows] = wanted
    return answers.values(places, places == NONE)
