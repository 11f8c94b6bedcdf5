"""New answer sheets and new rows, as the author made them."""

from conversations.forms.definition import FormDefinition, NodeDefinition
from conversations.session.instance import InstanceNode, Sheet
from conversations.session.lexical import coerced


def new_sheet(form: FormDefinition) -> Sheet:
    """The sheet as the author made it; repeats with a row count begin without rows."""
    return Sheet(grow(form.root, form.root))


def new_row(definition: NodeDefinition) -> InstanceNode:
    """A new row; repeats in it begin with as many rows as the author gave them in the model of a row."""
    return grow(definition, definition)


def grow(definition: NodeDefinition, given: NodeDefinition) -> InstanceNode:
    """The nodes of a definition, with the values and rows of `given`, the same part of the questionnaire."""
    node = InstanceNode(definition, coerced(definition.bind.datatype, given.text))
    same = {child.name: child for child in given.children}
    for child in definition.children:
        like = same.get(child.name, child)
        node.met[child.name] = []
        if child.repeat:
            _grow_rows(node, child, like.repeat.rows if like.repeat else ())
        else:
            node.add(grow(child, like))
    return node


def _grow_rows(node: InstanceNode, repeat: NodeDefinition, given: tuple[NodeDefinition, ...]) -> None:
    rows = [grow(repeat, row) for row in given]
    if repeat.repeat and repeat.repeat.count:
        node.spare[repeat.name] = rows
        return
    for row in rows:
        node.add(row)
