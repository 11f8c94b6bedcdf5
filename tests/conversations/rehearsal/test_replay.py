"""A kept conversation replayed with a newer questionnaire: every difference is found, no other is."""

import pytest

from conversations.rehearsal.replay import compare
from conversations.rehearsal.transcript import Setting, Talk
from tests.sheets import form

SHEET = """
| survey |
| | type | name | label | required | constraint | constraint_message |
| | select_one yn | here | Do you work here? | yes | | |
| | text | child | Name of the child? | | | |
| | integer | age | How old are you? | yes | . > 17 | Grown-ups only. |
| | text | why | Why did you come? | | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""
SAID = ("[Take part]", "[Yes]", "Ada", "9", "40", "Because", "[Submit my answers]")


@pytest.fixture(scope="module")
def kept():
    """The transcript of a conversation, with a refusal in it."""
    talk = Talk(form(SHEET), Setting("form.xlsx", title="A survey"))
    for said in SAID:
        talk.hears(said)
    return talk.text()


def newer(kept, *changes):
    """What is found with the sheet of which pieces are replaced."""
    sheet = SHEET
    for before, after in changes:
        assert before in sheet
        sheet = sheet.replace(before, after)
    return compare(form(sheet), kept)


def whats(found):
    return [one.what for one in found.differences]


WHY = "| | text | why"


def test_the_same_questionnaire_is_no_difference(kept):
    """Everything that was said comes out."""
    found = newer(kept)
    assert (found.differences, found.said, found.stopped) == ([], len(SAID), 0)


def test_a_new_question_that_may_be_skipped_is_said_and_left_out(kept):
    """However alike another one; the counter is no difference."""
    found = newer(kept, ("| | integer | age", "| | text | sur | Surname of the child? | | | |\n| | integer | age"))
    assert whats(found) == ["a question that is new"]
    assert found.differences[0].now == ("Surname of the child?",)
    assert (found.said, found.stopped) == (len(SAID), 0)


def test_at_a_new_question_that_must_be_answered_the_comparison_ends(kept):
    """And it is said from where on."""
    found = newer(kept, (WHY, "| | integer | cups | Cups of tea a day? | yes | | |\n" + WHY))
    assert whats(found) == ["a question that is new"]
    assert kept.splitlines()[found.stopped].endswith("Why did you come?")
    assert "must be answered" in found.why


def test_a_question_that_is_gone_is_said_and_the_rest_is_compared(kept):
    """Its answer is missing in what is handed in, too."""
    gone = ("| | text | child | Name of the child? | | | |\n", "")
    found = newer(kept, gone, ("Why did you come?", "Why have you come?"))
    assert whats(found) == ["a question that is gone", "other words", "other answers are kept"]
    assert found.differences[0].kept == ("Name of the child?",)
    assert (found.differences[1].kept, found.differences[1].now) == (("Why did you come?",), ("Why have you come?",))
    assert found.differences[2].kept == ("/data/child: Ada",)


def test_another_label_of_a_choice_is_said_and_pressed_all_the_same(kept):
    """By its place in the list."""
    found = newer(kept, ("| yes | Yes |", "| yes | Of course |"))
    assert [(one.what, one.kept, one.now) for one in found.differences] == [
        ("other choices", ("[Yes]",), ("[Of course]",))
    ]
    assert found.stopped == 0


def test_a_choice_that_is_gone_ends_the_comparison_where_it_was_chosen(kept):
    """It could not be told what would have been said."""
    found = newer(kept, ("| | yn | yes | Yes |\n", ""))
    assert whats(found) == ["other choices", "[Yes] cannot be pressed any more"]
    assert found.stopped


def test_another_refusal_is_said(kept):
    """Other words of it, none any more, or one where there was none."""
    assert whats(newer(kept, ("Grown-ups only.", "Adults only."))) == ["something else is said of the answer"]
    taken = newer(kept, (". > 17", ". > 5"))
    assert whats(taken)[0] == "refused then, taken now"
    refused = newer(kept, (". > 17", ". > 70"))
    assert whats(refused) == ["taken then, refused now"]
    assert "refused now" in refused.why
