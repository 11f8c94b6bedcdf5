"""Whole conversations, readable by an author: tests/transcripts/*.txt is the list."""

from pathlib import Path

import pytest

from conversations.forms import load_form
from conversations.forms.xlsform import read_xlsform
from conversations.rehearsal.transcript import Setting, replayed

FOLDER = Path(__file__).parent.parent / "transcripts"
EXAMPLES = FOLDER.parent.parent / "examples"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_conversation_comes_out_as_it_is_written(path, request):
    """To the letter: what the bot says is part of the product."""
    written = path.read_text(encoding="utf-8")
    compiled = read_xlsform((EXAMPLES / Setting.read(written).form).read_bytes())
    played = replayed(load_form(compiled.xform or ""), written)
    if request.config.getoption("--update-transcripts"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")
