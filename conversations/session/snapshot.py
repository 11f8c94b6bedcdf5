"""A session as JSON. What nobody has looked at since it was read is written as it was read."""

from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode, Stored


def write(evaluation: Evaluation) -> dict[str, object]:
    """The snapshot; what is empty is left out, and what a later version of the program wrote besides stays.

    `values` by ref; `rows` by the ref of a repeat; `spare` says how many rows after those are kept aside;
    `hidden` are the nodes that are not relevant by themselves.
    """
    writer = _Writer(evaluation.sheet.stored)
    writer.node(evaluation.sheet.root, f"/{evaluation.sheet.root.name}")
    written = {
        "language": evaluation.language,
        "seed": evaluation.chance.seed,
        "drawn": evaluation.chance.drawn,
        "values": writer.values,
        "rows": writer.rows,
        "spare": writer.spare,
        "hidden": sorted(writer.hidden),
        "last_saved": [list(answer) for answer in evaluation.last_saved],
    }
    before = evaluation.sheet.stored.snapshot if evaluation.sheet.stored else {}
    unknown = {name: value for name, value in before.items() if name not in written}
    return unknown | {name: value for name, value in written.items() if value}


class _Writer:
    """What was read, and over it what is in memory now."""

    def __init__(self, stored: Stored | None) -> None:
        self.values = dict(stored.values) if stored else {}
        self.rows = dict(stored.rows) if stored else {}
        self.spare = dict(stored.spare) if stored else {}
        self.hidden = set(stored.hidden) if stored else set()

    def node(self, node: InstanceNode, ref: str, *, whole: bool = False) -> None:
        """What is known of the node and of those below it; `whole` for one that was elsewhere when it was read."""
        if node.text:
            self.values[ref] = node.text
        else:
            self.values.pop(ref, None)
        if node.own:
            self.hidden.discard(ref)
        else:
            self.hidden.add(ref)
        if whole:
            _ = node.children  # are read now
        for name, found in node.met.items():
            below = f"{ref}/{name}"
            if found and not found[0].definition.repeat:
                self.node(found[0], below, whole=whole)
            else:
                self._rows(node, name, below, whole=whole)

    def _rows(self, node: InstanceNode, name: str, ref: str, *, whole: bool) -> None:
        rows, spare = node.rows(name), node.spare.get(name, [])
        before = self.rows.get(ref, 0) + self.spare.get(ref, 0)
        at_home = 0 if whole else _at_home([*rows, *spare], ref)
        if at_home < before:
            self._forget(f"{ref}[")
            at_home = 0
        _put(self.rows, ref, len(rows))
        _put(self.spare, ref, len(spare))
        for position, row in enumerate([*rows, *spare], start=1):
            self.node(row, f"{ref}[{position}]", whole=position > at_home)

    def _forget(self, beginning: str) -> None:
        """Leave out what was read of the rows of a repeat."""
        for known in (self.values, self.rows, self.spare):
            for ref in [ref for ref in known if ref.startswith(beginning)]:
                del known[ref]
        self.hidden = {ref for ref in self.hidden if not ref.startswith(beginning)}


def _at_home(rows: list[InstanceNode], ref: str) -> int:
    """How many rows are where they were when they were read."""
    places = enumerate(rows, start=1)
    return next((place - 1 for place, row in places if row.address != f"{ref}[{place}]"), len(rows))


def _put(counts: dict[str, int], ref: str, count: int) -> None:
    if count:
        counts[ref] = count
    else:
        counts.pop(ref, None)
