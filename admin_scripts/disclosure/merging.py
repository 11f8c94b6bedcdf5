"""Small groups are put together, always with the same partner, so that no two tables can be subtracted.

The order in which groups would be merged is one tree for a whole publication. Every question shows a cut of it.
Two cuts differ only by what a branch consists of, never by groups that overlap.
"""

from collections.abc import Mapping, Sequence

Node = tuple[int, ...]
"""The places of the groups that are one; a single group is (place,)."""


def tree_of(sizes: Sequence[int]) -> Mapping[Node, Node]:
    """Child -> parent: the two smallest are merged until all are one. Of groups of the same size, the first."""
    nodes: list[tuple[Node, int]] = [((place,), size) for place, size in enumerate(sizes)]
    parents: dict[Node, Node] = {}
    while len(nodes) > 1:
        nodes.sort(key=lambda node: (node[1], node[0]))
        (one, small), (other, next_small), *nodes = nodes
        parents[one] = parents[other] = merged = tuple(sorted((*one, *other)))
        nodes.append((merged, small + next_small))
    return parents


def cut(parents: Mapping[Node, Node], sizes: Sequence[int], k: int) -> tuple[Node, ...]:
    """The finest groups of which each has at least k; () if fewer than two are left."""
    nodes: set[Node] = {(place,) for place in range(len(sizes))}
    while len(nodes) > 1:
        small = min(nodes, key=lambda node: (size_of(node, sizes), node))
        if size_of(small, sizes) >= k:
            return tuple(sorted(nodes))
        merged = parents[small]
        nodes = {node for node in nodes if not set(node) <= set(merged)} | {merged}
    return ()


def size_of(node: Node, sizes: Sequence[int]) -> int:
    """How many people are in the groups together."""
    return sum(sizes[place] for place in node)
