"""A long text, written as people write in a chat: in several messages."""

import pytest

from conversations.protocol import Typed
from tests.scenario import Scenario
from tests.sheets import form

FORM = form(
    """
    | survey |
    | | type | name | label | appearance | constraint | constraint_message |
    | | text | story | What happened? | multiline | string-length(.) < 40 | Shorter, please. |
    | | text | place | Where? | | | |
    """
)


@pytest.fixture
def story():
    return Scenario(FORM, language="en").takes_part().asks("story")


def test_several_messages_are_one_answer(story):
    """Line by line, until it is done: the second message does not answer the next question."""
    story.types("First this.").asks("story").says("First this.").says("1 line so far")
    story.types("Then that,\nand that.").asks("story").says("3 lines so far")
    assert "Skip" not in story.actions()
    story.presses("Done").asks("place")
    assert story.kept() == {"story": "First this.\nThen that,\nand that."}


def test_done_can_be_written(story):
    """As every button can; the words of the other buttons are text."""
    story.types("Back").types("Undo").asks("story").types("done").asks("place")
    assert story.kept() == {"story": "Back\nUndo"}


def test_the_last_message_can_be_taken_back(story):
    """With all of them gone the question stands as it stood."""
    story.types("One.").types("Two.").presses("Undo").says("1 line so far").presses("Undo")
    assert "Skip" in story.actions()
    story.types("Three.").presses("Done")
    assert story.kept() == {"story": "Three."}


def test_a_message_that_is_corrected_is_a_part_that_is_corrected(story):
    """While it is written, and afterwards where each message was one line."""
    story.types("One.", "m1").types("Two.", "m2").edits("m1", "Uno.").says("Uno.\nTwo.").presses("Done").asks("place")
    story.edits("m2", "Due.").asks("place")
    assert story.turn.noted == "m2"
    assert story.kept()["story"] == "Uno.\nDue."


def test_a_correction_whose_part_is_not_known_changes_nothing(story):
    """A part of two lines cannot be told from two parts."""
    story.types("One\ntwo.", "m1").types("Three.", "m2").presses("Done").edits("m1", "One.")
    assert story.kept()["story"] == "One\ntwo.\nThree."
    assert "changes no answer" in story.notices()[0]


def test_a_text_that_is_refused_can_be_shortened(story):
    """Nothing that was written is lost by it."""
    story.types("A short one.").types("And one that is rather longer.").presses("Done").asks("story")
    assert story.notices() == ["Shorter, please."]
    story.presses("Undo", "Done").asks("place")
    assert story.kept() == {"story": "A short one."}


def test_a_message_too_much_is_refused_when_it_comes(story):
    """Not at the end, when nobody knows any more which one to take back; what was written before stays."""
    story.types("One.").types("x" * 4092).says("That message was not added: the limit is 4096 characters in all.")
    story.says("One.").says("1 line so far").types("Two.").presses("Done").asks("place")
    assert story.kept() == {"story": "One.\nTwo."}


def test_of_a_long_text_the_end_is_shown(story):
    """One message of the bot, however long: the person's own messages are in the chat."""
    story.types("First " + "x" * 3000).types("The end.").says("The end.").says("2 lines so far")
    assert "First" not in story.text
    assert len(story.text) < 900
    assert story.prompt.value.startswith("First")


def test_a_form_is_sent_in_one_piece(story):
    """The web's text area has room for it all."""
    story.hears(Typed("One.\nTwo.", place=story.prompt.place)).asks("place")
    assert story.kept() == {"story": "One.\nTwo."}


def test_what_was_written_before_stays_until_something_new_is_done(story):
    """Going back to a text shows it, and can keep it."""
    story.types("One.").presses("Done").commands("back").asks("story").says("One.").presses("Keep this answer")
    story.commands("back").types("New.").asks("story").presses("Done").asks("place")
    assert story.kept()["story"] == "New."


def test_messages_without_end_are_not_gathered(story):
    """A hundred are enough for everybody."""
    for number in range(101):
        story.types(str(number))
    assert story.notices() == ["That is too many messages: please press “Done”."]
