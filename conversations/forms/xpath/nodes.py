"""The tree that expressions look at: documents, elements and attributes, with their order."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

MAX_DEPTH = 200


class UnreadableDocument(ValueError):
    """The text is not the XML of an instance, or is XML that could do harm."""


class Node:
    """An element; with `name` "" the document above the root element, with `name` "@x" an attribute.

    `children` is changed through `add` and `remove` only, so that the index by name stays true.
    `relevant` is effective relevance (own and inherited): with False the node reads as blank.
    `datatype` is the type of the bind ("int", "decimal", "boolean", "date", ...), "" when there is none.
    """

    __slots__ = ("_by_name", "_lookups", "attributes", "children", "datatype", "name", "parent", "relevant", "text")

    def __init__(self, name: str, text: str = "", *, attributes: dict[str, str] | None = None) -> None:
        self.name = name
        self.text = text
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes = attributes or {}
        self.relevant = True
        self.datatype = ""
        self._by_name: dict[str, list[Node]] | None = None
        self._lookups: dict[tuple[str, str], dict[str, list[Node]]] | None = None

    def string(self) -> str:
        """The string value: own text and that of all descendants; "" where not relevant."""
        if not self.relevant:
            return ""
        if not self.children:
            return self.text
        return self.text + "".join(child.string() for child in self.children)

    def add(self, child: "Node", index: int | None = None) -> "Node":
        """Put `child` at `index` among the children, by default last; returns it."""
        child.parent = self
        self.children.insert(len(self.children) if index is None else index, child)
        self._by_name = None
        return child

    def remove(self, child: "Node") -> None:
        """Take `child` out of the tree."""
        self.children.remove(child)
        child.parent = None
        self._by_name = None

    def named(self, name: str) -> list["Node"]:
        """The child elements of that name, in order; not to be changed."""
        if self._by_name is None:
            by_name: dict[str, list[Node]] = {}
            for child in self.children:
                by_name.setdefault(child.name, []).append(child)
            self._by_name = by_name
        return self._by_name.get(name, [])

    def names(self) -> Iterable[str]:
        """The names of the child elements, each once."""
        self.named("")
        return self._by_name or ()

    def lookup(self, name: str, key: str) -> dict[str, list["Node"]]:
        """The children `name` by the string of their child `key`. Only for trees that never change."""
        if self._lookups is None:
            self._lookups = {}
        found = self._lookups.get((name, key))
        if found is None:
            found = self._lookups[name, key] = self._indexed(name, key)
        return found

    def _indexed(self, name: str, key: str) -> dict[str, list["Node"]]:
        index: dict[str, list[Node]] = {}
        for child in self.named(name):
            for text in dict.fromkeys(leaf.string() for leaf in child.named(key)):
                index.setdefault(text, []).append(child)
        return index

    def attribute_nodes(self) -> list["Node"]:
        """The attributes as nodes; made anew at each call, equal by owner and name."""
        return [attribute_of(self, name) for name in self.attributes]

    def position(self) -> int:
        """The 1-based place among the siblings of the same name."""
        return 1 if self.parent is None else self.parent.named(self.name).index(self) + 1

    def ancestors(self) -> Iterator["Node"]:
        """The parent, its parent and so on up to the document."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self) -> Iterator["Node"]:
        """All elements below, in document order."""
        for child in self.children:
            yield child
            yield from child.descendants()

    def order(self) -> tuple[int, ...]:
        """A key that sorts nodes of one tree into document order."""
        if self.parent is None:
            return ()
        if self.name.startswith("@"):
            return (*self.parent.order(), -1, list(self.parent.attributes).index(self.name[1:]))
        return (*self.parent.order(), self.parent.children.index(self))


def document(root: Node) -> Node:
    """The document node above `root`: what the path `/` means."""
    above = Node("")
    above.add(root)
    return above


def attribute_of(owner: Node, name: str) -> Node:
    """The attribute `name` of `owner` as a node; its parent is the owner, which does not list it as a child."""
    node = Node("@" + name, owner.attributes[name])
    node.parent = owner
    return node


def parse_document(xml: str) -> Node:
    """The document node of an XML text. Names keep no namespace. Raises `UnreadableDocument`."""
    try:
        element = ElementTree.fromstring(xml, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise UnreadableDocument(str(error)) from error
    return document(_node(element, 0))


def _node(element: Element, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise UnreadableDocument(f"elements are nested more than {MAX_DEPTH} deep")
    attributes = {_local(name): value for name, value in element.attrib.items()}
    node = Node(_local(element.tag), element.text or "", attributes=attributes)
    for child in element:
        node.add(_node(child, depth + 1))
    return node


def _local(name: str) -> str:
    return name.rpartition("}")[2]
