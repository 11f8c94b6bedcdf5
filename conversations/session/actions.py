"""What the author lets happen at an event: setvalue, and the clock and identity filled in at the start."""

import uuid
from collections.abc import Iterator, Mapping

from conversations.forms.definition import CHOOSING, Action
from conversations.session.evaluation import Evaluation, digest
from conversations.session.instance import InstanceNode
from conversations.session.lexical import coerced
from conversations.session.recalculate import Recalculation

FIRST_LOAD = frozenset({"odk-instance-first-load", "odk-instance-load"})
NEW_REPEAT = frozenset({"odk-new-repeat"})
VALUE_CHANGED = frozenset({"xforms-value-changed"})

_SCHEMES = {"phonenumber": "tel", "email": "mailto"}

ROUND_LIMIT = 100
"""Actions that set each other off without end are left after so many rounds."""


def fill_in(evaluation: Evaluation, person: Mapping[str, str]) -> None:
    """The nodes that are filled in without a question: start, today, an identity. Names chosen are tidied.

    `person` has what is known of the respondent, by the name of the property.
    """
    for node in evaluation.sheet.root.below():
        control = evaluation.form.control_at.get(node.definition.path)
        if control and control.kind in CHOOSING:
            node.text = " ".join(node.text.split())
        node.text = _preloaded(evaluation, node, person) or node.text


def stamp_end(evaluation: Evaluation, recalculation: Recalculation) -> None:
    """The time of the last change so far, where the author wants to know the end."""
    for path in evaluation.form.ends:
        for node in evaluation.sheet.at(path):
            recalculation.assign(node, _timestamp(evaluation))


def first_load(evaluation: Evaluation) -> list[tuple[Action, InstanceNode]]:
    """What is due at the start, and where; to be asked before rows are made."""
    return [
        (action, source)
        for action in evaluation.form.actions
        if action.events & FIRST_LOAD
        for source in (evaluation.sheet.at(action.source) if action.source else [evaluation.sheet.root])
    ]


def perform(evaluation: Evaluation, recalculation: Recalculation, action: Action, source: InstanceNode) -> None:
    """Set the value of the action's target, in the row of its source when both are in one."""
    for target in _targets(evaluation, action, source):
        text = evaluation.string(action.value, target) if action.value else action.text
        recalculation.assign(target, coerced(target.datatype, text))


def _targets(evaluation: Evaluation, action: Action, source: InstanceNode) -> list[InstanceNode]:
    if action.selected is None:
        return evaluation.sheet.beside(action.target, source)
    return [node for node in evaluation.nodes(action.selected, source) if isinstance(node, InstanceNode)]


def run_to_rest(evaluation: Evaluation, recalculation: Recalculation) -> None:
    """Recalculate, do what that sets off, and again, until nothing more happens."""
    for _ in range(ROUND_LIMIT):
        recalculation.run()
        due = list(_due(evaluation, recalculation))
        recalculation.new_rows.clear()
        recalculation.changed.clear()
        if not due:
            return
        for action, source in due:
            perform(evaluation, recalculation, action, source)


def _due(evaluation: Evaluation, recalculation: Recalculation) -> Iterator[tuple[Action, InstanceNode]]:
    actions = evaluation.form.actions
    if not actions:
        return
    for row in recalculation.new_rows:
        for action in actions:
            if action.events & NEW_REPEAT and action.source == row.definition.path:
                yield action, row
    for node in recalculation.changed:
        for action in actions:
            if action.events & VALUE_CHANGED and action.source == node.definition.path:
                yield action, node


def _preloaded(evaluation: Evaluation, node: InstanceNode, person: Mapping[str, str]) -> str:
    bind = node.definition.bind
    match bind.preload, bind.preload_parameter:
        case "timestamp", "start":
            return _timestamp(evaluation)
        case "date", "today":
            return evaluation.now.date().isoformat()
        case "property", name:
            return _property(person, name)
        case "uid", _:
            return f"uuid:{uuid.UUID(bytes=digest(f'{evaluation.chance.seed}:identity')[:16], version=4)}"
        case _:
            return ""


def _property(person: Mapping[str, str], name: str) -> str:
    """What is known of the person; as an address, such as tel:39021234, when the name asks for one."""
    plain = name.removeprefix("uri:")
    known = person.get(plain, "")
    return f"{_SCHEMES.get(plain, plain)}:{known}" if known and plain != name else known


def _timestamp(evaluation: Evaluation) -> str:
    return evaluation.now.isoformat(timespec="milliseconds")
