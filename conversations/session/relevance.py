"""Which nodes count: their own relevance, and that of all around them."""

from collections.abc import Iterator

from conversations.forms.definition import NodeDefinition
from conversations.session.evaluation import Evaluation, ghost_row
from conversations.session.instance import InstanceNode


def refresh(evaluation: Evaluation, node: InstanceNode) -> list[InstanceNode]:
    """Work out the node's own relevance anew; the nodes, itself included, whose relevance changed by that."""
    node.own = evaluation.holds(node.definition.bind.relevant, node, otherwise=True)
    return list(spread(node))


def spread(node: InstanceNode) -> Iterator[InstanceNode]:
    """Carry relevance from the parent down to what is below; the nodes for which it changed."""
    holder = node.holder()
    relevant = node.own and (holder is None or holder.relevant)
    if relevant is node.relevant:
        return
    below = list(node.inner())  # before: a node that is read later is born with the relevance around it
    node.relevant = relevant
    yield node
    for child in below:
        yield from spread(child)


def is_repeat_relevant(evaluation: Evaluation, parent: InstanceNode, repeat: NodeDefinition) -> bool:
    """Whether a repeat counts in `parent`, be it without rows."""
    if not parent.relevant:
        return False
    ghost = ghost_row(parent, repeat.name)
    return evaluation.holds(repeat.bind.relevant, ghost, otherwise=True)
