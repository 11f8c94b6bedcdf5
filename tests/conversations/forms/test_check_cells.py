"""What a spreadsheet makes of a cell without asking its author."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform


def told(*labels, number_format=""):
    """(code, cell, severity) for a list of choices with such cells as labels."""
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label"], ["select_one l", "q", "Which?"]):
        book.active.append(row)
    sheet = book.create_sheet("choices")
    sheet.append(["list_name", "name", "label"])
    for place, label in enumerate(labels):
        sheet.append(["l", f"c{place}", label])
        if number_format:
            sheet.cell(place + 2, 3).number_format = number_format
    written = BytesIO()
    book.save(written)
    problems = check_form(read_xlsform(written.getvalue()))
    return [(p.code, p.cell, p.severity) for p in problems if p.code in ("formula", "cell-type")]


def test_a_label_that_became_a_date_is_found():
    """'1/2' is not what respondents would read."""
    assert told(date(2026, 2, 1), "1/2") == [("cell-type", "choices!C2", "warning")]


def test_a_label_that_became_a_truth_value_is_found():
    """'Vero' was written."""
    assert told(bool("Vero"), "Vero") == [("cell-type", "choices!C2", "warning")]


def test_a_number_that_is_shown_otherwise_is_found():
    """A percentage, or zeros in front; plain numbers are numbers."""
    assert told(0.05, number_format="0%") == [("cell-type", "choices!C2", "warning")]
    assert told(7, number_format="000") == [("cell-type", "choices!C2", "warning")]
    assert told(1, 2.5, 3) == []


def test_a_formula_without_a_result_is_an_error():
    """Its cell is blank for everybody else; a label that begins with = is one by mistake."""
    assert ("formula", "choices!C3", "error") in told("A", "=B2&C2")


def test_a_formula_that_failed_is_an_error():
    """Its result is no label."""
    assert told("#REF!", "#1 of all") == [("formula", "choices!C2", "error")]
