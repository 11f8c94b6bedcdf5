"""Problems of a questionnaire as a list to be worked through: the worst first, then in the order of the sheets."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from admin_scripts.called import as_called
from admin_scripts.screen import counted
from conversations.forms import Problem

_WEIGHTS = {
    "error": ("ERRORS", "no survey can be made with them", "bold red", ("error", "errors")),
    "warning": ("WARNINGS", "probably not what you want", "bold yellow", ("warning", "warnings")),
    "advice": ("GOOD TO KNOW", "change it or leave it", "bold cyan", ("piece of advice", "pieces of advice")),
}
_SHEETS = ("", "settings", "survey", "choices")
_CELL = re.compile(r"(.*)!([A-Z]+)(\d+)")
_WIDEST = 100


def show_problems(problems: Sequence[Problem]) -> None:
    """Print them, each with its cell, what is wrong, the place in the cell's text, and what to do."""
    console = Console(highlight=False)
    for line in problem_lines(problems, min(console.width, _WIDEST)):
        console.print(line, soft_wrap=True)


def count_problems(problems: Sequence[Problem]) -> str:
    """As "1 error, 2 warnings"; "" without any."""
    counts = {weight: sum(problem.severity == weight for problem in problems) for weight in _WEIGHTS}
    return ", ".join(counted(count, *_WEIGHTS[weight][3]) for weight, count in counts.items() if count)


def problem_lines(problems: Sequence[Problem], width: int) -> Iterator[Text]:
    """The lines of the list, none wider than `width` but for words and excerpts that cannot be cut."""
    for weight, same in groupby(sorted(problems, key=_order), key=lambda problem: problem.severity):
        title, meaning, style, _ = _WEIGHTS[weight]
        yield Text.assemble((title, style), f" ({meaning})")
        yield Text()
        for problem in same:
            yield from _one(problem, width)
            yield Text()


def _one(problem: Problem, width: int) -> Iterator[Text]:
    yield Text.assemble((problem.cell or "the whole workbook", "bold"), (f"  {problem.code}", "dim"))
    for line in wrap(problem.what, width - 2):
        yield Text(f"  {line}")
    for line in problem.excerpt.splitlines():
        yield Text(f"      {line}", style="dim")
    first, *more = wrap(as_called(problem.remedy), width - 4) or [""]
    yield Text(f"  → {first}", style="green")
    for line in more:
        yield Text(f"    {line}", style="green")


def _order(problem: Problem) -> tuple[int, int, str, int, int, str]:
    sheet, letters, row = _place(problem.cell)
    known = _SHEETS.index(sheet) if sheet in _SHEETS else len(_SHEETS)
    return [*_WEIGHTS].index(problem.severity), known, sheet, row, len(letters), letters


def _place(cell: str) -> tuple[str, str, int]:
    found = _CELL.fullmatch(cell)
    return (found[1].lower(), found[2], int(found[3])) if found else (cell.lower(), "", 0)
