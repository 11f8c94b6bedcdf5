"""What is done with each thing heard: one file for each of its kinds."""

from typing import assert_never

from conversations.hearing.command import hear_command
from conversations.hearing.outcome import Outcome
from conversations.hearing.press import hear_press
from conversations.hearing.text import hear_chosen, hear_edited, hear_text, hear_unreadable
from conversations.protocol import Chosen, Commanded, Edited, Heard, Pressed, Typed, Unreadable
from conversations.walk import Walk

__all__ = ["Outcome", "hear"]


def hear(walk: Walk, heard: Heard) -> Outcome:
    """Work out what was heard: the walk is changed, the outcome says what to add to the prompt."""
    match heard:
        case Typed():
            return hear_text(walk, heard)
        case Edited():
            return hear_edited(walk, heard)
        case Pressed():
            return hear_press(walk, heard)
        case Chosen():
            return hear_chosen(walk, heard)
        case Commanded(command):
            return hear_command(walk, command)
        case Unreadable():
            return hear_unreadable(walk, heard)
        case _:
            assert_never(heard)
