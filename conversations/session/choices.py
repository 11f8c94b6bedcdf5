"""The choices on offer: filtered, in their order, and what happens to answers that are no longer among them."""

from conversations.forms.data_files.table import FileRow
from conversations.forms.definition import Control, ControlKind, Itemset
from conversations.forms.xpath import CompiledExpression, Node
from conversations.session.asides import picture, picture_of_choice
from conversations.session.evaluation import Chance, Evaluation
from conversations.session.instance import InstanceNode, reference
from conversations.session.itext import say
from conversations.session.walk import ChoiceItem


def choices_of(evaluation: Evaluation, control: Control, node: InstanceNode) -> tuple[ChoiceItem, ...]:
    """The choices with their labels; name and label of a row of a repeat may be blank still."""
    if control.itemset is None:
        return tuple(
            ChoiceItem(item.name, say(evaluation, item.label, node), picture(evaluation, item.label.text_id, node))
            for item in control.items
        )
    itemset = control.itemset
    return tuple(
        ChoiceItem(
            _text(evaluation, itemset.value, item),
            _label(evaluation, itemset.label, item),
            picture_of_choice(evaluation, itemset, item, node),
        )
        for item in _items(evaluation, itemset, node)
    )


def names_of(evaluation: Evaluation, control: Control, node: InstanceNode) -> list[str]:
    """The names of the choices, in their order."""
    if control.itemset is None:
        return [item.name for item in control.items]
    value = control.itemset.value
    return [_text(evaluation, value, item) for item in _items(evaluation, control.itemset, node)]


def label_of_name(evaluation: Evaluation, node: InstanceNode, name: str) -> str:
    """The label of one choice of the question at `node`; "" when it is not on offer."""
    control = evaluation.form.control_at.get(node.definition.path)
    if control is None:
        return ""
    if control.itemset is None:
        return next((item.label for item in choices_of(evaluation, control, node) if item.name == name), "")
    value, label = control.itemset.value, control.itemset.label
    items = _items(evaluation, control.itemset, node)
    return next((_label(evaluation, label, item) for item in items if _text(evaluation, value, item) == name), "")


def still_offered(evaluation: Evaluation, control: Control, node: InstanceNode) -> str:
    """The answer at `node` without the choices that are not on offer."""
    names = set(names_of(evaluation, control, node))
    if control.kind is ControlKind.SELECT_ONE:
        return node.text if node.text in names else ""
    return " ".join(name for name in node.text.split() if name in names)


def _items(evaluation: Evaluation, itemset: Itemset, node: InstanceNode) -> list[Node]:
    """The nodes behind the choices. A shuffle without a seed of its own is the same at each look."""
    chance = Chance(f"{evaluation.chance.seed}:{reference(node)}")
    return evaluation.nodes(itemset.nodes, node, chance)


def _label(evaluation: Evaluation, label: CompiledExpression, item: Node) -> str:
    """The label of a choice; a row of a file may have a column for the language: label::English (en)."""
    translated = item.cell(f"{label.text}::{evaluation.language}") if isinstance(item, FileRow) else ""
    return translated or _text(evaluation, label, item)


def _text(evaluation: Evaluation, expression: CompiledExpression, item: Node) -> str:
    """The value of `expression` at a choice; the name of a child is looked up without more ado."""
    if isinstance(item, FileRow) and item.has(expression.text):
        return item.cell(expression.text)
    if expression.text.isidentifier():
        found = item.named(expression.text)
        return found[0].string() if found else ""
    return evaluation.string(expression, item)
