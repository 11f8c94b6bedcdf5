"""What expressions may look at in this session: the sheet, the lists, the clock and the dice."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from conversations.forms.definition import FormDefinition
from conversations.forms.xpath import CompiledExpression, Context, Node, XPathError
from conversations.forms.xpath.context import EFFORT, Effort
from conversations.session.instance import InstanceNode, Sheet
from conversations.session.last_saved import Answers, instances_of


class Chance:
    """Numbers in [0, 1) that follow from a seed; `drawn` says how many were taken."""

    def __init__(self, seed: str, drawn: int = 0) -> None:
        self.seed = seed
        self.drawn = drawn

    def __call__(self) -> float:
        """The next number."""
        self.drawn += 1
        return int.from_bytes(digest(f"{self.seed}:{self.drawn}")[:7]) / (1 << 56)


def digest(text: str) -> bytes:
    """32 bytes that follow from `text`."""
    return sha256(text.encode()).digest()


class Evaluation:
    """Evaluates expressions at nodes. An expression that fails at a respondent's answer has no value there.

    `choice_label` and `itext` are what jr:choice-name() and jr:itext() say; the session sets them.
    """

    choice_label: Callable[[Node, str], str]
    itext: Callable[[str], str]

    def __init__(
        self,
        form: FormDefinition,
        sheet: Sheet,
        now: datetime,
        language: str,
        chance: Chance,
        last_saved: Answers = (),
    ) -> None:
        self.form = form
        self.sheet = sheet
        self.now = now
        self.language = language
        self.chance = chance
        self.last_saved: Answers = last_saved
        self.instances = instances_of(form, last_saved)
        self.effort = Effort(EFFORT)

    def context(self, node: Node, chance: Callable[[], float] | None = None) -> Context:
        """The surroundings of an expression at `node`."""
        return Context(
            primary=self.sheet.document,
            node=node,
            now=self.now,
            instances=self.instances,
            choice_label=self.choice_label,
            itext=self.itext,
            chance=chance or self.chance,
            effort=self.effort,
        )

    def string(self, expression: CompiledExpression, node: Node) -> str:
        """The value as text; blank when there is none."""
        try:
            return expression.string(self.context(node))
        except XPathError:
            return ""

    def number(self, expression: CompiledExpression, node: Node) -> float:
        """The value as a number; NaN when there is none."""
        try:
            return expression.number(self.context(node))
        except XPathError:
            return float("nan")

    def holds(self, expression: CompiledExpression | None, node: Node, *, otherwise: bool) -> bool:
        """Whether the condition holds; `otherwise` when there is no condition or it has no value."""
        if expression is None:
            return otherwise
        try:
            return expression.boolean(self.context(node))
        except XPathError:
            return otherwise

    def nodes(self, expression: CompiledExpression, node: Node, chance: Chance | None = None) -> list[Node]:
        """The nodes it selects."""
        try:
            return expression.nodes(self.context(node, chance))
        except XPathError:
            return []


def ghost_row(parent: InstanceNode, name: str) -> InstanceNode:
    """A row that is not on the sheet: where a repeat's own expressions are evaluated while it has no rows."""
    rows = parent.rows(name)
    if rows:
        return rows[0]
    definition = next(child for child in parent.definition.children if child.name == name)
    ghost = InstanceNode(definition)
    ghost.parent = parent
    return ghost
