"""colloquio try: have the conversation of a questionnaire in the terminal, and keep it as a test."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from admin_scripts.check import FormFile
from admin_scripts.files import put_in_place
from admin_scripts.refusal import Refused
from admin_scripts.screen import say
from admin_scripts.simulate import questionnaire
from admin_scripts.terminal_chat import Screen, understand
from conversations.forms import FormDefinition
from conversations.protocol import Kind
from conversations.rehearsal.transcript import NoSuchButton, Setting, Talk, replayed

HELP = "Numbers are choices, [a] is a button; /back, /status, /language and /help work as in a chat; Ctrl-D ends."
LEAVING = ("/quit", "/exit")
CONTEXT = 3


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


def converse(talk: Talk, screen: Screen) -> None:
    """Talk until the questionnaire is handed in, or nothing more is typed."""
    screen.remarks(HELP)
    screen.shows(talk.prompt)
    for line in lines_typed(screen):
        try:
            for said in understand(line, talk.prompt):
                talk.hears(said)
        except NoSuchButton as error:
            screen.remarks(f"There is no {error} here. {HELP}")
            continue
        screen.shows(talk.prompt)
        if talk.prompt.kind is Kind.RECEIPT:
            return


def differences(written: str, played: str) -> list[str]:
    """The first place where two transcripts differ, with the lines before it; [] when they are the same."""
    before, now = written.rstrip().splitlines(), played.rstrip().splitlines()
    for number, (one, other) in enumerate(zip_longest(before, now)):
        if one != other:
            context = [f"    {line}" for line in now[max(0, number - CONTEXT) : number]]
            kept = f"  - {one}" if one is not None else "  - (nothing)"
            came = f"  + {other}" if other is not None else "  + (nothing)"
            return [f"Line {number + 1}:", *context, kept, came]
    return []


def replay(form: FormDefinition, path: Path) -> None:
    """Have a kept conversation again; Refused where it comes out differently."""
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as a transcript. Check the name of the file.") from error
    try:
        found = differences(written, replayed(form, written))
    except ValueError as error:
        raise Refused(
            f"The head of {path} cannot be read: {error}. Keep the lines as `try` has written them."
        ) from error
    if not found:
        said = sum(line.startswith("> ") for line in written.splitlines())
        say(f"The conversation comes out as it was kept: {said} things said.")
        return
    for line in found:
        say(line)
    raise Refused(
        f"The conversation in {path} comes out differently now ('-' kept, '+' now). Keep it anew if it should."
    )


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
    """Have the conversation of a questionnaire in the terminal; no answer is stored anywhere.

    Choices have numbers, buttons letters; words are typed as in a chat, and so are /back, /help, /status, /language.
    Ctrl-D ends. The transcript can be kept, and replayed against a later version of the questionnaire: it ends with 1
    where the conversation has changed.
    """
    _, definition = questionnaire(form)
    if again is not None:
        replay(definition, again)
        return
    now = datetime.now(UTC).astimezone(ZoneInfo("Europe/Rome")).isoformat(timespec="minutes")
    talk = Talk(definition, Setting(form.name, language, title=definition.title, seed=str(seed), now=now))
    is_shown = sys.stdout.isatty()
    converse(talk, Screen(is_shown=is_shown, is_asked=is_shown and sys.stdin.isatty()))
    if not is_shown:
        typer.echo(talk.text(), nl=False)
    if transcript is not None:
        put_in_place({transcript: partial(_write, text=talk.text())})
    if is_shown:
        kept = f" The conversation is in {transcript}." if transcript else ""
        say(f"\nNo answer is stored.{kept}")
