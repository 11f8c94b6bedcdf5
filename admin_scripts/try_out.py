"""colloquio try: have the conversation of a questionnaire in the terminal, and keep it as a test."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from admin_scripts.check import FormFile
from admin_scripts.files import put_in_place
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say
from admin_scripts.simulate import questionnaire
from admin_scripts.terminal_chat import Screen, understand
from conversations.forms import FormDefinition
from conversations.protocol import Kind
from conversations.rehearsal.replay import Difference, compare
from conversations.rehearsal.transcript import NoSuchButton, Setting, Talk

HELP = "Type a number for a choice, /a for a button, anything else as in a chat (/back and /help too). Ctrl-D ends."
LEAVING = ("/quit", "/exit")


def lines_typed(screen: Screen) -> Iterator[str]:
    """What is typed, line by line, until the end of the input or Ctrl-C."""
    while True:
        try:
            line = input(screen.cue).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line in LEAVING:
            return
        if line:
            yield line


def converse(talk: Talk, screen: Screen, kept: Path | None) -> None:
    """Talk until the questionnaire is handed in, or nothing more is typed; after each turn all of it is kept."""
    screen.remarks(HELP)
    screen.shows(talk.prompt)
    keep(talk, kept)
    for line in lines_typed(screen):
        try:
            for said in understand(line, talk.prompt):
                talk.hears(said)
        except NoSuchButton as error:
            screen.remarks(f"There is no {error} here. {HELP}")
            continue
        screen.shows(talk.prompt)
        keep(talk, kept)
        if talk.prompt.kind is Kind.RECEIPT:
            return


def keep(talk: Talk, kept: Path | None) -> None:
    """Write the whole transcript, so that nothing is lost when the terminal is closed."""
    if kept is not None:
        put_in_place({kept: partial(_write, text=talk.text())})


def replay(form: FormDefinition, path: Path) -> None:
    """Have a kept conversation again; Refused where it comes out differently."""
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as a transcript. Check the name of the file.") from error
    try:
        found = compare(form, written)
    except ValueError as error:
        raise Refused(
            f"The head of {path} cannot be read: {error}. Keep the lines as `try` has written them."
        ) from error
    if not found.differences and not found.stopped:
        say(f"The conversation comes out as it was kept: {found.said} things said.")
        return
    for difference in found.differences:
        show_difference(difference)
    if found.stopped:
        say(f"From line {found.stopped} on nothing could be compared: {found.why}.")
    count = counted(len(found.differences), "difference", "differences")
    raise Refused(f"{count} to the conversation in {path} ('-' kept, '+' now). Keep it anew if it should be so.")


def show_difference(found: Difference) -> None:
    """The line of the file, what is different, and both."""
    say(f"Line {found.line}: {found.what}")
    for mark, lines in (("-", found.kept), ("+", found.now)):
        for line in lines:
            say(f"  {mark} {line}")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


app = typer.Typer()


@app.command("try", epilog="Example: colloquio try examples/zone_omogenee_po.xlsx --transcript kept.txt")
def command(
    form: FormFile,
    *,
    language: Annotated[str, typer.Option(metavar="LANGUAGE", help="it, en, ...; by default the form's own.")] = "",
    seed: Annotated[int, typer.Option(min=0, help="Of everything that is shuffled.")] = 1,
    transcript: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep the conversation here.")] = None,
    again: Annotated[
        Path | None, typer.Option("--replay", metavar="FILE", help="Have a kept conversation again, and compare.")
    ] = None,
) -> None:
    """Have the conversation of a questionnaire in the terminal.

    No answer is stored anywhere.

    A choice is its number, a button its letter with a slash: /a. A letter alone is always words. Anything else is
    typed as in a chat, /back, /summary, /help, /status and /language too. Ctrl-D ends.

    The transcript is written after each turn. It can be replayed with a later version of the questionnaire: every
    difference is shown, as far as the conversation can be followed, and then it ends with 1.
    """
    _, definition = questionnaire(form)
    if again is not None:
        replay(definition, again)
        return
    now = datetime.now(UTC).astimezone(ZoneInfo("Europe/Rome")).isoformat(timespec="minutes")
    talk = Talk(definition, Setting(form.name, language, title=definition.title, seed=str(seed), now=now))
    is_shown = sys.stdout.isatty()
    converse(talk, Screen(is_shown=is_shown, is_asked=is_shown and sys.stdin.isatty()), transcript)
    if not is_shown:
        typer.echo(talk.text(), nl=False)
    if is_shown:
        kept = f" The conversation is in {transcript}." if transcript else ""
        say(f"\nNo answer is stored.{kept}")
