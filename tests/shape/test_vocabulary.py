"""The vocabulary is closed and spoken: each word is said by the conversation and shown on both channels."""

import ast
from pathlib import Path

import pytest

from bot.dialogue import Reply
from bot.telegram.layout import lay_out
from bot.telegram.markup import rows_of
from bot.telegram.menu import menu_in
from bot.web.browser import new_browser
from bot.web.menu import menu_of
from bot.web.pages import Pages
from bot.web.view import view_of
from conversations import protocol
from conversations.answers import READERS
from conversations.codes import Verb, choice_key, place_key
from conversations.forms import ControlKind
from conversations.forms.definition import CONTAINERS
from conversations.phrases import LANGUAGES, phrases_for
from conversations.protocol import Block, Button, Command, Kind, Manner, Mode, Prompt, Status, Style, Terms

ROOT = Path(__file__).parents[2]
TERMS = Terms("Indagine", "Ufficio", Mode.CONFIDENTIAL)


def words_used(room: str) -> set[str]:
    """Every `Enum.MEMBER` that the code of a room names, but for the vocabulary itself."""
    trees = [ast.parse(path.read_text()) for path in (ROOT / room).rglob("*.py") if path.name != "protocol.py"]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {f"{node.value.id}.{node.attr}" for node in nodes if isinstance(node.value, ast.Name)}


def prompt_of(kind: Kind, *blocks: Block) -> Prompt:
    """A prompt with everything that a prompt can have."""
    code = f"{place_key(1, '/data/q')}{Verb.SKIP}"
    choices = tuple(Button(f"scelta {n}", f"{code[:8]}{Verb.CHOOSE}{choice_key(str(n))}", name=str(n)) for n in (1, 2))
    return Prompt("/data/q", 3, kind, "it", blocks, choices, actions=(Button("Salta", code),))


def page_of(prompt: Prompt) -> str:
    """What the web chat shows of it."""
    return Pages("").chat(view_of(Reply(prompt, Manner.ASK, session="s"), TERMS, new_browser()))


@pytest.mark.parametrize("words", [Kind, Manner, Status, Style, Command], ids=lambda enum: enum.__name__)
def test_every_word_is_said(words):
    """One that the conversation never says would be a promise that nobody keeps."""
    assert {f"{words.__name__}.{word.name}" for word in words} <= words_used("conversations")


def test_everything_that_happens_is_kept():
    """Each kind of change is known to storage, or follows from the session that is saved."""
    kept = (ROOT / "storage" / "turns.py").read_text()
    changes = {change.__name__ for change in protocol.Change.__args__}
    assert changes == {"AnswerKept", "StatusMoved", "Submitted", "RemindersOff", "ChatCleared", "Withdrawn"}
    assert all(name in kept for name in changes - {"StatusMoved"})


def test_every_kind_of_question_can_be_answered_or_is_refused_beforehand():
    """A questionnaire that passes the check never asks what cannot be answered."""
    assert READERS.keys() | CONTAINERS | {ControlKind.NOTE} == set(ControlKind)


@pytest.mark.parametrize("style", Style)
def test_both_channels_show_every_style_of_text(style):
    """What is said on one channel is said on the other."""
    block = Block(style, "parola")
    assert any("parola" in row.html for row in rows_of([block]))
    assert "parola" in page_of(prompt_of(Kind.RANK, Block(Style.QUESTION, "Domanda?"), block))


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.ADVICE}))
def test_both_channels_offer_the_buttons_of_every_kind_of_prompt(kind):
    """Choices and actions, whatever the kind; advice belongs to no session and has none."""
    prompt = prompt_of(kind, Block(Style.QUESTION, "Domanda?"))
    labels = [button.label for button in (*prompt.choices, *prompt.actions)]
    assert [drawn["text"] for row in lay_out(prompt).keyboard for drawn in row] == labels
    page = page_of(prompt)
    assert all(label in page for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_channels_offer_the_commands(language):
    """The web chat has no /start: opening the page is that."""
    assert {entry["command"] for entry in menu_in(language)} == set(Command)
    assert {command for command, _ in menu_of(phrases_for(language))} == set(Command) - {Command.START}
