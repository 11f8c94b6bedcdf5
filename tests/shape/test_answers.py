"""P60: answers are read for output in one place, and let out by one gate."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("admin_scripts", "bot", "storage", "benchmarks")

READERS = {
    "storage/submitted.py": "for output: the microdata room, and nobody else",
    "storage/known.py": "what a person's own session shows that person",
    "storage/mydata.py": "what a person has handed in, in the file for that person alone",
    "storage/mentions.py": "whether a file that was sent is still named",
    "storage/versions.py": "whether a choice that a newer version lacks was chosen, as counts",
}
"""Every file that reads the answers of responses, and what for. A new one has to be argued for here."""

KEEPERS = {"storage/reading.py", "storage/responses.py", "storage/codings.py", "admin_scripts/simulate_into.py"}
"""These know the table, to count rows, to hand in or to know whose codes they are; they don't read the answers."""


def files_with(wanted):
    """The files in which a node of the syntax tree is wanted."""
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {
        str(path.relative_to(ROOT))
        for path in paths
        if any(wanted(node) for node in ast.walk(ast.parse(path.read_text())))
    }


def is_answers_of_responses(node):
    """Attribute `responses.c.answers`."""
    return ast.unparse(node) == "responses.c.answers" if isinstance(node, ast.Attribute) else False


def is_import_of_responses(node):
    """Whether it is `from storage.tables import responses`."""
    if not isinstance(node, ast.ImportFrom) or node.module != "storage.tables":
        return False
    return any(alias.name == "responses" for alias in node.names)


def names_the_table_in_sql(node):
    """Text of SQL that reads the table, past what SQLAlchemy knows."""
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return "from responses" in text.lower()


def test_p60_one_place_reads_answers_for_output():
    """Whoever adds another reader sees this fail."""
    assert files_with(is_answers_of_responses) == READERS.keys()


def test_p60_nobody_else_knows_the_table():
    """Not by its name in Python, and not by its name in SQL."""
    assert files_with(is_import_of_responses) <= READERS.keys() | KEEPERS
    rooms = ("admin_scripts/microdata/", "benchmarks/")
    assert not {path for path in files_with(names_the_table_in_sql) - READERS.keys() if not path.startswith(rooms)}
