"""The way through the questionnaire: every relevant place, in document order.

It is walked at every turn, so a question is looked at without a node being made for it.
"""

from dataclasses import dataclass

from conversations.forms.definition import Control, ControlKind, NodeDefinition
from conversations.forms.limits import ROW_LIMIT
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode, reference
from conversations.session.relevance import is_repeat_relevant
from conversations.session.walk import Position, PositionKind

Groups = tuple[str, ...]


@dataclass(slots=True)
class _Spot:
    """Where the walk stands: a node with its ref, the row it is in, the titles around it."""

    node: InstanceNode
    ref: str
    row: InstanceNode
    groups: Groups
    is_readonly: bool


def positions(evaluation: Evaluation) -> list[Position]:
    """The relevant places. "Another row?" comes after the last row of a repeat that the respondent may extend."""
    root = evaluation.sheet.root
    finder = _Finder(evaluation)
    spot = _Spot(root, f"/{root.name}", root, (), is_readonly=_says_readonly(evaluation, root))
    finder.inside(evaluation.form.controls, spot)
    return finder.found


def is_readonly(evaluation: Evaluation, node: InstanceNode) -> bool:
    """Whether the respondent may only read it."""
    current: InstanceNode | None = node
    while current is not None:
        if _says_readonly(evaluation, current):
            return True
        current = current.holder()
    return False


def is_seen_only_by_looking(node: NodeDefinition) -> bool:
    """Whether something about places is worked out at each look and kept nowhere."""
    readonly = node.bind.readonly
    varies = readonly is not None and readonly.text not in ("true()", "false()")
    return varies or (node.repeat is not None and node.bind.relevant is not None)


def _says_readonly(evaluation: Evaluation, node: InstanceNode) -> bool:
    return evaluation.holds(node.definition.bind.readonly, node, otherwise=False)


class _Finder:
    """Gathers the places."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._nodes = evaluation.form.nodes
        self.found: list[Position] = []

    def inside(self, controls: tuple[Control, ...], spot: _Spot) -> None:
        """The places of `controls`, which stand at or below `spot`."""
        for control in controls:
            match control.kind:
                case ControlKind.GROUP:
                    self._group(control, spot)
                case ControlKind.REPEAT:
                    self._repeat(control, spot)
                case _:
                    self._question(control, spot)

    def _group(self, control: Control, spot: _Spot) -> None:
        if not control.path:
            self.inside(control.children, spot)
        for node in self._evaluation.sheet.beside(control.path, spot.row) if control.path else ():
            if node.relevant:
                self.inside(control.children, self._spot_at(node, spot.row, _with(spot.groups, control, node)))

    def _repeat(self, control: Control, spot: _Spot) -> None:
        evaluation, repeat = self._evaluation, self._nodes[control.path]
        for parent in evaluation.sheet.beside(control.path.rpartition("/")[0], spot.row):
            rows = parent.rows(repeat.name)
            for row in rows:
                if row.relevant:
                    self.inside(control.children, self._spot_at(row, row, _with(spot.groups, control, row)))
            if _may_grow(evaluation, repeat, parent, len(rows)):
                ref = f"{reference(parent)}/{repeat.name}"
                self.found.append(Position(PositionKind.REPEAT, ref, control, spot.groups, len(rows)))

    def _spot_at(self, node: InstanceNode, row: InstanceNode, groups: Groups) -> _Spot:
        return _Spot(node, reference(node), row, groups, is_readonly=is_readonly(self._evaluation, node))

    def _question(self, control: Control, spot: _Spot) -> None:
        if control.is_headline:
            return
        above, _, name = control.path.rpartition("/")
        definition = self._nodes.get(control.path)
        if definition is not None and above == spot.node.definition.path and definition.bind.readonly is None:
            if spot.node.has_relevant(name):
                self._found(control, f"{spot.ref}/{name}", spot, is_readonly=spot.is_readonly)
            return
        for node in self._evaluation.sheet.beside(control.path, spot.row):
            if node.relevant:
                self._found(control, reference(node), spot, is_readonly=is_readonly(self._evaluation, node))

    def _found(self, control: Control, ref: str, spot: _Spot, *, is_readonly: bool) -> None:
        is_note = is_readonly or control.kind is ControlKind.NOTE
        kind = PositionKind.NOTE if is_note else PositionKind.QUESTION
        self.found.append(Position(kind, ref, control, spot.groups))


def _may_grow(evaluation: Evaluation, repeat: NodeDefinition, parent: InstanceNode, count: int) -> bool:
    if repeat.repeat is None or repeat.repeat.count or repeat.repeat.fixed or count >= ROW_LIMIT:
        return False
    return is_repeat_relevant(evaluation, parent, repeat)


def _with(groups: Groups, control: Control, node: InstanceNode) -> Groups:
    labelled = control.label.text_id or control.label.template
    return (*groups, reference(node)) if labelled else groups
