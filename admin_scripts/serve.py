"""colloquio serve: hand over to the program that runs the bot and the web chat."""

import os
import sys
from collections.abc import Sequence

import typer


def hand_over(arguments: Sequence[str]) -> None:
    """Become `python -m bot`; this process does not come back. The name is all that is known of it here."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "bot", *arguments])  # noqa: S606 - no shell is wanted


app = typer.Typer()


@app.command("serve", epilog="Example: COLLOQUIO_TELEGRAM_TOKEN=... colloquio serve")
def serve() -> None:
    """Run the bot and the web chat until Ctrl-C."""
    hand_over(())
