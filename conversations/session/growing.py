"""New answer sheets and new rows, as the author made them."""

from collections.abc import Callable

from conversations.forms.definition import FormDefinition, NodeDefinition
from conversations.session.instance import InstanceNode, Sheet
from conversations.session.lexical import coerced


def new_sheet(form: FormDefinition) -> Sheet:
    """The sheet as the author made it; repeats with a row count begin without rows."""
    return Sheet(grow(form.root, _initial_rows))


def new_row(definition: NodeDefinition) -> InstanceNode:
    """A new row; repeats in it have no rows yet."""
    return grow(definition, lambda _: ())


def grow(definition: NodeDefinition, rows_of: Callable[[NodeDefinition], tuple[NodeDefinition, ...]]) -> InstanceNode:
    """The nodes of a definition, with the rows that `rows_of` a repeat says."""
    node = InstanceNode(definition, coerced(definition.bind.datatype, definition.text))
    for child in definition.children:
        node.met[child.name] = []
        if child.repeat:
            _grow_rows(node, child, rows_of)
        else:
            node.add(grow(child, rows_of))
    return node


def _grow_rows(
    node: InstanceNode, repeat: NodeDefinition, rows_of: Callable[[NodeDefinition], tuple[NodeDefinition, ...]]
) -> None:
    rows = [grow(row, rows_of) for row in rows_of(repeat)]
    for row in rows:
        row.definition = repeat
    if repeat.repeat and repeat.repeat.count:
        node.spare[repeat.name] = rows
        return
    for row in rows:
        node.add(row)


def _initial_rows(repeat: NodeDefinition) -> tuple[NodeDefinition, ...]:
    return repeat.repeat.rows if repeat.repeat else ()
