"""colloquio serve: go on as the program that runs the bot and the web chat."""

import runpy
import sys

import typer


def become_bot(*arguments: str) -> None:
    """Go on as `python -m bot`, in this process and from its path: a folder `bot` where the caller is cannot win.

    A new process would also import again what is imported already. Ends by SystemExit, with the bot's exit code.
    """
    sys.argv[1:] = arguments
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


app = typer.Typer()


@app.command("serve", epilog="Example: COLLOQUIO_TELEGRAM_TOKEN=... colloquio serve")
def serve() -> None:
    """Run the bot and the web chat until Ctrl-C."""
    become_bot()
