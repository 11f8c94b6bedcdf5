"""Whole conversations, readable by an author: tests/transcripts/*.txt is the list."""

from pathlib import Path

import pytest

from conversations.forms import load_form
from conversations.forms.xlsform import read_xlsform
from tests.plain_text import plain
from tests.scenario import Scenario

FOLDER = Path(__file__).parent.parent / "transcripts"
EXAMPLES = FOLDER.parent.parent / "examples"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_conversation_comes_out_as_it_is_written(path, request):
    """To the letter: what the bot says is part of the product."""
    written = path.read_text(encoding="utf-8")
    played = play(written)
    if request.config.getoption("--update-transcripts"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


def play(written: str) -> str:
    """The transcript that its head and its `>` lines give now."""
    head = dict(
        line.split(": ", 1) for line in written.splitlines() if ": " in line and not line.startswith((" ", "<", ">"))
    )
    compiled = read_xlsform((EXAMPLES / head["form"]).read_bytes())
    walk = Scenario(load_form(compiled.xform or ""), language=head["language"])
    lines = [f"form: {head['form']}", f"language: {head['language']}", "", plain(walk.prompt)]
    for said in (line[2:] for line in written.splitlines() if line.startswith("> ")):
        do(walk, said)
        lines += ["", f"> {said}", plain(walk.prompt)]
    kept = [f"= {path}: {value}" for path, value in handed_in(walk).items()]
    return "\n".join([*lines, "", *kept]) + "\n"


def handed_in(walk: Scenario) -> dict[str, str]:
    """The response; where nothing was submitted, the answers so far."""
    return walk.submitted() if walk.session.receipt else walk.kept()


def do(walk: Scenario, said: str) -> None:
    if said.startswith("["):
        walk.presses(said.strip("[]"))
    elif said.startswith("("):
        walk.sends(said.strip("()"))
    elif said.startswith("/"):
        walk.commands(said.removeprefix("/"))
    else:
        walk.types(said)
