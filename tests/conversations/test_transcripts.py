"""Whole conversations, readable by an author: tests/transcripts/*.txt is the list."""

from pathlib import Path

import pytest

from conversations.forms import FormDefinition, load_form
from conversations.forms.xlsform import read_xlsform
from conversations.rehearsal.transcript import NoSuchButton, Setting, Talk
from tests.sheets import form

FOLDER = Path(__file__).parent.parent / "transcripts"
EXAMPLES = FOLDER.parent.parent / "examples"
ROWS = form(
    """
    | survey |
    | | type | name | label |
    | | begin repeat | people | Person |
    | | text | name | Name? |
    | | end repeat | | |
    """
)


def replayed(form: FormDefinition, written: str) -> str:
    """The transcript that the head and the `>` lines of another one give now.

    It ends where a button is pressed that is not there any more.
    """
    talk = Talk(form, Setting.read(written))
    for said in (line[2:] for line in written.splitlines() if line.startswith("> ")):
        try:
            talk.hears(said)
        except NoSuchButton:
            talk.lines += ["", f"> {said}", "  (there is no such button now)"]
            break
    return talk.text()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_conversation_comes_out_as_it_is_written(path, request):
    """To the letter: what the bot says is part of the product."""
    written = path.read_text(encoding="utf-8")
    compiled = read_xlsform((EXAMPLES / Setting.read(written).form).read_bytes())
    played = replayed(load_form(compiled.xform or ""), written)
    if request.config.getoption("--update-transcripts"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


def test_a_transcript_that_breaks_off_has_the_answers_of_every_row():
    """Two rows have a question of the same name."""
    talk = Talk(ROWS, Setting("rows.xlsx", language="en"))
    for said in ("[Take part]", "Ada", "[Yes, add]", "Bob"):
        talk.hears(said)
    assert talk.answers() == {"/data/people[1]/name": "Ada", "/data/people[2]/name": "Bob"}


def test_a_transcript_keeps_no_answer_that_was_withdrawn():
    """What was answered after beginning anew is there."""
    talk = Talk(ROWS, Setting("rows.xlsx", language="en"))
    for said in ("[Take part]", "Ada", "/withdraw", "[Erase my answers]"):
        talk.hears(said)
    assert talk.answers() == {}
    for said in ("[I have changed my mind]", "[Take part]", "Bob"):
        talk.hears(said)
    assert talk.answers() == {"/data/people[1]/name": "Bob"}
