"""Answers that reach the wrong question: typed ahead, overtaken, or to an older message."""

import pytest

from conversations.protocol import Misplaced
from tests.scenario import Scenario
from tests.sheets import form

FORM = form(
    """
    | survey |
    | | type | name | label |
    | | text | name | Your name? |
    | | text | role | Your role? |
    """
)
EARLIER = "belongs to an earlier question"


@pytest.fixture
def walk():
    return Scenario(FORM, language="en").takes_part().types("Ann").asks("role")


def test_what_was_meant_for_another_question_changes_nothing(walk):
    """That question can be answered again from there."""
    walk.hears(Misplaced("/data/name", "m")).asks("role").says(EARLIER)
    assert walk.kept() == {"name": "Ann"}
    walk.presses("Change that answer").asks("name")


@pytest.mark.parametrize("place", ["", "/data/unknown", "~welcome"])
def test_where_it_belongs_may_be_unknown(walk, place):
    """Then there is nothing to press for it."""
    walk.hears(Misplaced(place)).asks("role").says(EARLIER)
    assert "Change that answer" not in walk.actions()


def test_nothing_is_changed_after_the_end(walk):
    """It is said, as of everything else."""
    walk.types("Clerk").presses("Submit").hears(Misplaced("/data/role")).says("can no longer be changed")
