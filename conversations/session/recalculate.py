"""What follows from a change: relevance, calculations, row counts and choices, each looked at only when it must be.

Changes are put in a queue and worked off in the order of the static graph. Nothing is evaluated that has not
read what changed: so a calculation that the respondent corrected stays until something it depends on changes.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import heappop, heappush

from conversations.forms.definition import NodeDefinition
from conversations.forms.dependencies import Property, Reading, Rule
from conversations.forms.limits import LONGEST_TEXT
from conversations.forms.xpath.context import RULE
from conversations.session.choices import still_offered
from conversations.session.evaluation import Evaluation
from conversations.session.instance import InstanceNode
from conversations.session.lexical import coerced
from conversations.session.relevance import refresh
from conversations.session.repeats import add_row, put_aside, wanted_rows
from conversations.session.sweeps import Sweeps

ENOUGH = 10_000
"""A rule may be looked at so often in one run, or as often as rows can follow from each other, whichever is more:
a rule that has not come to rest by then never will."""

LONGEST_IN_ALL = 10_000_000
"""Characters that are calculated for one answer."""


class Recalculation:
    """The queue. `new_rows` and `changed` are what happened since they were last emptied.

    `reshaped` counts how often nodes came, went, or began or ceased to be relevant.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._graph = evaluation.form.graph
        self._waiting: dict[int, dict[InstanceNode, None]] = {}
        self._orders: list[int] = []
        self.new_rows: list[InstanceNode] = []
        self.changed: list[InstanceNode] = []
        self.reshaped = 0
        self._written = 0

    def assign(self, node: InstanceNode, text: str) -> None:
        """Give a node its value and note who reads it."""
        if node.text == text:
            return
        node.text = text
        self.changed.append(node)
        self._value_changed(node)

    def settle(self, top: InstanceNode) -> None:
        """Note all rules of `top` and of everything below it."""
        for node in top.below():
            for order in self._graph.rules_at.get(node.definition.path, ()):
                if self._graph.rules[order].property is not Property.REPEAT_COUNT:
                    self._wait(order, [node])
            self._settle_counts(node)

    def begin(self, root: InstanceNode) -> None:
        """Work out everything for the first time, which is no change that sets anything off."""
        self.settle(root)
        self.run()
        self.changed.clear()

    def language_changed(self) -> None:
        """Note the rules that depend on the language."""
        for order in self._graph.spoken:
            self._wait(order, self._evaluation.sheet.at(_target_path(self._graph.rules[order])))

    def again(self, orders: Iterable[int]) -> None:
        """Note these rules, wherever they apply."""
        for order in orders:
            self._wait(order, self._evaluation.sheet.at(_target_path(self._graph.rules[order])))

    def rows_changed(self, parent: InstanceNode, repeat: NodeDefinition) -> None:
        """Note who depends on which rows there are."""
        self.reshaped += 1
        for reading in self._graph.row_readers.get(repeat.path, ()):
            self._note(reading, parent)

    def row_added(self, row: InstanceNode) -> None:
        """Note the rules of a new row, and who depends on its being there."""
        self.new_rows.extend(node for node in row.below() if node.definition.repeat)
        self.settle(row)
        holder = row.holder()
        if holder is not None:
            self.rows_changed(holder, row.definition)

    def run(self) -> None:
        """Work the queue off. Rules of rows that feed each other without end are left as they are."""
        self._written = 0
        spent: Counter[int] = Counter()
        sweeps = Sweeps()
        while self._orders:
            order = self._orders[0]
            waiting = self._waiting[order]
            if not waiting or (spent[order] >= ENOUGH and self._is_endless(order, spent[order])):
                del self._waiting[heappop(self._orders)]
                continue
            node = sweeps.next(order, waiting)
            spent[order] += 1
            self._evaluation.effort.spent += RULE
            del waiting[node]
            self._apply(self._graph.rules[order], node)
            waiting.pop(node, None)  # a result does not set off its own rule again

    def _is_endless(self, order: int, spent: int) -> bool:
        """Whether a rule was looked at more often than a chain through all of its rows can take."""
        if spent % ENOUGH:
            return False
        rows = len(self._evaluation.sheet.at(_target_path(self._graph.rules[order])))
        return spent > rows * (rows + 1)

    def _wait(self, order: int, nodes: Iterable[InstanceNode]) -> None:
        if order not in self._waiting:
            self._waiting[order] = {}
            heappush(self._orders, order)
        self._waiting[order].update(dict.fromkeys(nodes))

    def _value_changed(self, node: InstanceNode) -> None:
        for reading in self._graph.readers.get(node.definition.path, ()):
            self._note(reading, node)

    def _note(self, reading: Reading, node: InstanceNode) -> None:
        path = _target_path(self._graph.rules[reading.order])
        sheet = self._evaluation.sheet
        self._wait(reading.order, sheet.at(path) if reading.other_rows else sheet.beside(path, node))

    def _settle_counts(self, node: InstanceNode) -> None:
        for child in node.definition.children:
            if child.repeat and child.repeat.count:
                for order in self._graph.rules_at[child.path]:
                    if self._graph.rules[order].property is Property.REPEAT_COUNT:
                        self._wait(order, [node])

    def _apply(self, rule: Rule, node: InstanceNode) -> None:
        match rule.property:
            case Property.RELEVANT:
                self._relevance(node)
            case Property.CALCULATION:
                result = self._evaluation.string(rule.expression, node)
                self.assign(node, coerced(node.datatype, result) if self._is_bearable(result) else "")
            case Property.REPEAT_COUNT:
                self._count(node, self._evaluation.form.nodes[rule.path])
            case Property.CHOICE_FILTER:
                self._drop_choices(node)

    def _is_bearable(self, result: str) -> bool:
        """Whether there is room for a calculated text: too long a one counts as none."""
        self._written += len(result)
        return len(result) <= LONGEST_TEXT and self._written <= LONGEST_IN_ALL

    def _relevance(self, node: InstanceNode) -> None:
        for changed in refresh(self._evaluation, node):
            self.reshaped += 1
            if changed.text:
                self._value_changed(changed)
            if changed.relevant:
                self._settle_counts(changed)
                self._settle_choices(changed)

    def _settle_choices(self, node: InstanceNode) -> None:
        for order in self._graph.rules_at.get(node.definition.path, ()):
            if self._graph.rules[order].property is Property.CHOICE_FILTER:
                self._wait(order, [node])

    def _count(self, parent: InstanceNode, repeat: NodeDefinition) -> None:
        wanted = wanted_rows(self._evaluation, parent, repeat)
        if wanted is None:
            return
        for _ in range(len(parent.rows(repeat.name)), wanted):
            row = add_row(self._evaluation.sheet, parent, repeat)
            if row is None:
                break
            self.row_added(row)
        for _ in range(wanted, len(parent.rows(repeat.name))):
            put_aside(parent, repeat)
            self.rows_changed(parent, repeat)

    def _drop_choices(self, node: InstanceNode) -> None:
        control = self._evaluation.form.control_at[node.definition.path]
        if node.text and node.relevant:
            self.assign(node, still_offered(self._evaluation, control, node))


def _target_path(rule: Rule) -> str:
    """Where the rule is applied: a row count at the parent of its rows, all others at their node."""
    return rule.path.rpartition("/")[0] if rule.property is Property.REPEAT_COUNT else rule.path
