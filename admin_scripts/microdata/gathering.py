"""Responses, some thousands at a time -> whole columns in memory."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from admin_scripts.microdata.answer_texts import read_answers
from admin_scripts.microdata.arrays import column_of
from admin_scripts.microdata.dataset import Rows
from admin_scripts.microdata.layout import Indices, Laid, Layout
from admin_scripts.microdata.positions import Key
from admin_scripts.microdata.source import Source
from admin_scripts.microdata.taking_part import said_no
from admin_scripts.microdata.variables import Variable
from storage.submitted import ResponseText


@dataclass(slots=True)
class _Parts:
    """What has come of one table, batch by batch."""

    sizes: list[int] = field(default_factory=list)
    responses: list[Indices] = field(default_factory=list)
    parents: list[Indices] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    texts: dict[str, dict[int, pa.StringArray]] = field(default_factory=dict)  # by variable and batch

    def add(self, laid: Laid, responses: int, parents: int) -> None:
        """One more batch, whose responses and rows around have so many before them."""
        for name, texts in laid.texts.items():
            self.texts.setdefault(name, {})[len(self.sizes)] = texts
        self.sizes.append(len(laid.responses))
        self.responses.append(laid.responses + responses)
        self.parents.append(laid.parents + parents)
        self.keys += laid.keys

    def said(self, name: str) -> pa.StringArray:
        """What was said in all rows; null where it was not asked."""
        found = self.texts.get(name, {})
        parts = [found.get(number, pa.nulls(size, pa.string())) for number, size in enumerate(self.sizes)]
        return pa.chunked_array(parts, pa.string()).combine_chunks()


@dataclass(slots=True)
class Gathering:
    """The answers of those who took part, in the order in which they come; `ids` are those of the responses."""

    source: Source
    ids: list[str] = field(default_factory=list)
    versions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    days: set[date] = field(default_factory=set)
    _layout: Layout = field(init=False)
    _parts: dict[str, _Parts] = field(init=False)

    def __post_init__(self) -> None:
        plan = self.source.plan
        wanted = frozenset((table, name) for table, variables in plan.tables.items() for name in variables)
        self._layout = Layout(plan, wanted)
        self._parts = {table: _Parts() for table in plan.tables}

    def add(self, some: Sequence[ResponseText]) -> None:
        """Some more responses, without those who said no."""
        forms = self.source.sources.forms
        is_refusal = said_no(read_answers(_texts(some)), len(some), forms)
        some = [one for one, refuses in zip(some, is_refusal, strict=True) if not refuses]
        hashes = [form.hash for form in forms]
        places = np.array([hashes.index(one.form_hash) for one in some], dtype=np.int64)
        laid = self._layout.lay(read_answers(_texts(some)), places, hashes, len(some))
        before = {table: sum(parts.sizes) for table, parts in self._parts.items()}
        for table, parts in self._parts.items():
            parts.add(laid[table], before[""], before[self.source.plan.parents.get(table, "")])
        self._count(some)

    def tables(self) -> Mapping[str, Rows]:
        """All tables, whole."""
        return {
            table: Rows(
                {variable.name: column_of(variable, self.said(variable)) for variable in variables},
                _whole(self._parts[table].responses),
                _whole(self._parts[table].parents),
            )
            for table, variables in self.source.dictionary.tables.items()
        }

    def said(self, variable: Variable) -> pa.StringArray:
        """What was said in all rows of its table, or what coders made of it."""
        parts, coded = self._parts[variable.table], self.source.coded.get((variable.table, variable.name))
        if coded is None:
            return parts.said(variable.name)
        return coded.texts(parts.said(coded.question), self.keys(variable.table), sum(parts.sizes))

    def keys(self, table: str) -> Iterator[tuple[str, str]]:
        """Of each row the id of its response and its place in the repeats around it: "2", "2/1", "" outside of any."""
        parts = self._parts[table]
        for response, key in zip(_whole(parts.responses), parts.keys, strict=True):
            yield self.ids[response], "/".join(map(str, key))

    def _count(self, some: Sequence[ResponseText]) -> None:
        self.ids += (one.id for one in some)
        self.versions.update(one.form_hash for one in some)
        self.languages.update(one.language for one in some)
        self.days.update(one.submitted_on for one in some)


def _texts(some: Sequence[ResponseText]) -> pa.StringArray:
    return pa.array([one.answers for one in some], pa.string())


def _whole(parts: Sequence[Indices]) -> Indices:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
