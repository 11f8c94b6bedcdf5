"""colloquio check: what is wrong with a questionnaire, all at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from admin_scripts.beside import files_beside
from admin_scripts.length import show_length
from admin_scripts.problem_list import count_problems, show_problems
from admin_scripts.refusal import Refused
from admin_scripts.screen import say, working
from conversations.forms import Problem, files_needed, load_form

FormFile = Annotated[Path, typer.Argument(metavar="FORM.xlsx", help="The questionnaire, an XLSForm workbook.")]


@dataclass(frozen=True, slots=True)
class Examined:
    """A questionnaire's file, the XForm it became ("" when it could not), and everything wrong with it.

    `files` are those beside it that it reads or shows, by name.
    """

    source: bytes
    xform: str
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many of the problems forbid a survey with it."""
        return sum(problem.severity == "error" for problem in self.problems)


def examine(path: Path) -> Examined:
    """Read the workbook and the files beside it, and check them; one that cannot be read raises Refused."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name of the file.") from error
    with working("Reading the questionnaire"):
        from conversations.forms.lint import check_form  # noqa: PLC0415 - pyxform takes a second
        from conversations.forms.named_files import files_in_sheets  # noqa: PLC0415
        from conversations.forms.xlsform import read_xlsform  # noqa: PLC0415

        compiled = read_xlsform(source)
        named = files_in_sheets(compiled.sheets)
        needed = (*named.data, *named.media) if compiled.xform is None else files_needed(compiled.xform)
        files = files_beside(path, needed)
        return Examined(source, compiled.xform or "", check_form(compiled, files), files)


app = typer.Typer()


@app.command("check", epilog="Example: colloquio check examples/zone_omogenee_po.xlsx")
def check(form: FormFile) -> None:
    """List a questionnaire's mistakes, and tell how long it takes.

    Errors keep a survey from being created, warnings do not; docs/check.md explains each. At the end stand the
    questions, messages and minutes.
    """
    examined = examine(form)
    show_problems(examined.problems)
    if examined.errors:
        raise Refused(f"{form} has {count_problems(examined.problems)}. {_unchecked(examined)}")
    show_length(load_form(examined.xform, examined.files))
    if any(problem.severity == "warning" for problem in examined.problems):
        say(f"{form} can be used: no errors, {count_problems(examined.problems)}.")
    else:
        say(f"{form} is without fault.")


def _unchecked(examined: Examined) -> str:
    if any(problem.code == "workbook" for problem in examined.problems):
        return "Nothing in it could be looked at."
    again = "Correct the cells in the list, then check again."
    if examined.xform:
        return again
    return (
        f"{again} Questions without a label, defaults, paths written by hand, columns and rows of files, limits, the "
        "length, and what else pyxform knows, are told once it compiles."
    )
