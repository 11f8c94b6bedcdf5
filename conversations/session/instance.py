"""The answer sheet of one respondent: nodes as the definition says, rows of repeats, and how each is addressed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from conversations.forms.definition import FormDefinition, NodeDefinition
from conversations.forms.dependencies import is_below
from conversations.forms.limits import NODE_LIMIT
from conversations.forms.xpath import Node, document

_PLACE = re.compile(r"\[\d+\]")


class Stored:
    """A snapshot from which nodes are made as somebody looks at them: an answer looks at few of them.

    `nodes` are the questionnaire's definitions by path; the others are the snapshot's, by ref.
    """

    def __init__(self, nodes: Mapping[str, NodeDefinition], snapshot: Mapping[str, Any]) -> None:
        self.nodes = nodes
        self.values: Mapping[str, str] = snapshot.get("values", {})
        self.rows: Mapping[str, int] = snapshot.get("rows", {})
        self.spare: Mapping[str, int] = snapshot.get("spare", {})
        self.hidden = frozenset(snapshot.get("hidden", ()))
        self.snapshot = snapshot


class InstanceNode(Node):
    """A node of the answer sheet. `own` is its own relevance; `relevant`, of `Node`, counts its ancestors' too.

    `spare` keeps, by name of a repeat, the rows that a smaller row count took away, for when it grows again.
    `met` are the children by name; with `stored`, only those that somebody has asked for, and `address` is the ref
    that this node had in the snapshot.
    """

    __slots__ = ("_all", "_stored", "address", "definition", "met", "own", "spare")

    def __init__(
        self, definition: NodeDefinition, text: str = "", *, stored: Stored | None = None, address: str = ""
    ) -> None:
        self.name = definition.name
        self.text = text
        self.parent = None
        self.attributes = definition.attributes
        self.relevant = True
        self.datatype = definition.bind.datatype
        self._lookups = None
        self.definition = definition
        self.own = True
        self.spare: dict[str, list[InstanceNode]] = {}
        self.met: dict[str, list[InstanceNode]] = {}
        self._all: list[Node] | None = None
        self._stored = stored
        self.address = address

    @property
    def children(self) -> list[Node]:  # type: ignore[override]
        """All children in document order; changed by `add` and `remove` only."""
        if self._all is None:
            names = [child.name for child in self.definition.children] if self._stored else list(self.met)
            self._all = [child for name in names for child in self.named(name)]
        return self._all

    def string(self) -> str:
        """As of any node; quick for a leaf."""
        if self.definition.children:
            return super().string()
        return self.text if self.relevant else ""

    def add(self, child: Node, index: int | None = None) -> Node:
        """Put `child` at `index` among those of its name, by default last; returns it."""
        namesakes = self.rows(child.name)
        place = len(namesakes) if index is None else index
        child.parent = self
        self.met[child.name] = [*namesakes[:place], cast(InstanceNode, child), *namesakes[place:]]
        self._all = None
        return child

    def remove(self, child: Node) -> None:
        """Take `child` out of the tree."""
        self.met[child.name] = [one for one in self.rows(child.name) if one is not child]
        child.parent = None
        self._all = None

    def named(self, name: str) -> list[Node]:
        """The children of that name, in order; not to be changed."""
        return cast(list[Node], self.rows(name))

    def rows(self, name: str) -> list["InstanceNode"]:
        """The children of that name, of a repeat its rows; not to be changed."""
        found = self.met.get(name)
        return self._read(name) if found is None else found

    def has_relevant(self, name: str) -> bool:
        """Whether the one child of that name is relevant; it is not made for the question."""
        found = self.met.get(name)
        if found is not None:
            return bool(found) and found[0].relevant
        return self.relevant and self._stored is not None and f"{self.address}/{name}" not in self._stored.hidden

    def value_of(self, name: str) -> str | None:
        """What the first child of that name reads as, None without one; a leaf is not made for the question."""
        stored = self._stored if name not in self.met else None
        definition = stored.nodes.get(f"{self.definition.path}/{name}") if stored else None
        if stored is None or definition is None or definition.children:
            found = self.rows(name)
            return found[0].string() if found else None
        return stored.values.get(f"{self.address}/{name}", "") if self.has_relevant(name) else ""

    def _read(self, name: str) -> list["InstanceNode"]:
        """The children as the snapshot has them."""
        stored = self._stored
        definition = stored.nodes.get(f"{self.definition.path}/{name}") if stored else None
        if stored is None or definition is None:
            return []
        address = f"{self.address}/{name}"
        if not definition.repeat:
            self.met[name] = [self._child(stored, definition, address)]
            return self.met[name]
        attached = stored.rows.get(address, 0)
        places = range(1, attached + stored.spare.get(address, 0) + 1)
        rows = [self._child(stored, definition, f"{address}[{place}]") for place in places]
        self.met[name] = rows[:attached]
        if rows[attached:]:
            self.spare[name] = rows[attached:]
        return self.met[name]

    def _child(self, stored: Stored, definition: NodeDefinition, address: str) -> "InstanceNode":
        node = InstanceNode(definition, stored.values.get(address, ""), stored=stored, address=address)
        node.parent = self
        node.own = address not in stored.hidden
        node.relevant = node.own and self.relevant
        return node

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

    def __init__(self, root: InstanceNode, stored: Stored | None = None) -> None:
        self.root = root
        self.stored = stored
        self.document = document(root)
        self._top = f"/{root.name}"
        self._size: int | None = None
        self._alone: dict[str, InstanceNode] = {}  # nodes outside repeats, by path, as they are found

    def has_room(self, repeat: NodeDefinition) -> bool:
        """Whether one more row fits; if so, room is made for it."""
        if self._size is None:
            self._size = _size_of(self.stored) if self.stored else sum(1 for _ in self.root.below())
        if self._size + repeat.size > NODE_LIMIT:
            return False
        self._size += repeat.size
        return True

    def find(self, ref: str) -> InstanceNode | None:
        """The node at a ref such as /data/rep[2]/q; a missing position means the first."""
        top, *steps = ref.removeprefix("/").split("/")
        if top.partition("[")[0] != self.root.name:
            return None
        node = self.root
        for step in steps:
            name, _, position = step.partition("[")
            found = node.rows(name)
            place = int(position[:-1]) - 1 if position[:-1].isdecimal() else 0
            if not 0 <= place < len(found):
                return None
            node = found[place]
        return node

    def value(self, ref: str) -> str | None:
        """What the node at a ref reads as, None where there is none."""
        above, _, name = ref.rpartition("/")
        holder = self.root if above == self._top else self.find(above)
        if holder is not None and not name.endswith("]"):
            return holder.value_of(name)
        node = self.find(ref)
        return None if node is None else node.string()

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


def stored_sheet(form: FormDefinition, snapshot: Mapping[str, Any]) -> Sheet:
    """The sheet that a snapshot was written from."""
    stored = Stored(form.nodes, snapshot)
    address = f"/{form.root.name}"
    root = InstanceNode(form.root, stored.values.get(address, ""), stored=stored, address=address)
    root.own = root.relevant = address not in stored.hidden
    return Sheet(root, stored)


def _size_of(stored: Stored) -> int:
    """How many nodes a snapshot has, without making them."""
    counts = [*stored.rows.items(), *stored.spare.items()]
    return len(stored.nodes) + sum(count * stored.nodes[_PLACE.sub("", ref)].size for ref, count in counts)
