"""Questionnaires with thousands of questions that lean on each other are checked like any others."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from conversations.forms.chat_checks import check_for_chat
from conversations.forms.chat_checks import names as a_room_of_checks
from conversations.forms.chat_checks.book import Book
from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform


def chain(length, *more):
    """Each question is asked if the one before was answered with 1."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("survey")
    sheet.append(["type", "name", "label", "relevant"])
    sheet.append(["integer", "q0", "Q?", None])
    for place in range(1, length):
        sheet.append(["integer", f"q{place}", "Q?", f"${{q{place - 1}}} = 1"])
    for row in more:
        sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.no_cover
@pytest.mark.parametrize("length", [1000, 5000])
def test_long_chains_of_relevance_are_checked_to_their_end(length):
    """No check goes as deep as the chain is long, and what is wrong at its end is found."""
    last = ("text", "end", "E?", f"${{q{length - 1}}} = 1 and ${{q{length - 1}}} = 2")
    problems = check_form(read_xlsform(chain(length, last)))
    assert [(problem.code, problem.cell) for problem in problems] == [
        ("takes-long", ""),
        ("never-asked", f"survey!D{length + 2}"),
    ]


def test_a_check_that_breaks_off_hides_none_of_the_others(monkeypatch):
    """A fault of ours is told as one."""
    monkeypatch.delattr(a_room_of_checks, "_similar")
    sheets = read_xlsform(chain(2, ("text", "end", "E?", "${q0} = 1 and ${q0} = 2"))).sheets
    assert [problem.code for problem in check_for_chat(Book(sheets))] == ["never-asked", "unfinished"]
