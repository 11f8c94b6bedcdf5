"""What groups are called in a table: merged ones of many words are named in a line under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from admin_scripts.publication import Panel
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import group_words

LONGEST_NAME = 60
"""Letters. A longer one would make a heading, or a row on a telephone, as high as the table."""


@dataclass(frozen=True, slots=True)
class Called:
    """What each group is called, by its codes with + between them, and the lines that say who is in the merged ones."""

    names: Mapping[str, str]
    notes: tuple[str, ...] = ()


def key(panel: Panel) -> str:
    """The codes of the group."""
    return "+".join(panel.group.codes)


def called(words: Wording, panels: Sequence[Panel]) -> Called:
    """The names of these groups."""
    full = {key(panel): group_words(words, panel) for panel in panels}
    many = [panel for panel in panels if len(panel.group.codes) > 1 and len(full[key(panel)]) > LONGEST_NAME]
    short = {}
    for panel, letter in zip(many, ascii_uppercase, strict=False):
        n = len(panel.group.codes)
        short[key(panel)] = (
            words.say("Merged groups ({n})", n=n)
            if len(many) == 1
            else words.say("Merged groups {letter} ({n})", letter=letter, n=n)
        )
    notes = tuple(f"{name}: {full[codes]}." for codes, name in short.items())
    return Called(full | short, notes)
