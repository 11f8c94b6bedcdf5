"""The person's previous response as a document that expressions look at: what they read of it, and no more."""

import re
from collections.abc import Iterable, Mapping

from conversations.forms.definition import FormDefinition
from conversations.forms.xpath import Node, document

Answers = tuple[tuple[str, str], ...]
"""Answers by ref, in document order."""

_STEP = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")
_POSITION = re.compile(r"\[\d+\]")


def kept_of(form: FormDefinition, answers: Iterable[tuple[str, str]]) -> Answers:
    """Those of a previous response's answers that the questionnaire reads."""
    return tuple((ref, value) for ref, value in answers if value and form.last_saved.wants(_POSITION.sub("", ref)))


def instances_of(form: FormDefinition, answers: Answers) -> Mapping[str, Node]:
    """The lists of the questionnaire, and the previous response where it is asked for; without one it is empty."""
    if not form.last_saved.ids:
        return form.instances
    root = Node(form.root.name)
    for ref, value in answers:
        _put(root, ref, value)
    return {**form.instances, **dict.fromkeys(form.last_saved.ids, document(root))}


def _put(root: Node, ref: str, value: str) -> None:
    node = root
    for name, position in _STEP.findall(ref)[1:]:
        while len(node.named(name)) < int(position or 1):
            node.add(Node(name))
        node = node.named(name)[int(position or 1) - 1]
    node.text = value
