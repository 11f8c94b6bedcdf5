"""What people type and what is stored, kind by kind: the tables in cases/."""

import csv
from pathlib import Path

import pytest

from conversations.answers import READERS, Slip, read_answer
from conversations.forms import ControlKind
from conversations.forms.definition import CONTAINERS
from tests.conversations.answers.questions import ask

CASES = Path(__file__).with_name("cases")


def rows():
    """Read every row of every table: kind, language, question, said, value ("" for a slip); ⏎ is a new line."""
    for path in sorted(CASES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                yield (
                    path.stem,
                    *(row[column].replace("⏎", "\n") for column in ("language", "question", "said", "value")),
                )


def test_every_kind_that_is_asked_has_a_reader_and_cases():
    """A new kind without cases fails."""
    asked = set(ControlKind) - CONTAINERS - {ControlKind.NOTE}
    assert set(READERS) == asked
    assert {path.stem for path in CASES.glob("*.csv")} == {kind.value for kind in asked}


@pytest.mark.parametrize(("kind", "language", "question", "said", "value"), list(rows()))
def test_what_is_said_is_read(kind, language, question, said, value):
    """The value, or words about what is wrong."""
    read = read_answer(ask(kind, question, language), said)
    if value:
        assert read == value
    else:
        assert isinstance(read, Slip)
        assert read.words
