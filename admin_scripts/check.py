"""colloquio check: what is wrong with a questionnaire, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table, working
from conversations.forms import Problem

FormFile = Annotated[Path, typer.Argument(metavar="FORM.xlsx", help="The questionnaire, an XLSForm workbook.")]


@dataclass(frozen=True, slots=True)
class Examined:
    """A questionnaire's file, the XForm it became ("" when it could not), and everything wrong with it."""

    source: bytes
    xform: str
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many of the problems forbid a survey with it."""
        return sum(problem.severity == "error" for problem in self.problems)


def examine(path: Path) -> Examined:
    """Read the workbook and check it; a file that cannot be read raises Refused."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name of the file.") from error
    with working("Reading the questionnaire"):
        from conversations.forms.lint import check_form  # noqa: PLC0415 - pyxform takes a second
        from conversations.forms.xlsform import read_xlsform  # noqa: PLC0415

        compiled = read_xlsform(source)
        return Examined(source, compiled.xform or "", check_form(compiled))


def show_problems(problems: Sequence[Problem]) -> None:
    """Errors first, each with its cell and what to do about it."""
    rows = [(p.severity, p.cell, p.what, p.remedy) for p in sorted(problems, key=lambda p: p.severity)]
    show_table(("", "Cell", "What is wrong", "What to do"), rows)


app = typer.Typer()


@app.command("check", epilog="Example: colloquio check examples/zone_omogenee_po.xlsx")
def check(form: FormFile) -> None:
    """Read a questionnaire and list its mistakes.

    Warnings do not keep a survey from being created, errors do.
    """
    examined = examine(form)
    if not examined.problems:
        say(f"{form} is without fault.")
        return
    show_problems(examined.problems)
    if examined.errors:
        errors = counted(examined.errors, "error", "errors")
        raise Refused(f"{form} has {errors}. Correct the cells in the table, then check again.")
    say(f"{form} can be used; the warnings are worth a look.")
