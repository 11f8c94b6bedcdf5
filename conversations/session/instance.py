"""The answer sheet of one respondent: nodes as the definition says, rows of repeats, and how each is addressed."""

import re
from collections.abc import Callable, Iterator
from typing import cast

from conversations.forms.definition import FormDefinition, NodeDefinition
from conversations.forms.dependencies import is_below
from conversations.forms.xpath import Node, document
from conversations.session.lexical import coerced

_STEP = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")


class InstanceNode(Node):
    """A node of the answer sheet. `own` is its own relevance; `relevant`, of `Node`, counts its ancestors' too.

    `spare` keeps, by name of a repeat, the rows that a smaller row count took away, for when it grows again.
    """

    __slots__ = ("definition", "own", "spare")

    def __init__(self, definition: NodeDefinition, text: str = "") -> None:
        super().__init__(definition.name, text, attributes=definition.attributes)
        self.datatype = definition.bind.datatype
        self.definition = definition
        self.own = True
        self.spare: dict[str, list[InstanceNode]] = {}

    def rows(self, name: str) -> list["InstanceNode"]:
        """The children of that name, of a repeat its rows; not to be changed."""
        return cast(list[InstanceNode], self.named(name))

    def inner(self) -> Iterator["InstanceNode"]:
        """The children, in order."""
        return iter(cast(list[InstanceNode], self.children))

    def holder(self) -> "InstanceNode | None":
        """The parent, unless this is the root."""
        return self.parent if isinstance(self.parent, InstanceNode) else None

    def below(self) -> Iterator["InstanceNode"]:
        """Itself and all below it, in document order."""
        yield self
        for child in self.inner():
            yield from child.below()


class Sheet:
    """The whole of an answer sheet."""

    def __init__(self, root: InstanceNode) -> None:
        self.root = root
        self.document = document(root)
        self._alone: dict[str, InstanceNode] = {}  # nodes outside repeats, by path, as they are found

    def find(self, ref: str) -> InstanceNode | None:
        """The node at a ref such as /data/rep[2]/q; a missing position means the first."""
        steps = _STEP.findall(ref)
        if not steps or steps[0][0] != self.root.name:
            return None
        node = self.root
        for name, position in steps[1:]:
            found = node.rows(name)
            place = int(position or 1) - 1
            if not 0 <= place < len(found):
                return None
            node = found[place]
        return node

    def at(self, path: str, within: InstanceNode | None = None) -> list[InstanceNode]:
        """The nodes of a generic path, in document order, those below `within`."""
        top = within or self.root
        if top.definition.path == path:
            return [top]
        if within is None and path in self._alone:
            return [self._alone[path]]
        found = [top]
        for name in path[len(top.definition.path) + 1 :].split("/"):
            found = [child for node in found for child in node.rows(name)]
        if len(found) == 1 and within is None and self.shared_row(path, found[0]) is None:
            self._alone[path] = found[0]
        return found

    def beside(self, path: str, node: InstanceNode) -> list[InstanceNode]:
        """The nodes of a generic path in the innermost row that they share with `node`."""
        return self.at(path, self.shared_row(path, node))

    def shared_row(self, path: str, node: InstanceNode) -> InstanceNode | None:
        """The innermost row around `node` in which `path` lies as well."""
        row: InstanceNode | None = node
        while row is not None:
            if row.definition.repeat and is_below(path, row.definition.path):
                return row
            row = row.holder()
        return None


def reference(node: InstanceNode) -> str:
    """The ref of a node: /data/rep[2]/q."""
    holder = node.holder()
    above = "" if holder is None else reference(holder)
    position = f"[{node.position()}]" if node.definition.repeat else ""
    return f"{above}/{node.name}{position}"


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
