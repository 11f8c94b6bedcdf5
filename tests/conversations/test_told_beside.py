"""What a session holds besides answers is told back, too: what is not confirmed, and answers of the survey before."""

from conversations.session import Known
from conversations.told_beside import told_of_before, told_unconfirmed
from conversations.turn import begin
from tests.scenario import NOON, TERMS, Scenario
from tests.sheets import form

DRAFTS = form("""
| survey  |
|         | type              | name  | label       | appearance |
|         | text              | name  | Your name?  |            |
|         | select_multiple s | which | What with?  |            |
|         | rank s            | order | In order?   |            |
|         | text              | story | Your story? | multiline  |
|         | geotrace          | way   | Your way?   |            |
|         | date              | day   | Which day?  |            |
| choices |
|         | list_name | name | label |
|         | s         | milk | Milk  |
|         | s         | ice  | Ice   |
""")
YEARLY = form("""
| survey   |
|          | type | name   | label  | appearance | default              |
|          | text | office | Where? |            | ${last-saved#office} |
|          | text | secret | And?   | masked     | ${last-saved#secret} |
| settings |
|          | form_id |
|          | yearly  |
""")


def unconfirmed(walk):
    """Questions with what is not confirmed there."""
    told = told_unconfirmed(DRAFTS, TERMS, walk.session, now=NOON)
    return [(one.question, one.answer, one.value) for one in told]


def test_what_is_put_together_is_told_until_it_is_done():
    """Ticks, a ranking, messages of a long text, the points of a line; never as an answer."""
    walk = Scenario(DRAFTS, language="en").takes_part().types("Ann")
    assert unconfirmed(walk) == []
    assert unconfirmed(walk.presses("Ice")) == [("What with?", "Ice", "ice")]
    assert unconfirmed(walk.presses("Done")) == []
    assert unconfirmed(walk.presses("Ice")) == [("In order?", "1. Ice", "ice")]
    assert unconfirmed(walk.presses("Milk", "Done").types("Once").types("upon")) == [
        ("Your story?", "Once\nupon", "Once\nupon")
    ]
    assert unconfirmed(walk.presses("Done").types("45.1 9.1")) == [
        ("Your way?", "45.1 9.1 0.0 0.0", "45.1 9.1 0.0 0.0")
    ]
    assert unconfirmed(walk.types("45.2 9.2").presses("Done")) == []


def test_what_was_left_for_an_earlier_answer_is_told_with_its_question():
    """It comes back there."""
    walk = Scenario(DRAFTS, language="en").takes_part().types("Ann").presses("Ice")
    walk.commands("summary").presses("1").asks("name")
    assert unconfirmed(walk) == [("What with?", "Ice", "ice")]


def test_an_answer_that_is_looked_at_again_is_no_draft():
    """Until something else is ticked."""
    walk = Scenario(DRAFTS, language="en").takes_part().types("Ann").presses("Ice", "Done").commands("back")
    assert unconfirmed(walk.asks("which")) == []
    assert unconfirmed(walk.presses("Milk")) == [("What with?", "Ice, Milk", "ice milk")]


def test_what_was_looked_up_of_the_survey_before_is_told_and_no_secret():
    """As long as the session keeps a copy."""
    known = Known(last_saved=(("/data/office", "Milano"), ("/data/secret", "geheim")))
    session = begin(YEARLY, TERMS, language="en", seed=1, now=NOON, known=known).session
    told = told_of_before(YEARLY, TERMS, session, now=NOON)
    assert [(one.question, one.answer, one.value) for one in told] == [
        ("Where?", "Milano", "Milano"),
        ("And?", "stored, but not shown here", ""),
    ]
