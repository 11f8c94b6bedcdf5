"""Whether an answer can be taken: its type, its choices, its bounds, the author's constraint."""

from decimal import Decimal

from conversations.forms.definition import CHOOSING, Control, ControlKind
from conversations.session.choices import names_of
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode
from conversations.session.itext import say
from conversations.session.lexical import fitting, legible
from conversations.session.walk import Refused


def examine(evaluation: Evaluation, node: InstanceNode, answer: str) -> str | Refused:
    """The answer as it is to be stored, or why it is refused. The node keeps its value."""
    answer = legible(answer)
    if not answer:
        return Refused("required", required_message(evaluation, node)) if is_required(evaluation, node) else ""
    control = evaluation.form.control_at.get(node.definition.path)
    stored = fitting(node.datatype, answer)
    if stored is None or (control and not _is_in_range(control, stored)):
        return Refused("type")
    chosen = _chosen(evaluation, control, node, stored) if control and control.kind in CHOOSING else stored
    if chosen is None:
        return Refused("choice")
    if not _is_allowed(evaluation, node, chosen):
        return Refused("constraint", constraint_message(evaluation, node))
    return chosen


def violations(evaluation: Evaluation) -> list[tuple[InstanceNode, str]]:
    """The relevant nodes whose value cannot stay as it is, with the reason."""
    return [(node, reason) for node in evaluation.sheet.root.below() if (reason := _violation(evaluation, node))]


def is_required(evaluation: Evaluation, node: InstanceNode) -> bool:
    """Whether the author insists on an answer."""
    return evaluation.holds(node.definition.bind.required, node, otherwise=False)


def required_message(evaluation: Evaluation, node: InstanceNode) -> str:
    """What the author says to a blank; "" when nothing."""
    return say(evaluation, node.definition.bind.required_message, node)


def constraint_message(evaluation: Evaluation, node: InstanceNode) -> str:
    """What the author says to an answer that is not allowed; "" when nothing."""
    return say(evaluation, node.definition.bind.constraint_message, node)


def _violation(evaluation: Evaluation, node: InstanceNode) -> str:
    if not node.relevant or node.children:
        return ""
    if not node.text:
        return "required" if is_required(evaluation, node) else ""
    return "" if _satisfies(evaluation, node) else "constraint"


def _is_allowed(evaluation: Evaluation, node: InstanceNode, candidate: str) -> bool:
    """Whether the constraint holds with the candidate in its place; the old value is back afterwards."""
    before, node.text = node.text, candidate
    try:
        return _satisfies(evaluation, node)
    finally:
        node.text = before


def _satisfies(evaluation: Evaluation, node: InstanceNode) -> bool:
    return evaluation.holds(node.definition.bind.constraint, node, otherwise=True)


def _chosen(evaluation: Evaluation, control: Control, node: InstanceNode, answer: str) -> str | None:
    """The names chosen, as they are stored; None when one is not on offer. A rank keeps the respondent's order."""
    names = names_of(evaluation, control, node)
    if control.kind is ControlKind.SELECT_ONE:
        return answer if answer in names else None
    wanted = list(dict.fromkeys(answer.split()))
    if not set(wanted) <= set(names):
        return None
    if control.kind is ControlKind.SELECT_MULTIPLE:
        chosen = frozenset(wanted)
        wanted = [name for name in dict.fromkeys(names) if name in chosen]
    return " ".join(wanted)


def _is_in_range(control: Control, answer: str) -> bool:
    """Whether a number lies between the ends of its range; the step is an aid of the screen, not a rule."""
    start, end = (control.parameters.get(name, "") for name in ("start", "end"))
    if control.kind is not ControlKind.RANGE or not (fitting("decimal", start) and fitting("decimal", end)):
        return True
    ends = sorted([Decimal(start), Decimal(end)])
    return fitting("decimal", answer) is not None and ends[0] <= Decimal(answer) <= ends[1]
