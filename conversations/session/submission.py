"""What is handed in: the relevant answers, flat or as XML."""

from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from conversations.forms.definition import ControlKind
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode


def values(evaluation: Evaluation, *, to_the_day: bool = False) -> Iterator[tuple[str, str]]:
    """The relevant leaves in document order, by ref. Notes say nothing; meta would link session and response.

    `to_the_day`: of `start` and `end` only the day, as midnight; a moment would tell who handed in when.
    """
    root = evaluation.sheet.root
    for child in root.inner():
        if child.name != "meta":
            for node, ref in _leaves(evaluation, child, _below(f"/{root.name}", child)):
                yield ref, _day_of(node) if to_the_day else node.text


def _day_of(node: InstanceNode) -> str:
    """The value; of a time from the clock, the midnight before it."""
    if node.definition.bind.preload != "timestamp" or not node.text:
        return node.text
    moment = datetime.fromisoformat(node.text)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0).isoformat(timespec="milliseconds")


def xml(evaluation: Evaluation) -> str:
    """The submission: relevant nodes only."""
    root = evaluation.sheet.root
    element = Element(root.name, dict(root.definition.attributes))
    _copy(root, element)
    return tostring(element, encoding="unicode")


def _leaves(evaluation: Evaluation, node: InstanceNode, ref: str) -> Iterator[tuple[InstanceNode, str]]:
    if not node.relevant:
        return
    if not node.definition.children:
        if not _is_silent(evaluation, node):
            yield node, ref
        return
    for child in node.inner():
        yield from _leaves(evaluation, child, _below(ref, child))


def _below(ref: str, node: InstanceNode) -> str:
    return f"{ref}/{node.name}[{node.position()}]" if node.definition.repeat else f"{ref}/{node.name}"


def _is_silent(evaluation: Evaluation, node: InstanceNode) -> bool:
    """Whether the node is only there to show a text."""
    control = evaluation.form.control_at.get(node.definition.path)
    if control is None:
        return False
    return control.is_headline or (control.kind is ControlKind.NOTE and not node.definition.bind.calculate)


def _copy(node: InstanceNode, element: Element) -> None:
    element.text = node.text or None
    for child in node.inner():
        if child.relevant:
            _copy(child, SubElement(element, child.name, dict(child.definition.attributes)))
