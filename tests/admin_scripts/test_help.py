"""Every command explains itself by an example, and the README mentions it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from admin_scripts import called
from admin_scripts.__main__ import VERBS, compose, main
from admin_scripts.called import as_called

README = Path(__file__).parents[2] / "README.md"


def commands():
    """Every command with the words that call it."""
    for verb in VERBS:
        group = typer.main.get_command(compose([verb])).commands[verb]
        if hasattr(group, "commands"):
            yield from ((verb, name) for name in group.commands)
        else:
            yield (verb,)


COMMANDS = list(commands())


def test_the_verbs_are_those_of_the_issue():
    """With their subcommands."""
    assert [" ".join(words) for words in COMMANDS] == [
        "check",
        "simulate",
        "try",
        "survey create",
        "survey change",
        "survey upgrade",
        "survey open",
        "survey close",
        "survey list",
        "survey show",
        "participants import",
        "participants exclude",
        "participants include",
        "participants no-reminders",
        "participants reminders",
        "invitations send",
        "invitations cards",
        "invitations export",
        "invitations renew",
        "texts export",
        "texts import",
        "waves plan",
        "waves list",
        "waves run",
        "waves cancel",
        "outbox show",
        "outbox retry",
        "coordinators add",
        "coordinators list",
        "coordinators remove",
        "status",
        "report",
        "tables",
        "opendata",
        "audit",
        "export",
        "codebook",
        "coding list",
        "coding import",
        "coding agreement",
        "serve",
        "demo",
    ]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_an_example(words, capsys):
    """One that can be typed as it stands, but for the names."""
    assert main([*words, "--help"]) == 0
    example = capsys.readouterr().out.partition("Example: ")[2]
    assert f"colloquio {' '.join(words)}" in " ".join(example.split())


@pytest.mark.parametrize("verb", VERBS)
def test_the_list_of_commands_says_what_the_help_of_each_says(verb, capsys):
    """The sentence is written twice so that the list needs no imports."""
    assert main([verb, "--help"]) == 0
    _, _, begin = capsys.readouterr().out.partition("\n\n")
    assert " ".join(begin.split()).startswith(VERBS[verb].rstrip("."))
    assert main(["--help"]) == 0
    assert verb in capsys.readouterr().out


def test_the_list_of_commands_is_not_cut_on_a_narrow_screen(monkeypatch, capsys):
    """Every sentence stands there whole, in 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [sentence for sentence in VERBS.values() if sentence not in said] == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_readme_mentions_every_command(words):
    """A command that nobody can find is not there."""
    assert f"colloquio {' '.join(words)}" in README.read_text() or f"`{' '.join(words)}" in README.read_text()


@pytest.mark.parametrize("module", ["pandas", "pyxform", "openpyxl", "sqlalchemy", "reportlab"])
def test_the_list_of_commands_needs_nothing_heavy(module):
    """So that it comes at once."""
    code = f"import sys; from admin_scripts.__main__ import main; main(['--help']); sys.exit('{module}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0  # noqa: S603


def test_a_command_in_a_sentence_is_written_as_it_can_be_typed(monkeypatch: pytest.MonkeyPatch):
    """The launcher says how it was called; nothing else that is named so changes."""
    sentence = "Colloquio is ready. Next: colloquio status x. `colloquio serve` sends it; data/colloquio.db stays."
    assert as_called(sentence) == sentence

    monkeypatch.setenv("COLLOQUIO_CALLED", "./colloquio")
    assert as_called(sentence) == (
        "Colloquio is ready. Next: ./colloquio status x. `./colloquio serve` sends it; data/colloquio.db stays."
    )


def test_every_command_in_a_sentence_is_written_so(monkeypatch: pytest.MonkeyPatch):
    """Wherever it stands: after a comma, at the beginning, in a list. Nobody writes the other way by hand."""
    monkeypatch.setenv("COLLOQUIO_CALLED", "./colloquio")
    assert (
        as_called("Next: colloquio status x, colloquio export x") == "Next: ./colloquio status x, ./colloquio export x"
    )
    assert as_called("  colloquio invitations send x") == "  ./colloquio invitations send x"
    assert as_called("Un colloquio individuale") == "Un colloquio individuale"
    assert called.VERBS.split("|") == list(VERBS)
    for place in sorted((README.parent / "admin_scripts").glob("*.py")):
        for said in sentences_of(place):
            assert "./colloquio" not in said or place.name == "called.py", f"{place.name}: {said}"
            for verb in re.findall(r"(?:Next[^:]*|To [^:]*|then|[;,]):? colloquio ([\w-]+)", said):
                assert verb in VERBS, f"{place.name}: {said}"


def sentences_of(place):
    """All text constants of a module."""
    tree = ast.parse(place.read_text())
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_what_is_said_of_a_command_goes_through_one_door():
    """A sentence with a command that is printed past `say` would be written as it cannot be typed."""
    for place in sorted((README.parent / "admin_scripts").glob("*.py")):
        for line in place.read_text().splitlines():
            assert not re.search(r"(print|echo)\(.*colloquio ", line), f"{place.name}: {line}"


@pytest.mark.parametrize("program", ["admin_scripts", "bot"])
def test_ctrl_c_while_a_command_begins_is_quiet(program):
    """As soon as there is a program at all; no traceback, and the exit code that shells know."""
    begin = f"import os, signal, sys; sys.argv = ['-m']; import {program}; os.kill(os.getpid(), signal.SIGINT)"
    ended = subprocess.run([sys.executable, "-c", begin], capture_output=True, check=False, cwd=README.parent)  # noqa: S603
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
