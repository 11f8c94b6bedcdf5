"""A walk's answers put over to another version of the questionnaire: what fits stays, the rest gets its reason."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversations.forms.correspondence import Correspondence, Reason, below, reason_against, repeats_around
from conversations.forms.definition import CHOOSING, ControlKind, FormDefinition, NodeDefinition
from conversations.session.engine import FormSession
from conversations.session.lexical import coerced

_POSITION = re.compile(r"\[(\d+)\]")
_REASONS = {"choice": Reason.CHOICE, "constraint": Reason.CONSTRAINT, "type": Reason.TYPE}


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer that did not go over. `ref` is the older version's, `now` the newer one's, "" where it has none."""

    ref: str
    now: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class MovedAnswers:
    """The answers as a snapshot of the newer version, and those that could not go over."""

    filled: dict[str, object]
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """From one version to another; the same for all sessions between them."""

    old: FormDefinition
    new: FormDefinition
    same: Correspondence

    def ref(self, ref: str) -> str:
        """A ref of the older version as the newer one's: /data/rep[2]/q; "" where it has none."""
        path = self.same.paths.get(_POSITION.sub("", ref))
        if path is None:
            return ""
        return _placed(self.new, path, tuple(map(int, _POSITION.findall(ref))))


def _placed(form: FormDefinition, path: str, positions: tuple[int, ...]) -> str:
    """A generic path with the positions of its rows, outermost first; the last repeat may go without."""
    ref = path
    for repeat, position in reversed(list(zip(repeats_around(form, path), positions, strict=False))):
        ref = f"{repeat}[{position}]{ref[len(repeat) :]}"
    return ref


def move_answers(
    way: Way, stored: Mapping[str, Any], *, asked: Collection[str], now: datetime, language: str
) -> MovedAnswers:
    """Put a snapshot of the older version over. `asked` are the refs the respondent stands by or left blank.

    What a stale rule says is worked out anew; everything else, corrected calculations and dice that were rolled
    included, stays as it was. An answer that the newer version would refuse is left out, with what followed from it.
    """
    known = stored.get("last_saved", ())
    fresh = FormSession.start(way.new, now=now, language=language, seed=_seed(stored), last_saved=known).snapshot()
    refused: dict[str, Reason] = {}
    while True:
        sheet = _Sheet(way, stored, fresh, asked, refused)
        session = FormSession.restore(way.new, sheet.snapshot(language), now=now)
        session.work_out(sheet.due())
        found = _refused(way.new, session, sheet.brought, now)
        if not found:
            return MovedAnswers(session.snapshot(), tuple(_lost(way, stored, refused)))
        refused |= found


def _seed(stored: Mapping[str, Any]) -> int:
    seed = str(stored.get("seed", ""))
    return int(seed) if seed.isdecimal() else 0


def _refused(
    form: FormDefinition, session: FormSession, brought: Mapping[str, str], now: datetime
) -> dict[str, Reason]:
    """The refs of answers that cannot stay. What is hidden is judged when it is shown again, as always."""
    probe = FormSession.restore(form, session.snapshot(), now=now)
    found: dict[str, Reason] = {}
    for ref, value in brought.items():
        path = _POSITION.sub("", ref)
        control = form.control_at.get(path)
        there = session.value(ref) is not None and session.is_relevant(ref)
        if control is None or form.nodes[path].bind.calculate is not None or not there:
            continue
        if session.value(ref) != value:
            if control.kind in CHOOSING:
                found[ref] = Reason.CHOICE
            continue
        objection = probe.answer(ref, value)
        if objection is not None:
            found[ref] = _REASONS[objection.reason]
    return found


def _lost(way: Way, stored: Mapping[str, Any], refused: Mapping[str, Reason]) -> list[Lost]:
    lost = []
    for ref in stored.get("values", {}):
        path, now = _POSITION.sub("", ref), way.ref(ref)
        control = way.old.control_at.get(path)
        if control is None or control.kind is ControlKind.NOTE:
            continue
        if not now:
            lost.append(Lost(ref, "", reason_against(way.old, way.new, path)))
        elif now in refused:
            lost.append(Lost(ref, now, refused[now]))
    return lost


@dataclass(slots=True)
class _Sheet:
    """The newer version's snapshot, put together node by node. `brought` are the values that came over."""

    way: Way
    stored: Mapping[str, Any]
    fresh: Mapping[str, Any]
    asked: Collection[str]
    refused: Mapping[str, Reason]
    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    spare: dict[str, int] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    brought: dict[str, str] = field(default_factory=dict)
    _shown: set[str] = field(default_factory=set)  # paths that were hidden and have no condition any more
    _back: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._back = {new: old for old, new in self.way.same.paths.items()}
        self._node(self.way.new.root, (), is_new=False)

    def snapshot(self, language: str) -> dict[str, object]:
        """As `FormSession.restore` reads it."""
        kept = {name: self.stored[name] for name in ("seed", "drawn", "last_saved") if name in self.stored}
        written = {"values": self.values, "rows": self.rows, "spare": self.spare, "hidden": self.hidden}
        return kept | {"language": language} | written

    def due(self) -> set[int]:
        """The rules to be worked out anew: the stale ones, and who reads what was left out or counts again."""
        changed = {_POSITION.sub("", ref) for ref in self.refused}
        changed |= {path for shown in self._shown for path in below(self.way.new, shown)}
        readers = self.way.new.graph.readers
        return {*self.way.same.stale, *(one.order for path in changed for one in readers.get(path, ()))}

    def _node(self, node: NodeDefinition, positions: tuple[int, ...], *, is_new: bool) -> None:
        """`is_new`: in a row of a repeat that the older version does not have."""
        ref = _placed(self.way.new, node.path, positions)
        before = "" if is_new else self._before(node.path, positions)
        if before in self.stored.get("hidden", ()):
            self._hide(node, ref)
        if not node.children:
            self._leaf(node, ref, before, in_old_row=bool(positions) and not is_new)
        for child in node.children:
            if child.repeat:
                self._rows(child, positions, is_new=is_new)
            else:
                self._node(child, positions, is_new=is_new)

    def _before(self, path: str, positions: tuple[int, ...]) -> str:
        """The ref in the older version, "" where it has none."""
        old = self._back.get(path)
        return "" if old is None else _placed(self.way.old, old, positions)

    def _hide(self, node: NodeDefinition, ref: str) -> None:
        if node.bind.relevant is None:
            self._shown.add(node.path)
        else:
            self.hidden.append(ref)

    def _rows(self, repeat: NodeDefinition, positions: tuple[int, ...], *, is_new: bool) -> None:
        ref = _placed(self.way.new, repeat.path, positions)
        before = "" if is_new else self._before(repeat.path, positions)
        source, name = (self.stored, before) if before else (self.fresh, ref)
        attached = source.get("rows", {}).get(name, 0)
        has_count = repeat.repeat is not None and repeat.repeat.count is not None
        spare = source.get("spare", {}).get(name, 0) if has_count else 0
        if attached:
            self.rows[ref] = attached
        if spare:
            self.spare[ref] = spare
        for position in range(1, attached + spare + 1):
            self._node(repeat, (*positions, position), is_new=not before)

    def _leaf(self, node: NodeDefinition, ref: str, before: str, *, in_old_row: bool) -> None:
        begun = coerced(node.bind.datatype, node.text) if in_old_row else self.fresh.get("values", {}).get(ref, "")
        value = begun
        if before:
            value = self.stored.get("values", {}).get(before, "")
            if value and ref not in self.refused:
                self.brought[ref] = value
            if self._has_another_default(node, before, value):
                value = begun
            elif ref in self.refused:
                value = ""
        if value:
            self.values[ref] = value

    def _has_another_default(self, node: NodeDefinition, before: str, value: str) -> bool:
        """Whether nobody has seen the older version's default, and the newer one has another."""
        if before in self.asked or node.path not in self.way.new.control_at or node.bind.calculate is not None:
            return False
        old = self.way.old.nodes[self._back[node.path]]
        return old.text != node.text and value == coerced(old.bind.datatype, old.text)
