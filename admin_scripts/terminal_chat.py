"""The conversation in a terminal: a number is a choice, /a a button, and everything else words as in a chat."""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from rich.console import Console
from rich.text import Text

from conversations.answers.choosing import leading_number
from conversations.protocol import Block, Button, Command, Kind, Prompt, Style
from conversations.rehearsal.transcript import SPECIAL, NoSuchButton, exhibited, typed

_STYLES = {
    Style.NOTICE: "yellow",
    Style.SECTION: "bold cyan",
    Style.PROGRESS: "dim",
    Style.QUESTION: "bold",
    Style.HINT: "italic dim",
    Style.ANSWER: "green",
}
_NUMBERS = re.compile(r"\d{1,3}(?:[ ,]+\d{1,3})*")
_LETTER = re.compile(r"\[?/([a-zA-Z])\]?")
_GAP = 3
_COMMAND = re.compile(r"/[a-z]+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\((\S+?)\)")


class Screen:
    """`is_shown`: somebody looks at the output; `is_asked`: and types the input."""

    def __init__(self, *, is_shown: bool, is_asked: bool) -> None:
        self._console = Console(highlight=False, quiet=not is_shown)
        self.cue = "> " if is_asked else ""

    def shows(self, prompt: Prompt) -> None:
        """The prompt, a blank line before it."""
        for place, block in enumerate(prompt.blocks):
            if place == 0 or block.style in (Style.NOTE, Style.PLAIN):
                self._console.print()
            self._console.print(_text(block))
        for entry in prompt.entries:
            self._console.print(Text.assemble((f"{entry.button.label:>4}  ", "cyan"), entry.question))
            self._console.print(Text(f"      {entry.answer}", "green"))
        for picture in exhibited(prompt):
            self._console.print(Text(picture, "magenta"))
        for place, choice in enumerate(prompt.choices):
            self._console.print(_choice(prompt.first + place if _is_numbered(prompt) else None, choice, prompt))
        for line in _actions(prompt.actions, self._console.width):
            self._console.print(line)
        if prompt.kind is Kind.UPLOAD:
            self.remarks("Instead of a file, type (sent photo.jpg).")

    def remarks(self, words: str) -> None:
        """Something about the terminal itself, which respondents never see."""
        self._console.print(Text(f"-- {words}", "dim"))


def _text(block: Block) -> Text:
    plain = _LINK.sub(r"\1 (\2)", block.text)
    text = Text(style=_STYLES.get(block.style, ""))
    for place, piece in enumerate(_BOLD.split(plain)):
        text.append(piece, "bold" if place % 2 else "")
    return text


def _is_numbered(prompt: Prompt) -> bool:
    """Not where labels begin with numbers of their own: those are what is typed, as in a chat."""
    return not any(leading_number(choice.label) for choice in prompt.choices)


def _choice(number: int | None, choice: Button, prompt: Prompt) -> Text:
    mark = ("[x] " if choice.chosen else "[ ] ") if prompt.kind is Kind.MANY else ""
    style = "green" if choice.chosen else ""
    place = "" if number is None else number
    return Text.assemble((f"{place:>4}  ", "cyan"), (f"{mark}{choice.label}", style))


def _actions(actions: Sequence[Button], width: int) -> Iterator[Text]:
    """The buttons in lines; none breaks inside unless it is longer than a line."""
    line = Text()
    for letter, action in zip(ascii_lowercase, actions, strict=False):
        button = Text(f"[/{letter}] {action.label}", "cyan")
        if line and line.cell_len + _GAP + button.cell_len > width:
            yield line
            line = Text()
        line = Text.assemble(line, " " * _GAP if line else "  ", button)
    if line:
        yield line


def understand(line: str, prompt: Prompt) -> Iterator[str]:
    """The lines of a transcript that a line typed at this prompt stands for. Raises NoSuchButton."""
    if letter := _LETTER.fullmatch(line):
        place = ascii_lowercase.index(letter[1].lower())
        if place >= len(prompt.actions):
            raise NoSuchButton(line)
        yield f"[{prompt.actions[place].label}]"
    elif _COMMAND.fullmatch(line.lower()):
        if line[1:].lower() not in set(Command):
            raise NoSuchButton(line)
        yield line.lower()
    elif numbered := _numbered(line, prompt):
        yield from (f"[{choice.label}]" for choice in numbered)
    else:
        yield line if line.startswith(SPECIAL) else typed(line)


def _numbered(line: str, prompt: Prompt) -> list[Button]:
    """The choices of these numbers; none unless each of them stands on the screen: the chat hears it as words then."""
    if not _is_numbered(prompt) or not _NUMBERS.fullmatch(line):
        return []
    shown = dict(enumerate(prompt.choices, start=prompt.first))
    found = [shown.get(int(number)) for number in re.findall(r"\d+", line)]
    return [choice for choice in found if choice] if all(found) else []
