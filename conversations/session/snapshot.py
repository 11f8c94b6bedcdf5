"""A session as JSON and back. Putting values back fires nothing: no calculation, no event, no filter."""

from collections.abc import Mapping
from typing import Any

from conversations.forms.definition import FormDefinition, NodeDefinition
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode, Sheet


def write(evaluation: Evaluation) -> dict[str, object]:
    """The snapshot; what is empty is left out.

    `values` by ref; `rows` by the ref of a repeat; `spare` says how many rows after those are kept aside;
    `hidden` are the nodes that are not relevant by themselves.
    """
    writer = _Writer()
    writer.node(evaluation.sheet.root, f"/{evaluation.sheet.root.name}")
    written = {
        "language": evaluation.language,
        "seed": evaluation.chance.seed,
        "drawn": evaluation.chance.drawn,
        "values": writer.values,
        "rows": writer.rows,
        "spare": writer.spare,
        "hidden": writer.hidden,
    }
    return {name: value for name, value in written.items() if value}


class _Writer:
    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.spare: dict[str, int] = {}
        self.hidden: list[str] = []

    def node(self, node: InstanceNode, ref: str) -> None:
        if node.text:
            self.values[ref] = node.text
        if not node.own:
            self.hidden.append(ref)
        for child in node.definition.children:
            below = f"{ref}/{child.name}"
            if child.repeat:
                self._rows(node, child.name, below)
            else:
                self.node(node.rows(child.name)[0], below)

    def _rows(self, node: InstanceNode, name: str, ref: str) -> None:
        rows, spare = node.rows(name), node.spare.get(name, [])
        if rows:
            self.rows[ref] = len(rows)
        if spare:
            self.spare[ref] = len(spare)
        for position, row in enumerate([*rows, *spare], start=1):
            self.node(row, f"{ref}[{position}]")


def read_sheet(form: FormDefinition, snapshot: Mapping[str, Any]) -> Sheet:
    """The sheet that `write` saw."""
    return Sheet(_Reader(snapshot).node(form.root, f"/{form.root.name}", around=True))


class _Reader:
    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self._values: Mapping[str, str] = snapshot.get("values", {})
        self._rows: Mapping[str, int] = snapshot.get("rows", {})
        self._spare: Mapping[str, int] = snapshot.get("spare", {})
        self._hidden = frozenset(snapshot.get("hidden", ()))

    def node(self, definition: NodeDefinition, ref: str, *, around: bool) -> InstanceNode:
        """The node and what is below it; `around` says whether all around it is relevant."""
        node = InstanceNode(definition, self._values.get(ref, ""))
        node.own = ref not in self._hidden
        node.relevant = around and node.own
        for child in definition.children:
            below = f"{ref}/{child.name}"
            if child.repeat:
                self._add_rows(node, child, below)
            else:
                node.add(self.node(child, below, around=node.relevant))
        return node

    def _add_rows(self, node: InstanceNode, repeat: NodeDefinition, ref: str) -> None:
        attached = self._rows.get(ref, 0)
        positions = range(1, attached + self._spare.get(ref, 0) + 1)
        rows = [self.node(repeat, f"{ref}[{position}]", around=node.relevant) for position in positions]
        for row in rows[:attached]:
            node.add(row)
        if rows[attached:]:
            node.spare[repeat.name] = rows[attached:]
