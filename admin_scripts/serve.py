"""colloquio serve: hand over to the program that runs the bot and the web chat."""

import os
import sys

import typer

app = typer.Typer()


@app.command("serve", epilog="Example: COLLOQUIO_TELEGRAM_TOKEN=... colloquio serve")
def serve() -> None:
    """Run the bot and the web chat until Ctrl-C."""
    os.execv(sys.executable, [sys.executable, "-m", "bot"])  # noqa: S606 - no shell is wanted
