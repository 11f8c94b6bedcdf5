"""A conversation as a text that people read and a program replays: `<` the bot, `>` the person, `=` what was handed in.

`> words` are typed, `> [Button]` is pressed, `> /help` is a command, `> (sent photo.jpg)` is a file that was sent, `>
(sticker)` is something that cannot be read; a backslash before the first character says that it is typed all the same.
What the author shows with a question is named: `[picture: map.png]`. `< (words)` are said in passing, as an answer to a
press.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

from conversations.forms import FormDefinition
from conversations.protocol import (
    AnswerKept,
    Block,
    Button,
    Change,
    Command,
    Commanded,
    Heard,
    Media,
    Mode,
    Pressed,
    Prompt,
    Sent,
    Style,
    Submitted,
    Terms,
    Typed,
    Unreadable,
    Withdrawn,
)
from conversations.turn import begin, take_turn

MARKS = {
    Style.NOTICE: "! ",
    Style.SECTION: "§ ",
    Style.PROGRESS: "· ",
    Style.HINT: "  ",
    Style.ANSWER: "→ ",
}
SENT = "(sent "
EXHIBITS = {Media.IMAGE: "picture", Media.AUDIO: "sound", Media.VIDEO: "film", Media.FILE: "file"}
EXHIBITED = tuple(f"[{word}: " for word in EXHIBITS.values())
SPECIAL = ("[", "(", "/", "\\")


class NoSuchButton(LookupError):
    """The prompt has no button of that label. The message is the label in brackets."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The head of a transcript: everything that a replay needs to come out the same, as text."""

    form: str
    language: str = ""
    title: str = ""
    sender: str = ""
    contact: str = ""
    seed: str = "1"
    now: str = "2026-01-07T12:00+01:00"

    @classmethod
    def read(cls, text: str) -> Self:
        """The head of a transcript; what it does not say is as usual."""
        head, _, _ = text.partition("\n\n")
        said = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        return cls(**{"form": ""} | {one.name: said[one.name] for one in fields(cls) if one.name in said})

    def lines(self) -> Iterator[str]:
        """As it is written."""
        named = ((one.name, getattr(self, one.name)) for one in fields(self))
        return (f"{name}: {value}" for name, value in named if value)

    @property
    def terms(self) -> Terms:
        """What the respondent is told of the survey."""
        return Terms(title=self.title, sender=self.sender, mode=Mode.CONFIDENTIAL, contact=self.contact)


class Talk:
    """A conversation as it goes on; `lines` are its transcript so far, without the answers."""

    def __init__(self, form: FormDefinition, setting: Setting) -> None:
        self._form = form
        self._terms = setting.terms if setting.title else Terms(form.title, setting.sender, Mode.CONFIDENTIAL)
        self._now = datetime.fromisoformat(setting.now)
        seed = int(setting.seed)
        turn = begin(form, self._terms, language=setting.language, seed=seed, now=self._now)
        self.session, self.prompt = turn.session, turn.prompt
        self._changes: list[Change] = []
        self._toast = ""
        self.lines = [*setting.lines(), "", plain(self.prompt)]

    def hears(self, said: str) -> Prompt:
        """Go on by what a `>` line says. Raises NoSuchButton; then nothing has happened."""
        self._changes += self.tries(said)
        passing = [f"< ({self._toast})"] if self._toast else []
        self.lines += ["", f"> {said}", *passing, plain(self.prompt)]
        return self.prompt

    def tries(self, said: str) -> tuple[Change, ...]:
        """Go on without writing it down."""
        turn = take_turn(self._form, self._terms, self.session, self.heard(said), now=self._now)
        self.session, self.prompt, self._toast = turn.session, turn.prompt, turn.toast
        return turn.changes

    def heard(self, said: str) -> Heard:
        """What a `>` line means at the present prompt."""
        if said.startswith("[") and said.endswith("]"):
            return Pressed(button_of(self.prompt, said[1:-1]).code)
        if said.startswith(SENT) and said.endswith(")"):
            return Sent(said[len(SENT) : -1], self.prompt.accepts or Media.FILE)
        if said.startswith("(") and said.endswith(")"):
            return Unreadable(said[1:-1])
        if said.removeprefix("/") in set(Command) and said.startswith("/"):
            return Commanded(Command(said[1:]))
        return Typed(said.removeprefix("\\"))

    def answers(self) -> dict[str, str]:
        """The response by path; where nothing was handed in, the answers so far."""
        withdrawn = [number for number, change in enumerate(self._changes, 1) if isinstance(change, Withdrawn)]
        left = self._changes[withdrawn[-1] if withdrawn else 0 :]
        submitted = [change for change in left if isinstance(change, Submitted)]
        if submitted:
            return dict(submitted[0].answers)
        return {c.path: c.value for c in left if isinstance(c, AnswerKept)}

    def text(self) -> str:
        """The whole transcript."""
        kept = [f"= {path}: {value}" for path, value in self.answers().items()]
        return "\n".join([*self.lines, "", *kept]) + "\n"


def typed(text: str) -> str:
    """The `>` line of a text that is typed, whatever it looks like."""
    return f"\\{text}" if text.startswith(SPECIAL) else text


def buttons_of(prompt: Prompt) -> tuple[Button, ...]:
    """Everything that can be pressed, in the order shown."""
    grid = prompt.grid.rows if prompt.grid is not None else ()
    return (
        *prompt.choices,
        *(one for row in grid for one in row),
        *(entry.button for entry in prompt.entries),
        *prompt.actions,
    )


def button_of(prompt: Prompt, label: str) -> Button:
    """The button of that label, or the only one that begins so. Raises NoSuchButton."""
    buttons = buttons_of(prompt)
    found = [one for one in buttons if one.label == label] or [one for one in buttons if one.label.startswith(label)]
    if not found:
        raise NoSuchButton(f"[{label}]")
    return found[0]


def plain(prompt: Prompt) -> str:
    """Blocks, what is shown with them, entries, then buttons in brackets; chosen ones with an x."""
    lines = [_block(block) for block in prompt.blocks]
    lines += exhibited(prompt)
    lines += [f"{e.button.label}. {e.question} → {e.answer}" for e in prompt.entries]
    actions = " ".join(f"[{b.label}]" for b in prompt.actions)
    lines += [row for row in (_row(prompt.choices), *_grid(prompt), actions) if row]
    first, *rest = "\n".join(lines).splitlines()
    return "\n".join([f"< {first}", *(f"  {line}".rstrip() for line in rest)])


def _row(buttons: Sequence[Button]) -> str:
    return " ".join(f"[{'x ' if b.chosen else ''}{b.label}]" for b in buttons)


def _grid(prompt: Prompt) -> Iterator[str]:
    if prompt.grid is not None:
        yield prompt.grid.title
        yield from map(_row, prompt.grid.rows)


def exhibited(prompt: Prompt) -> list[str]:
    """The author's pictures, sounds and films, by their names."""
    return [f"[{EXHIBITS[one.media]}: {one.name}]" for one in prompt.exhibits]


def _block(block: Block) -> str:
    return MARKS.get(block.style, "") + block.text
