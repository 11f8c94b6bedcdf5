"""Composes the command line. Only the module of the verb that is called gets imported, so that every start is quick."""

import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence

import typer

from admin_scripts.called import as_called
from admin_scripts.extra import remedy_for
from admin_scripts.refusal import Refused

VERBS = {
    "check": "List a questionnaire's mistakes, and tell how long it takes.",
    "simulate": "Let simulated respondents walk a questionnaire.",
    "try": "Have the conversation of a questionnaire in the terminal.",
    "survey": "Create, change, upgrade, open, close, list and show surveys.",
    "participants": "Import the register of people; leave somebody out.",
    "invitations": "Send, print or export the personal links; renew one.",
    "texts": "Write invitations and reminders in your own words.",
    "waves": "Plan the reminders of a survey; list, run and cancel waves.",
    "outbox": "Show what became of messages; send failed ones again.",
    "coordinators": "Name who may follow surveys in Telegram.",
    "status": "Show how many have answered, and the response rate.",
    "report": "Write the report: charts, tables and sentences.",
    "tables": "Write what was answered, in tables.",
    "opendata": "Write the results as open data.",
    "audit": "Attack what was published, as somebody curious would.",
    "export": "Write the responses for spreadsheets, SPSS, Stata, pandas.",
    "codebook": "Write what every column means: wording, who was asked, n.",
    "coding": "Code open answers: list, import, agreement.",
    "serve": "Run the bot and the web chat.",
    "demo": "Set up the example survey and run it.",
}
"""Every verb is a module of this package; the sentence is the one its own help begins with."""

MODULES = {"try": "try_out"}
"""Where a verb cannot be the name of its module."""

MADE_BETWEEN = 50_000
"""Objects that are made before garbage is looked for: a command ends soon."""

INTERRUPTED = 130
"""As shells say it of Ctrl-C."""

EXAMPLE = (
    "A first survey: survey create, participants import, survey open, invitations send, serve, waves plan, report."
)


def compose(arguments: Sequence[str]) -> typer.Typer:
    """The command line, of which only the verb in `arguments` can act; the others are there to be listed."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        epilog=EXAMPLE,
    )
    app.callback()(_colloquio)
    called = next((word for word in arguments if not word.startswith("-")), "")
    for verb, sentence in VERBS.items():
        if verb == called:
            app.add_typer(importlib.import_module(f"admin_scripts.{MODULES.get(verb, verb)}").app)
        else:
            app.command(verb, help=sentence)(_listed)
    return app


def _colloquio() -> None:
    """Ask an organisation's people a questionnaire in Telegram or a web chat, and pull the results.

    `colloquio COMMAND --help` shows examples.
    """


def _listed() -> None:
    """Stands for a verb in the list of commands."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 it is done, 1 it was refused (and said why), 2 it was called in a wrong way."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        app = compose(words)
        _collect_again()
        app(words, prog_name="colloquio")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except Refused as refused:
        typer.secho(as_called(str(refused)), err=True, fg=typer.colors.RED)
        return 1
    except ModuleNotFoundError as missing:
        if not (remedy := remedy_for(missing)):
            raise
        typer.secho(remedy, err=True, fg=typer.colors.RED)
        return 1
    except KeyboardInterrupt:  # while the verb is being imported
        return INTERRUPTED
    return 0


def _collect_again() -> None:
    """What was imported stays: it is never looked through for garbage, neither before nor from here on."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(MADE_BETWEEN)
        gc.enable()


if __name__ == "__main__":
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's threads wait by turning round, for nothing of ours
    signal.signal(signal.SIGINT, signal.default_int_handler)
    done = main()
    gc.freeze()  # nor is anything looked through on the way out: that is a tenth of a second
    sys.exit(done)
