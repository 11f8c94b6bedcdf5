"""What is wrong with a questionnaire, told to its author."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "advice"]
"""An error forbids a survey; a warning is to be looked at; advice is good to know, and may be meant so."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An author's mistake: where ("survey!H12", "" when no cell is to blame), what, and what to do about it.

    `excerpt` is "" or the part of the cell's text that is meant, with a ^ below it: two lines.
    """

    code: str
    cell: str
    what: str
    remedy: str
    severity: Severity = "error"
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake seen in the XForm, before its cell is known: `path` of the node, `column` of the XLSForm."""

    code: str
    path: str
    column: str
    what: str
    remedy: str
    severity: Severity = "error"

    def at(self, cell: str) -> Problem:
        """The same, with its cell."""
        return Problem(self.code, cell, self.what, self.remedy, self.severity)


class FormRefused(Exception):
    """The questionnaire cannot be used as it is; `problems` says why, all at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.what for problem in problems))
        self.problems = problems
