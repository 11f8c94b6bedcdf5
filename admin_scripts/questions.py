"""What an export needs to know of a questionnaire. The only file of the export that looks into a FormDefinition."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.forms import Control, ControlKind, FormDefinition
from conversations.forms.as_authored import as_authored
from conversations.forms.definition import Itemset, NodeDefinition, Wording
from conversations.forms.xpath import Node
from conversations.languages import tag_of

CALCULATION = "calculate"
LIST = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")
TRANSLATED = re.compile(r"jr:itext\(\s*([\w.-]+)\s*\)")

Texts = Mapping[str, str]
"""A text by language: its tag, or its name if it has none, or "" in a questionnaire that names no languages."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or a calculation that nobody is asked, as an author wrote it."""

    path: str  # /data/group/question
    kind: str  # a ControlKind, or CALCULATION
    repeats: tuple[str, ...]  # paths of the repeats around it, outermost first
    wording: Texts
    choices: Mapping[str, Texts]  # by the name of the choice
    relevant: str  # its own condition and those of the groups around it


def questions_of(form: FormDefinition) -> tuple[Question, ...]:
    """Everything a response can hold a value of, in document order."""
    nodes = [node for node in form.root.children if node.name != "meta"]
    return tuple(question for node in nodes for question in _under(form, node, (), ()))


def languages_of(form: FormDefinition) -> dict[str, str]:
    """Short name of each language -> what the questionnaire calls it."""
    return {tag_of(language) or language: language for language in form.languages or ("",)}


def _under(
    form: FormDefinition, node: NodeDefinition, repeats: tuple[str, ...], conditions: tuple[str, ...]
) -> Iterator[Question]:
    if node.bind.relevant is not None:
        conditions = (*conditions, as_authored(node.bind.relevant.text, form.nodes))
    inner = (*repeats, node.path) if node.repeat else repeats
    for child in node.children:
        yield from _under(form, child, inner, conditions)
    if not node.children and not _is_silent(form, node):
        yield _question(form, node, inner, conditions)


def _is_silent(form: FormDefinition, node: NodeDefinition) -> bool:
    """A note has a value only if it is calculated."""
    control = form.control_at.get(node.path)
    return control is not None and control.kind is ControlKind.NOTE and not node.bind.calculate


def _question(
    form: FormDefinition, node: NodeDefinition, repeats: tuple[str, ...], conditions: tuple[str, ...]
) -> Question:
    control = form.control_at.get(node.path)
    return Question(
        path=node.path,
        kind=control.kind.value if control else CALCULATION,
        repeats=repeats,
        wording=texts_of(form, control.label) if control else {},
        choices=_choices(form, control) if control else {},
        relevant=" and ".join(f"({one})" for one in conditions) if conditions[1:] else "".join(conditions),
    )


def texts_of(form: FormDefinition, wording: Wording) -> Texts:
    """A wording in every language of the questionnaire, as its author wrote it."""
    return {tag: _text(form, wording, language) for tag, language in languages_of(form).items()}


def _text(form: FormDefinition, wording: Wording, language: str) -> str:
    template = form.translations.get(language, {}).get(wording.text_id, ()) if wording.text_id else wording.template
    pieces = (piece if isinstance(piece, str) else as_authored(piece.text, form.nodes) for piece in template)
    return "".join(pieces).strip()


def _choices(form: FormDefinition, control: Control) -> Mapping[str, Texts]:
    if control.itemset is None:
        return {item.name: texts_of(form, item.label) for item in control.items}
    return _listed(form, control.itemset)


def _listed(form: FormDefinition, itemset: Itemset) -> Mapping[str, Texts]:
    """Every choice of the list, whatever the filter; none when the choices are rows of a repeat."""
    found = LIST.search(itemset.nodes.text)
    if found is None or found[1] not in form.instances:
        return {}
    items = [node for node in form.instances[found[1]].descendants() if node.name == "item"]
    value, label = itemset.value.text.strip(), itemset.label.text.strip()
    return {_child(item, value): _label(form, item, label) for item in items}


def _label(form: FormDefinition, item: Node, label: str) -> Texts:
    translated = TRANSLATED.fullmatch(label)
    if translated is None:
        return texts_of(form, Wording(template=(_child(item, label),)))
    return texts_of(form, Wording(text_id=_child(item, translated[1])))


def _child(item: Node, name: str) -> str:
    return next((child.string() for child in item.named(name)), "")
