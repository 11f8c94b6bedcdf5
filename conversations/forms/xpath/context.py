"""What an evaluation may look at: the answers, the lists beside them, the clock and the dice, all handed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.nodes import Node

EFFORT = 3_000_000
"""Nodes that may be looked at for one answer: some seconds, where a usual answer needs some hundred nodes."""


RULE = 25
"""Nodes that could be looked at in the time that a rule takes by itself."""


def _no_label(_node: Node, _value: str) -> str:
    raise XPathError("jr:choice-name() needs a questionnaire around it")


def _no_text(_text_id: str) -> str:
    raise XPathError("jr:itext() needs a questionnaire around it")


def _no_chance() -> float:
    raise XPathError("random() needs a source of chance")


@dataclass(slots=True)
class Effort:
    """How much may still be looked at: an expression that looks at everything for everything would never end."""

    left: int
    spent: int = 0
    """Since the beginning, up to the last `renew`; a rule that is worked out counts as `RULE` nodes."""

    def renew(self) -> None:
        """The next answer may look at as much again."""
        self.spent += EFFORT - self.left
        self.left = EFFORT

    def spend(self, nodes: int) -> None:
        """So many nodes are looked at. Raises XPathError when that is too many."""
        self.left -= nodes
        if self.left < 0:
            raise XPathError("the expressions look at too many nodes")


@dataclass(slots=True)
class Context:
    """One evaluation's surroundings.

    `primary`: the document node of the primary instance, the root of every absolute path.
    `node`: the context node, and what `current()` and `.` mean at the top of the expression.
    `instances`: the document node of each secondary instance by its id.
    `now`: aware; its tzinfo is the respondent's time zone.
    `choice_label(question, value)`: the label of choice `value` of the question at the node `question`.
    `itext(text_id)`: the text in the current language.
    `chance()`: a number in [0, 1), each call another; also feeds `uuid()` and unseeded `randomize()`.
    `effort`: what bounds the evaluation; shared by all that belong together.
    """

    primary: Node
    node: Node
    now: datetime
    instances: Mapping[str, Node] = field(default_factory=dict)
    choice_label: Callable[[Node, str], str] = _no_label
    itext: Callable[[str], str] = _no_text
    chance: Callable[[], float] = _no_chance
    effort: Effort = field(default_factory=lambda: Effort(EFFORT))


@dataclass(slots=True)
class Frame:
    """Where an evaluation stands inside its context: the node of `.`, its place and how many there are."""

    context: Context
    node: Node
    position: int = 1
    size: int = 1

    @property
    def zone(self) -> tzinfo:
        """The respondent's time zone."""
        return self.context.now.tzinfo or UTC
