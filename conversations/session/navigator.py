"""The way through the questionnaire: every relevant place, in document order."""

from collections.abc import Iterator

from conversations.forms.definition import Control, ControlKind
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode, reference
from conversations.session.relevance import is_repeat_relevant
from conversations.session.repeats import ROW_LIMIT
from conversations.session.walk import Position, PositionKind

Groups = tuple[str, ...]


def positions(evaluation: Evaluation) -> Iterator[Position]:
    """The relevant places. "Another row?" comes after the last row of a repeat that the respondent may extend."""
    return _inside(evaluation, evaluation.form.controls, evaluation.sheet.root, ())


def is_readonly(evaluation: Evaluation, node: InstanceNode) -> bool:
    """Whether the respondent may only read it."""
    current: InstanceNode | None = node
    while current is not None:
        if evaluation.holds(current.definition.bind.readonly, current, otherwise=False):
            return True
        current = current.holder()
    return False


def _inside(
    evaluation: Evaluation, controls: tuple[Control, ...], row: InstanceNode, groups: Groups
) -> Iterator[Position]:
    for control in controls:
        match control.kind:
            case ControlKind.GROUP:
                yield from _group(evaluation, control, row, groups)
            case ControlKind.REPEAT:
                yield from _repeat(evaluation, control, row, groups)
            case _:
                yield from _question(evaluation, control, row, groups)


def _group(evaluation: Evaluation, control: Control, row: InstanceNode, groups: Groups) -> Iterator[Position]:
    if not control.path:
        yield from _inside(evaluation, control.children, row, groups)
    for node in evaluation.sheet.beside(control.path, row) if control.path else ():
        if node.relevant:
            yield from _inside(evaluation, control.children, node, _with(groups, control, node))


def _repeat(evaluation: Evaluation, control: Control, row: InstanceNode, groups: Groups) -> Iterator[Position]:
    repeat = evaluation.form.nodes[control.path]
    for parent in evaluation.sheet.beside(control.path.rpartition("/")[0], row):
        rows = parent.rows(repeat.name)
        for one in rows:
            if one.relevant:
                yield from _inside(evaluation, control.children, one, _with(groups, control, one))
        if _may_grow(evaluation, control, parent, len(rows)):
            ref = f"{reference(parent)}/{repeat.name}"
            yield Position(PositionKind.REPEAT, ref, control, groups, len(rows))


def _may_grow(evaluation: Evaluation, control: Control, parent: InstanceNode, count: int) -> bool:
    repeat = evaluation.form.nodes[control.path]
    if repeat.repeat is None or repeat.repeat.count or repeat.repeat.fixed or count >= ROW_LIMIT:
        return False
    return is_repeat_relevant(evaluation, parent, repeat)


def _question(evaluation: Evaluation, control: Control, row: InstanceNode, groups: Groups) -> Iterator[Position]:
    for node in evaluation.sheet.beside(control.path, row) if not control.is_headline else ():
        if node.relevant:
            note = control.kind is ControlKind.NOTE or is_readonly(evaluation, node)
            kind = PositionKind.NOTE if note else PositionKind.QUESTION
            yield Position(kind, reference(node), control, groups)


def _with(groups: Groups, control: Control, node: InstanceNode) -> Groups:
    labelled = control.label.text_id or control.label.template
    return (*groups, reference(node)) if labelled else groups
