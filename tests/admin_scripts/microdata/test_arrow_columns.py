"""What a stored value looks like in a table, kind by kind."""

from datetime import date

import pyarrow as pa
import pytest

from admin_scripts.microdata.arrow_columns import Converter, fields_of, type_of
from admin_scripts.microdata.calculations import widened
from admin_scripts.microdata.dictionary import Sources, dictionary_of
from admin_scripts.microdata.variables import Missing
from tests.admin_scripts.microdata.kinds import KINDS
from tests.sheets import form, workbook


@pytest.fixture(scope="module")
def converters():
    """What makes the columns of each variable."""
    read = form(KINDS)
    dictionary, _ = dictionary_of(Sources([read], {read.hash: workbook(KINDS)}))
    return {one.name: Converter(one, type_of(one, [read], {})) for one in dictionary.tables[""]}


def cells(converter, *values):
    """The columns by header, and the reasons."""
    columns, reasons = converter.columns(pa.array(values, pa.string()), len(values))
    headers = [one.name for one in fields_of(converter.variable, converter.own)]
    return {name: column.to_pylist() for name, column in zip(headers, columns, strict=True)}, list(reasons)


@pytest.mark.parametrize(
    ("name", "value", "cell"),
    [
        ("integer", "-12", -12),
        ("integer", "2147483647", 2147483647),
        ("decimal", "2.50", 2.5),
        ("decimal", "2", 2.0),
        ("decimal", "123456789012345678901234567890.5", 1.2345678901234568e29),
        ("range", "4.5", 4.5),
        ("date", "2026-11-23", date(2026, 11, 23)),
        ("time", "14:30:00.000+01:00", "14:30:00.000+01:00"),
        ("text", "12", "12"),
        ("text", "=1+1", "=1+1"),
        ("agreed", "OK", "OK"),
        ("step", "2", "2"),
        ("colour", "red", "red"),
        ("colour", "unheard of", "unheard of"),
    ],
)
def test_a_value_becomes_the_cell_of_its_kind(converters, name, value, cell):
    """Blank is blank and skipped, what was not asked is not there at all."""
    found, reasons = cells(converters[name], value, "", None)
    assert found[name] == [cell, None, None]
    assert type(found[name][0]) is type(cell)
    assert reasons == [0, Missing.SKIPPED, Missing.NOT_ASKED]


def test_several_answers_and_ranks_are_also_columns_of_each_choice(converters):
    """0 and 1, or the place; blank where there is no answer."""
    assert cells(converters["many"], "blue", "red blue", "", None)[0] == {
        "many": ["blue", "red blue", None, None],
        "many/red": [0, 1, None, None],
        "many/blue": [1, 1, None, None],
    }
    assert cells(converters["rank"], "blue red", "red", None)[0] == {
        "rank": ["blue red", "red", None],
        "rank/red": [2, 1, None],
        "rank/blue": [1, None, None],
    }


@pytest.mark.parametrize(
    ("batches", "kind"),
    [
        ([["1", "-2", ""], ["3", None]], "int64"),
        ([["1", "NaN"], ["2.5"], ["3"]], "double"),
        ([["1"], ["007"]], "string"),
        ([["1"], ["some"], ["2"]], "string"),
        ([["12345678901234567890"]], "string"),
        ([["", None]], "None"),
    ],
)
def test_a_calculation_is_a_number_when_it_never_was_anything_else(batches, kind):
    """What a program would show otherwise than it was stays the text it is."""
    found = None
    for values in batches:
        found = widened(found, pa.array(values, pa.string()))
    assert str(found) == kind
