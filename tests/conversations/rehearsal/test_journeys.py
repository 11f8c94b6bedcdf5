"""The shortest, the usual and the longest way through a questionnaire."""

import pytest

from conversations.minutes import estimated_minutes, seconds_of
from conversations.rehearsal import journeys
from conversations.rehearsal.journeys import journeys_of
from tests.sheets import form
from tests.walks import NOON

YES_NO = """
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""
BRANCHING = form(
    """
    | survey |
    | | type | name | label | relevant | required | calculation |
    | | note | hello | Welcome | | | |
    | | select_one yn | q | Tea? | | yes | |
    | | begin group | g | | ${q} = 'yes' | | |
    | | integer | cups | How many? | | | |
    | | text | why | Why so many? | ${many} = 1 | | |
    | | end group | | | | | |
    | | calculate | many | | | | if(${cups} > 5, 1, 0) |
    | | text | instead | What instead? | ${q} = 'no' | | |
    """
    + YES_NO
)


def lengths(questionnaire):
    """Questions on the three ways."""
    ways = journeys_of(questionnaire, NOON)
    return ways.shortest.questions, ways.usual.questions, ways.longest.questions


def test_branches_that_exclude_each_other_are_not_added_up():
    """Through calculations too: the longest way is one that somebody can go."""
    assert lengths(BRANCHING) == (2, 2, 3)


def test_without_conditions_there_is_one_way():
    """All three are it."""
    plain = form("| survey |\n| | type | name | label |\n| | text | a | A? |\n| | integer | b | B? |")
    assert lengths(plain) == (2, 2, 2)


def test_rows_are_counted_as_often_as_they_are_asked():
    """Of a counted repeat by its count; of an open one once, since its first row is there from the beginning."""
    counted = form(
        """
        | survey |
        | | type | name | label | repeat_count | constraint |
        | | integer | n | How many? | | . <= 3 |
        | | begin repeat | r | Row | ${n} | |
        | | text | x | X? | | |
        | | end repeat | | | | |
        | | begin repeat | s | Other | | |
        | | text | y | Y? | | |
        | | end repeat | | | | |
        """
    )
    assert (lengths(counted)[0], lengths(counted)[2]) == (2, 5)


def test_messages_are_questions_and_the_frame_around_them():
    """The welcome with its notes, the summary, the thanks; asking for another row is a message, too."""
    ways = journeys_of(BRANCHING, NOON)
    assert ways.longest.messages == ways.longest.questions + 3


@pytest.mark.parametrize("words", [0, 100])
def test_minutes_grow_with_the_words(words):
    """200 words are a minute."""
    text = form(f"| survey |\n| | type | name | label |\n| | text | a | A{' more' * words} |")
    (control,) = text.controls
    assert seconds_of(text, control) == pytest.approx(25 + (words + 1) * 60 / 200)


def test_a_language_with_more_words_takes_longer():
    """Each is told by itself."""
    both = form(
        f"""
        | survey |
        | | type | name | label::English (en) | label::Italiano (it) |
        | | note | a | Short | {"parola " * 400} |
        | settings |
        | | default_language |
        | | English (en) |
        """
    )
    assert (estimated_minutes(both), estimated_minutes(both, "Italiano (it)")) == (1, 2)


def chain(length):
    """Each question is asked if the one before it has an answer."""
    conditions = ["", *(f"${{q{number}}} != ''" for number in range(length - 1))]
    rows = "".join(f"| | text | q{number} | Q? | {condition} |\n" for number, condition in enumerate(conditions))
    return form("| survey |\n| | type | name | label | relevant |\n" + rows)


@pytest.mark.no_cover
def test_a_long_chain_of_conditions_is_followed_to_its_end():
    """Though each link shows only after the answer to the one before."""
    shortest, _, longest = lengths(chain(150))
    assert (shortest, longest) == (1, 150)


def test_what_takes_too_long_is_broken_off(monkeypatch):
    """And said, rather than waited for; the work is counted, so it is the same at any speed."""
    monkeypatch.setattr(journeys, "ENOUGH", 10_000)
    monkeypatch.setattr(journeys, "TOO_MUCH", 10_000)
    with pytest.raises(journeys.TooLong):
        lengths(chain(150))
    monkeypatch.setattr(journeys, "TOO_MUCH", 1_000_000)
    assert lengths(chain(150))[2] == 150
