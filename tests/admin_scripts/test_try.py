"""`colloquio try` is a chat in the terminal, and its transcript a test that a coordinator can keep."""

import builtins
import io
import os
import pty
import subprocess
import sys

import pytest

from admin_scripts.__main__ import main
from admin_scripts.terminal_chat import Screen, understand
from conversations.protocol import Block, Button, Exhibit, Kind, Media, Prompt, Style
from conversations.rehearsal.transcript import NoSuchButton
from tests.sheets import workbook

FORM = """
| survey  |
| | type              | name  | label             | required |
| | select_one yes_no | here  | Do you work here? | yes      |
| | text              | why   | {why}             |          |
| choices |
| | list_name | name | label |
| | yes_no    | yes  | Yes   |
| | yes_no    | no   | No    |
"""
SAID = "yes\n1\nBecause\nSubmit my answers\n"


@pytest.fixture
def form(tmp_path):
    """The path of a questionnaire; its second question can be worded anew."""
    path = tmp_path / "form.xlsx"

    def worded(why):
        path.write_bytes(workbook(FORM.format(why=why)))
        return str(path)

    worded("Why?")
    return worded


@pytest.fixture
def typed(monkeypatch):
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_what_is_piped_in_comes_out_as_a_transcript(form, typed, capsys):
    """Words, numbers of choices and words of buttons; at the end what would have been handed in."""
    typed(SAID)
    assert main(["try", form("Why?")]) == 0
    out = capsys.readouterr().out
    assert "> [Yes]\n< · Question 2\n  Why?" in out
    assert out.endswith("= /data/here: yes\n= /data/why: Because\n")


def test_a_kept_conversation_comes_out_the_same(form, typed, tmp_path, capsys):
    """With the seed and the day of its head."""
    typed(SAID)
    kept = tmp_path / "kept.txt"
    assert main(["try", form("Why?"), "--transcript", str(kept)]) == 0
    assert main(["try", form("Why?"), "--replay", str(kept)]) == 0
    assert "4 things said" in capsys.readouterr().out


def test_a_transcript_is_there_after_each_turn(form, tmp_path, monkeypatch):
    """Whoever closes the terminal, or kills the program, loses nothing."""
    kept, lines = tmp_path / "kept.txt", ["yes", "1", ""]
    seen = []

    def types(_cue):
        seen.append(kept.read_text())
        return lines.pop(0)

    monkeypatch.setattr(builtins, "input", types)
    with pytest.raises(IndexError):
        main(["try", form("Why?"), "--transcript", str(kept)])
    assert [text.count("\n> ") for text in seen] == [0, 1, 2, 2]
    assert seen[-1].endswith("= /data/here: yes\n")


def test_all_differences_to_a_kept_conversation_are_shown(form, typed, tmp_path, capsys):
    """With their lines, and 1 at the end."""
    typed(SAID)
    kept = tmp_path / "kept.txt"
    main(["try", form("Why?"), "--transcript", str(kept)])
    capsys.readouterr()
    assert main(["try", form("Why not?"), "--replay", str(kept)]) == 1
    shown = capsys.readouterr()
    assert "other words\n  - Why?\n  + Why not?\n" in shown.out
    assert "1 difference" in shown.err


def test_a_file_that_is_no_transcript_is_refused(form, tmp_path, capsys):
    """In a sentence."""
    (tmp_path / "other.txt").write_text("seed: many\n\n> hello\n")
    assert main(["try", form("Why?"), "--replay", str(tmp_path / "other.txt")]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert main(["try", form("Why?"), "--replay", str(tmp_path / "none.txt")]) == 1


def test_numbers_letters_and_words_are_told_apart():
    """A letter is a button only after a slash, at every question; a command that there is not is said."""
    choices = (Button("Red", "", name="r"), Button("Blue", "", name="b"))
    one = Prompt("/data/q", 1, Kind.MANY, "en", (), choices, actions=(Button("Done", ""), Button("Back", "")))
    text = Prompt("/data/q", 1, Kind.TEXT, "en", (), actions=(Button("Skip", ""),))
    assert list(understand("2, 1", one)) == ["[Blue]", "[Red]"]
    assert list(understand("/b", one)) == list(understand("/B", one)) == list(understand("[/b]", one)) == ["[Back]"]
    assert list(understand("b", one)) == ["b"]
    assert list(understand("a", text)) == ["a"]
    assert list(understand("/a", text)) == ["[Skip]"]
    assert list(understand("12", text)) == ["12"]
    assert list(understand("44", one)) == ["44"]
    assert list(understand("/Back", one)) == ["/back"]
    with pytest.raises(NoSuchButton):
        list(understand("/c", one))
    with pytest.raises(NoSuchButton):
        list(understand("/nonsense", one))


def test_labels_that_begin_with_numbers_are_typed_as_they_are():
    """A second number beside them would be another answer."""
    scale = Prompt("/data/q", 1, Kind.SCALE, "en", (), tuple(Button(str(n), "", name=str(n)) for n in range(11)))
    assert list(understand("5", scale)) == ["5"]


def test_a_button_never_breaks_and_our_own_words_come_last(capsys, monkeypatch):
    """At 80 columns; what is for the one who tries is told apart from the questionnaire."""
    monkeypatch.setenv("COLUMNS", "80")
    actions = tuple(
        Button(label, "") for label in ("Send the photo", "Skip this question", "Show me why it is asked", "Back")
    )
    shown = (Exhibit(Media.IMAGE, "map.png"),)
    blocks = (Block(Style.QUESTION, "A photo?"),)
    Screen(is_shown=True, is_asked=False).shows(
        Prompt("/data/q", 1, Kind.UPLOAD, "en", blocks, actions=actions, exhibits=shown)
    )
    out = capsys.readouterr().out.splitlines()
    assert out[1:3] == ["A photo?", "[picture: map.png]"]
    assert [line.strip()[:4] for line in out[3:]] == ["[/a]", "[/d]", "-- I"]


def test_a_terminal_shows_numbers_and_letters(form):
    """And Ctrl-D ends with a sentence that nothing is stored."""
    outside, inside = pty.openpty()
    command = [sys.executable, "-m", "admin_scripts", "try", form("Why?")]
    with os.fdopen(outside, "wb", buffering=0) as keyboard, os.fdopen(inside, "rb") as screen:
        keyboard.write(b"/a\n2\n\x04")
        environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb"}
        ran = subprocess.Popen(command, stdin=screen, stdout=screen.fileno(), env=environment)  # noqa: S603 - ours
        assert ran.wait(60) == 0
        shown = os.read(keyboard.fileno(), 65536).decode()
    assert "   2  No" in shown
    assert "No answer is stored." in shown


def test_a_file_is_sent_in_words(tmp_path, typed, capsys):
    """There is none in a terminal; its name is enough."""
    path = tmp_path / "photo.xlsx"
    path.write_bytes(workbook("| survey |\n| | type | name | label | required |\n| | image | p | Photo? | yes |"))
    typed("yes\nno file\n(sent roof.jpg)\n")
    assert main(["try", str(path)]) == 0
    assert capsys.readouterr().out.endswith("= /data/p: roof.jpg\n")
