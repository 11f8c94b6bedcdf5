"""Response rates by AAPOR's formulas, for every way in which people can be distributed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_scripts.status_rates import dispositions_section, rates_section
from storage.dispositions import Disposition
from storage.response_rates import CODES, Outcomes, share
from storage.surveys import State

COUNTS = st.fixed_dictionaries({}, optional=dict.fromkeys(Disposition, st.integers(0, 300)))
REGISTER = {
    Disposition.COMPLETE: 69,
    Disposition.PARTIAL: 6,
    Disposition.BREAK_OFF: 5,
    Disposition.REFUSAL: 3,
    Disposition.OPENED: 2,
    Disposition.NON_CONTACT: 44,
    Disposition.UNDELIVERABLE: 4,
    Disposition.NOT_ELIGIBLE: 1,
}


def rates_of(counts):
    """Each rate by name; 0 of nobody."""
    return {rate.name: rate.part / rate.whole if rate.whole else 0.0 for rate in Outcomes(counts).rates()}


@given(COUNTS)
def test_the_rates_are_in_order(counts):
    """The fewer of the undeliverable are counted, the higher; with the partial ones never lower; never above 1."""
    rates = rates_of(counts)
    assert 0 <= rates["RR1"] <= rates["RR3"] + 1e-12 <= rates["RR5"] + 2e-12 <= 1 + 3e-12
    assert 0 <= rates["RR2"] <= rates["RR4"] + 1e-12 <= rates["RR6"] + 2e-12 <= 1 + 3e-12
    for strict, lenient in (("RR1", "RR2"), ("RR3", "RR4"), ("RR5", "RR6")):
        assert rates[strict] <= rates[lenient]


@given(COUNTS)
def test_the_classes_part_everybody(counts):
    """Each disposition is in exactly one of I, P, R, NC, UO and NE."""
    outcomes = Outcomes(counts)
    assert sum(outcomes.number(one) for one in {letters for _, letters in CODES.values()}) == outcomes.people
    assert outcomes.base == outcomes.people - counts.get(Disposition.NOT_ELIGIBLE, 0)
    assert 0 <= outcomes.eligible <= 1


@given(COUNTS)
def test_without_undeliverable_the_ways_to_count_them_are_one(counts):
    """RR1, RR3 and RR5 differ in nothing else."""
    rates = rates_of(counts | {Disposition.UNDELIVERABLE: 0})
    assert rates["RR1"] == rates["RR3"] == rates["RR5"]
    assert rates["RR2"] == rates["RR4"] == rates["RR6"]


def test_the_formulas_by_hand():
    """129 are known to be eligible, 1 is known not to be: e is 129/130, and of 4 undeliverable 3.97 count."""
    assert Outcomes(REGISTER).eligible == pytest.approx(Fraction(129, 130))
    assert rates_of(REGISTER) == pytest.approx(
        {
            "RR1": Fraction(69, 133),
            "RR2": Fraction(75, 133),
            "RR3": 69 / (129 + 4 * 129 / 130),
            "RR4": 75 / (129 + 4 * 129 / 130),
            "RR5": Fraction(69, 129),
            "RR6": Fraction(75, 129),
        }
    )


def test_the_survey_of_2020_had_a_response_rate_of_51_5_percent():
    """69 of 134, nothing else being known of the others."""
    rates = Outcomes({Disposition.COMPLETE: 69, Disposition.NON_CONTACT: 65}).rates()
    assert {share(rate.part, rate.whole) for rate in rates} == {"51.5%"}


def test_a_rate_of_nobody_is_a_dash():
    """All are undeliverable or not eligible."""
    rows = rates_section(Outcomes({Disposition.UNDELIVERABLE: 3})).rows
    assert [row[1] for row in rows] == ["0%", "0%", "0%", "0%", "–", "–"]
    assert {row[1] for row in rates_section(Outcomes({Disposition.NOT_ELIGIBLE: 3})).rows} == {"–"}


def test_every_disposition_is_shown_with_its_code_and_its_number():
    """AAPOR wants the number of every class beside the rates; also of those of nobody."""
    section = dispositions_section(Outcomes(REGISTER), State.OPEN)
    *rows, register = section.rows
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("1.1", "I", "69"),
        ("1.2", "P", "6"),
        ("2.12", "R", "5"),
        ("2.11", "R", "3"),
        ("2.11", "R", "2"),
        ("2.20", "NC", "44"),
        ("3.30", "UO", "4"),
        ("4.0", "NE", "1"),
    ]
    assert register[3:] == ("134", "100.0%")
    assert len(dispositions_section(Outcomes({Disposition.COMPLETE: 1}), State.OPEN).rows) == 9


def test_what_is_not_over_is_said_to_be_so_far():
    """And what is closed to be final."""
    assert "so far" in dispositions_section(Outcomes(REGISTER), State.OPEN).notes[0]
    assert "final" in dispositions_section(Outcomes(REGISTER), State.CLOSED).notes[0]


def test_every_rate_has_its_definition_below_the_table():
    """One line each, and where they come from."""
    section = rates_section(Outcomes(REGISTER))
    notes = "\n".join(section.notes)
    assert all(f"{row[0]}: " in notes for row in section.rows)
    assert "AAPOR, Standard Definitions, 10th edition (2023)" in notes
    assert "e = 0.992" in notes
    assert "of the partial ones (RR2, RR4, RR6) it has nothing" in notes


@pytest.mark.parametrize(("part", "whole", "words"), [(1, 3, "33%"), (69, 134, "51.5%"), (0, 5, "0%"), (1, 0, "–")])
def test_few_people_have_no_decimals(part, whole, words):
    """From a hundred on there is one."""
    assert share(part, whole) == words
