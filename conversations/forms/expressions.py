"""Expressions of a questionnaire are read here; those that cannot be are collected as faults, all at once."""

from conversations.forms.problems import Fault
from conversations.forms.xpath import CompiledExpression, XPathSyntaxError, compile_expression

_QUOTED = 300
"""Characters of an expression that are quoted to its author."""

CHOICE_PARTS = "choices"
"""Stands for the column where the name and label of a choice are read: these look at the list, not at questions."""


class ExpressionReader:
    """Compiles, and keeps what was read by path and column, and what could not be."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.read_at: list[tuple[str, str, CompiledExpression]] = []

    def read(self, text: str, path: str, column: str) -> CompiledExpression | None:
        """The expression, or None for an empty one and for one that is recorded as a fault."""
        if not text.strip():
            return None
        try:
            expression = compile_expression(text)
        except XPathSyntaxError as error:
            self.faults.append(_unreadable(text, path, column, error))
            return None
        self.read_at.append((path, column, expression))
        return expression


def _unreadable(text: str, path: str, column: str, error: XPathSyntaxError) -> Fault:
    name = path.rpartition("/")[2]
    return Fault(
        code="expression",
        path=path,
        column=column,
        what=f"The {column} of '{name}' cannot be read: {error}. It says: {' '.join(text.split())[:_QUOTED]}",
        remedy="Correct the expression: check brackets, quotes and the names of functions.",
    )
