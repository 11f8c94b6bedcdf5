"""Dates: compared, subtracted, written; the clock is noon of 1 July 2026 in Rome."""

from datetime import UTC, datetime

import pytest

from conversations.forms.xpath import Moment, compile_expression


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("today() - '2026-01-01'", "181"),
        ("today() - date('2026-01-01')", "181"),
        ("'2026-07-01' - '2026-01-01'", "181"),
        ("date('2026-01-31') + 7", "20491"),
        ("date(date('2026-01-31') + 7)", "2026-02-07"),
        ("date('2026-01-31' + 7)", "2026-02-07"),
        ("date(today() - 1)", "2026-06-30"),
        ("int((today() - born) div 365.25)", "34"),
        ("date(now())", "2026-07-01"),
        ("date(20454)", "2026-01-01"),
        ("date(20453.99)", "2026-01-01"),
        ("date-time('2026-03-10T14:05:09Z')", "2026-03-10T15:05:09.000+01:00"),
        ("date('2026-02-30')", ""),
        ("date(99999999999)", ""),
        ("date(1e200)", ""),
        ("date-time(1e200)", ""),
        ("date-time(1 div 0)", ""),
        ("date(true())", ""),
        ("date(date('2026-03-10T23:30:00Z'))", "2026-03-11"),
        ("decimal-time('23:59:00.000-13:00') > 0", "true"),
        ("decimal-time('06:00:00.000-24:00')", ""),
        ("decimal-time('06:00-07:60')", ""),
        ("decimal-time(visit) = decimal-time('14:05:09.250')", "true"),
        ("decimal-time('2026-03-10')", ""),
        ("date-time('2026-03-10T10:00+0230')", "2026-03-10T08:30:00.000+01:00"),
        ("date-time('2026-03-10T10:00-02')", "2026-03-10T13:00:00.000+01:00"),
        ("'12:00' - '06:00' = 0.25", "true"),
    ],
)
def test_dates_count_in_whole_days_whatever_the_zone(text, expression, written):
    """No hour of the zone and no summer time slips into a difference of dates."""
    assert text(expression) == written


def test_a_time_said_in_summer_is_the_same_time_in_winter(text):
    """06:00 in Rome is a quarter of the day under either offset; a foreign offset is converted."""
    assert text("decimal-time('06:00:00.000+01:00')") == "0.25"
    assert text("decimal-time('06:00:00.000+02:00')") == "0.25"
    assert text("decimal-time('06:00:00.000-05:00')") == "0.5"


@pytest.mark.parametrize(
    "condition",
    [
        "born < '2000-01-01'",
        "born < date('2000-01-01')",
        "today() >= '2026-07-01'",
        "today() = '2026-07-01'",
        "today() = date(now())",
        "date(visit) = date('2026-03-10')",
        "visit > '2026-03-10'",
        "visit < '2026-03-10T14:05:10+01:00'",
        "now() > today()",
        "wakes < '07:00:00.000+01:00'",
        "born != ''",
        "today() != 'soon'",
        "not(today() = 'soon')",
        "not(blank > today())",
        "date-time(1) = date('1970-01-02T00:00:00.000+00:00')",
        "true() = today()",
    ],
)
def test_dates_compare_whether_they_are_texts_or_dates(holds, condition):
    """Texts need no bind type to be compared as what they say."""
    assert holds(condition)


def test_a_date_question_is_a_whole_number_of_days(at):
    """The type of the bind decides; an untyped date text alone is the instant of its midnight."""
    here = at("/data/born")
    assert compile_expression("number(.)").number(here) == pytest.approx(8094 - 1 / 24)
    here.node.datatype = "date"
    assert compile_expression("number(.)").number(here) == 8094


def test_the_clock_is_the_one_handed_in(context):
    """Two evaluations with the same `now` say the same."""
    context.now = datetime(2020, 2, 29, 23, 30, tzinfo=UTC)
    assert compile_expression("today()").evaluate(context) == Moment(datetime(2020, 2, 29, tzinfo=UTC), dated=True)
