"""A file and a function are small enough to be read at one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("admin_scripts", "bot", "conversations", "storage")
FILE_LINES = 250
FUNCTION_LINES = 40
FUNCTION_STATEMENTS = 25
VOCABULARY = Path("conversations/protocol.py")
"""May be longer: it is a list of words, and split up nobody could see that it is closed."""
MIGRATIONS = Path("storage/migrations/versions")
"""A migration is the record of one moment, one function of table after table; it is not read but run."""

SOURCES = sorted(p.relative_to(ROOT) for room in ROOMS for s in ("*.py", "*.js") for p in (ROOT / room).rglob(s))
PYTHON = [source for source in SOURCES if source.suffix == ".py"]


def functions_in(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    return (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = function.body[0]
    words = first.end_lineno - first.lineno + 1 if ast.get_docstring(function, clean=False) else 0
    return function.end_lineno - function.lineno + 1 - words


def statements_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Statements at any depth, without the docstring."""
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1 - bool(ast.get_docstring(function))


def test_a_file_has_one_reason_to_change():
    """No file is longer than 250 lines, but the vocabulary."""
    sizes = {source: len((ROOT / source).read_text().splitlines()) for source in SOURCES if source != VOCABULARY}
    assert not {source: lines for source, lines in sizes.items() if lines > FILE_LINES}


def test_a_function_does_one_thing():
    """No function has more than 25 statements or 40 lines."""
    assert not [
        f"{source}:{function.lineno} {function.name}: {statements_of(function)} statements, {lines_of(function)} lines"
        for source in PYTHON
        if source.parent != MIGRATIONS
        for function in functions_in((ROOT / source).read_text())
        if statements_of(function) > FUNCTION_STATEMENTS or lines_of(function) > FUNCTION_LINES
    ]


def test_a_file_says_what_only_it_does():
    """The first sentence of a file tells a reader whether to read on."""
    assert not [source for source in PYTHON if not ast.get_docstring(ast.parse((ROOT / source).read_text()))]
