"""Which prompt a message can answer, by the numbers of the messages."""

from bot.facing import Facing
from bot.telegram.sequence import CHATS, Sequence

NAME, ROLE, LAST = (Facing("s", f"/data/{name}") for name in ("name", "role", "last"))


def test_a_message_answers_what_stood_above_it():
    """Not what was sent after it, however late it is heard."""
    sequence = Sequence()
    for number, facing in ((10, NAME), (12, ROLE)):
        sequence.shows(1, facing, number)
    assert [sequence.facing(1, number) for number in (9, 11, 13)] == [Facing(), NAME, ROLE]


def test_a_message_that_was_changed_asks_from_then_on():
    """Its number says nothing about that: what counts is what had come by then; to say it twice changes nothing."""
    sequence = Sequence()
    sequence.shows(1, NAME, 10)
    sequence.shows(1, NAME, 10)
    sequence.came(1, 11)
    sequence.shows(1, ROLE, 10)
    assert [sequence.facing(1, number) for number in (11, 12)] == [NAME, ROLE]


def test_a_copy_of_a_question_leaves_the_first_one_valid():
    """Who answers that has read it."""
    sequence = Sequence()
    for number in (10, 14):
        sequence.shows(1, NAME, number)
    assert sequence.facing(1, 12) == NAME


def test_what_is_not_known_is_not_said():
    """Nothing of a chat that is new here; since when something was asked, of one that was known before."""
    sequence = Sequence()
    assert sequence.facing(1, 5) is None
    sequence.stood(1, NAME)
    sequence.stood(1, LAST)
    assert (sequence.facing(1, 5), sequence.facing(1, 5, is_sure=True)) == (NAME, None)
    sequence.shows(1, ROLE, 7)
    sequence.forget(1)
    assert sequence.facing(1, 8) is None


def test_chats_that_are_long_silent_are_forgotten():
    """The memory is bounded."""
    sequence = Sequence()
    for chat in range(CHATS + 1):
        sequence.shows(chat, NAME, 10)
    assert (sequence.facing(0, 11), sequence.facing(CHATS, 11)) == (None, NAME)
