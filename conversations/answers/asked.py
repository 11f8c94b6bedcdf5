"""What a reader is given, and what it gives back when it cannot read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from conversations.forms import ControlKind
from conversations.phrases import Phrases, phrases_for
from conversations.session.walk import ChoiceItem


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its answers need it: `choices` in the order shown, `today` for the respondent, `language` a tag.

    `signs` are the numbers that stand for the choices of a scale, "" for one that has none; () for no scale.
    """

    kind: ControlKind
    choices: tuple[ChoiceItem, ...]
    parameters: Mapping[str, str]
    appearance: tuple[str, ...]
    today: date
    language: str
    signs: tuple[str, ...] = ()

    @property
    def phrases(self) -> Phrases:
        """The sentences in the respondent's language."""
        return phrases_for(self.language)


@dataclass(frozen=True, slots=True)
class Slip:
    """An answer that could not be read: what to say about it, in the respondent's language."""

    words: str


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of question reads what was said, and shows what is stored (never "")."""

    read: Callable[[Asked, str], str | Slip]
    show: Callable[[Asked, str], str]
