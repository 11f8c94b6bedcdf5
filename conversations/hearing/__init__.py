"""What is done with each thing heard: one file for each of its kinds."""

from dataclasses import replace
from typing import assert_never

from conversations.hearing.command import hear_command
from conversations.hearing.consequences import consequences
from conversations.hearing.misplaced import hear_misplaced
from conversations.hearing.outcome import Outcome
from conversations.hearing.press import hear_press
from conversations.hearing.received import hear_located, hear_not_received, hear_sent, hear_unreadable
from conversations.hearing.renewal import speaks_of_before
from conversations.hearing.text import hear_chosen, hear_edited, hear_text
from conversations.prompts.renewal import told_blocks
from conversations.protocol import (
    Chosen,
    Commanded,
    Edited,
    Heard,
    Located,
    Misplaced,
    NotReceived,
    Pressed,
    Sent,
    Typed,
    Unreadable,
)
from conversations.walk import Walk

__all__ = ["Outcome", "hear"]


def hear(walk: Walk, heard: Heard) -> Outcome:
    """Work out what was heard: the walk is changed, the outcome says what to add to the prompt."""
    told = told_blocks(walk)
    is_of_before = speaks_of_before(walk, heard)
    walk.set(renewal=None)
    outcome = Outcome(asks_again=True) if is_of_before else _hear(walk, heard)
    led_to = consequences(walk)
    if not (told or led_to):
        return outcome
    return replace(outcome, notices=(*told, *outcome.notices, *led_to))


def _hear(walk: Walk, heard: Heard) -> Outcome:
    match heard:
        case Typed():
            return hear_text(walk, heard)
        case Edited():
            return hear_edited(walk, heard)
        case Pressed():
            return hear_press(walk, heard)
        case Chosen():
            return hear_chosen(walk, heard)
        case Commanded():
            return hear_command(walk, heard)
        case _:
            return _hear_thing(walk, heard)


def _hear_thing(walk: Walk, heard: Located | Sent | NotReceived | Unreadable | Misplaced) -> Outcome:
    match heard:
        case Located():
            return hear_located(walk, heard)
        case Sent():
            return hear_sent(walk, heard)
        case NotReceived():
            return hear_not_received(walk, heard)
        case Unreadable():
            return hear_unreadable(walk, heard)
        case Misplaced():
            return hear_misplaced(walk, heard)
        case _:
            assert_never(heard)
