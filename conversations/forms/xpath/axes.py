"""Where a step of a path can go: the axes of XPath 1.0 and the node tests."""

from collections.abc import Callable, Iterator
from itertools import takewhile

from conversations.forms.xpath.nodes import Node

Axis = Callable[[Node], list[Node]]


def _children(node: Node) -> list[Node]:
    return node.children


def _parent(node: Node) -> list[Node]:
    return [] if node.parent is None else [node.parent]


def _self(node: Node) -> list[Node]:
    return [node]


def _ancestors(node: Node) -> list[Node]:
    return [*node.ancestors()]


def _descendants(node: Node) -> list[Node]:
    return [*node.descendants()]


def _siblings(node: Node) -> list[Node]:
    return [node] if node.parent is None or node.name[:1] in {"@", "#"} else node.parent.children


def _following_siblings(node: Node) -> list[Node]:
    siblings = _siblings(node)
    return siblings[_place(node, siblings) + 1 :]


def _preceding_siblings(node: Node) -> list[Node]:
    return [*takewhile(lambda sibling: sibling is not node, _siblings(node))][::-1]


def _following(node: Node) -> list[Node]:
    return [*_trees(sibling for one in [node, *node.ancestors()] for sibling in _following_siblings(one))]


def _preceding(node: Node) -> list[Node]:
    before = [sibling for one in [node, *node.ancestors()] for sibling in _preceding_siblings(one)]
    return [found for sibling in before for found in [*_trees(iter([sibling]))][::-1]]


def _trees(tops: Iterator[Node]) -> Iterator[Node]:
    for top in tops:
        yield top
        yield from top.descendants()


def _place(node: Node, siblings: list[Node]) -> int:
    return next(place for place, sibling in enumerate(siblings) if sibling is node)


AXES: dict[str, Axis] = {
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: [node, *node.ancestors()],
    "attribute": Node.attribute_nodes,
    "child": _children,
    "descendant": _descendants,
    "descendant-or-self": lambda node: [node, *node.descendants()],
    "following": _following,
    "following-sibling": _following_siblings,
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _preceding_siblings,
    "self": _self,
}


def walk_for(axis: str, test: str) -> Axis:
    """The nodes on `axis` that pass `test`, as a function of the node to start from."""
    if axis == "child" and test not in {"*", "node()"} and not test.endswith("()"):
        return lambda node: node.named(test)
    if test == "text()":
        return _text_nodes if axis == "child" else lambda _node: []
    if test in {"comment()", "processing-instruction()"}:
        return lambda _node: []
    along = AXES[axis]
    if test == "node()" or (test == "*" and axis in {"child", "attribute", "descendant"}):
        return along
    if test == "*":
        return lambda node: [found for found in along(node) if found.name]
    wanted = "@" + test if axis == "attribute" else test
    return lambda node: [found for found in along(node) if found.name == wanted]


def _text_nodes(node: Node) -> list[Node]:
    if not node.text or not node.relevant:
        return []
    text = Node("#text", node.text)
    text.parent = node
    return [text]
