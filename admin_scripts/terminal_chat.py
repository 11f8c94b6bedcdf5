"""The conversation in a terminal: numbers for choices, letters for buttons, words as in a chat."""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from rich.console import Console
from rich.text import Text

from conversations.protocol import Block, Button, Command, Kind, Prompt, Style
from conversations.rehearsal.transcript import SPECIAL, NoSuchButton, typed

FREE = (Kind.TEXT, Kind.MULTILINE)
"""Where a single letter is an answer: a button's letter needs its brackets there."""

_STYLES = {
    Style.NOTICE: "yellow",
    Style.SECTION: "bold cyan",
    Style.PROGRESS: "dim",
    Style.QUESTION: "bold",
    Style.HINT: "italic dim",
    Style.ANSWER: "green",
}
_NUMBERS = re.compile(r"\d{1,3}(?:[ ,]+\d{1,3})*")
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
        for number, choice in enumerate(prompt.choices, start=1):
            self._console.print(_choice(number, choice, prompt))
        if prompt.kind is Kind.UPLOAD:
            self.remarks("Write (sent photo.jpg) as if you had sent a file.")
        if prompt.actions:
            self._console.print(_actions(prompt.actions))

    def remarks(self, words: str) -> None:
        """Something about the terminal itself."""
        self._console.print(Text(words, "yellow"))


def _text(block: Block) -> Text:
    plain = _LINK.sub(r"\1 (\2)", block.text)
    text = Text(style=_STYLES.get(block.style, ""))
    for place, piece in enumerate(_BOLD.split(plain)):
        text.append(piece, "bold" if place % 2 else "")
    return text


def _choice(number: int, choice: Button, prompt: Prompt) -> Text:
    mark = ("[x] " if choice.chosen else "[ ] ") if prompt.kind is Kind.MANY else ""
    style = "green" if choice.chosen else ""
    return Text.assemble((f"{number:>4}  ", "cyan"), (f"{mark}{choice.label}", style))


def _actions(actions: Sequence[Button]) -> Text:
    pieces = [(f"[{letter}] {one.label}   ", "cyan") for letter, one in zip(ascii_lowercase, actions, strict=False)]
    return Text.assemble("  ", *pieces)


def understand(line: str, prompt: Prompt) -> Iterator[str]:
    """The lines of a transcript that a line typed at this prompt stands for. Raises NoSuchButton."""
    if _COMMAND.fullmatch(line) and line[1:] not in set(Command):
        raise NoSuchButton(line)
    if _NUMBERS.fullmatch(line) and prompt.choices:
        for number in re.findall(r"\d+", line):
            if not 0 < int(number) <= len(prompt.choices):
                raise NoSuchButton(f"[{number}]")
            yield f"[{prompt.choices[int(number) - 1].label}]"
    elif button := _lettered(line, prompt):
        yield f"[{button.label}]"
    else:
        yield line if line.startswith(SPECIAL) else typed(line)


def _lettered(line: str, prompt: Prompt) -> Button | None:
    """The button of "[a]", or of "a" where that is no answer."""
    letter = line[1:-1] if line.startswith("[") and line.endswith("]") else line
    place = ascii_lowercase.find(letter) if len(letter) == 1 else -1
    if letter == line and prompt.kind in FREE:
        return None
    return prompt.actions[place] if 0 <= place < len(prompt.actions) else None
