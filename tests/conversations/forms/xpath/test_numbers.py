"""Numbers and how they are written."""

import pytest


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("1000000000000", "1000000000000"),
        ("390212345678 * 1000000000", "390212345678000000000"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("2.50", "2.5"),
        ("0.0000001", "0.0000001"),
        ("-0", "0"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", ""),
        ("5 + blank", ""),
        ("5 mod -3", "2"),
        ("-5 mod 3", "-2"),
        ("5 mod 0", ""),
        ("7 - 2 - 1", "4"),
        ("2 + 3 * 4 - 6 div 2", "11"),
        ("-(2 + 3)", "-5"),
        ("--3", "3"),
        ("1.5e-3", "0.0015"),
    ],
)
def test_numbers_are_written_shortest_and_without_exponent(text, expression, written):
    """Phone numbers stay whole; NaN is blank."""
    assert text(expression) == written


def test_rounding_goes_by_the_digits_that_people_see(text):
    """Half away from zero, on the decimal text of the number."""
    assert text("round(2.675, 2)") == "2.68"
    assert text("round(-0.5)") == "-1"
    assert text("round(12345.5, -20)") == "0"
    assert text("round(1, 0 div 0)") == ""
    assert text("round(1 div 0, 2)") == "Infinity"


def test_a_phone_number_is_a_text_and_no_number(text):
    """A plus sign is not part of an XPath number."""
    assert text("number(phone)") == ""
    assert text("phone") == "+390212345678"
