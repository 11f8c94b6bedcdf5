"""When the system may write on its own."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.workdays import WorkingHours

ROME = ZoneInfo("Europe/Rome")
ITALY = WorkingHours("IT")
MILAN = WorkingHours("IT-MI")
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 08:59", "2026-11-23 09:00"),
        ("2026-11-23 18:00", "2026-11-24 09:00"),
        ("2026-11-20 20:00", "2026-11-23 09:00"),
        ("2026-04-25 12:00", "2026-04-27 09:00"),
        ("2027-04-23 19:00", "2027-04-26 09:00"),
        ("2026-12-24 18:30", "2026-12-28 09:00"),
    ],
)
def test_outside_the_hours_the_next_working_morning_is_waited_for(moment: str, then: str):
    """Nights, week-ends and holidays are people's own."""
    assert ITALY.next_open(rome(moment), ROME) == rome(then)


def test_the_feast_of_the_patron_is_kept_where_the_province_is_named():
    """Sant'Ambrogio is a holiday in Milan only."""
    assert ITALY.is_working_day(rome("2026-12-07 12:00").date())
    assert not MILAN.is_working_day(rome("2026-12-07 12:00").date())


def test_a_series_counts_working_days_and_keeps_the_hour_on_the_wall():
    """Across the night in which the clocks go back, and past the holidays of December."""
    autumn = ITALY.series(rome("2026-10-23 09:30"), 1, 2, ROME)
    december = MILAN.series(rome("2026-12-01 09:30"), 5, 3, ROME)

    assert autumn == [rome("2026-10-23 09:30"), rome("2026-10-26 09:30")]
    assert autumn[1] - autumn[0] == timedelta(days=3, hours=1)
    assert december == [rome("2026-12-01 09:30"), rome("2026-12-10 09:30"), rome("2026-12-17 09:30")]


def test_the_day_before_a_holiday_is_found_backwards():
    """A survey that closes on Tuesday 8 December is announced on the last working day before."""
    assert MILAN.last_open(rome("2026-12-08 23:59"), ROME) == rome("2026-12-04 09:00")
    assert MILAN.last_open(rome("2026-12-04 12:00"), ROME) == rome("2026-12-04 12:00")
    assert MILAN.last_open(rome("2026-12-04 23:59"), ROME) == rome("2026-12-04 09:00")


@given(moment=MOMENTS, zone=st.sampled_from(["Europe/Rome", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]))
def test_every_moment_that_is_given_lies_in_the_hours_of_a_working_day(moment: datetime, zone: str):
    """Whatever the zone and the season; and the nearest one is given."""
    there = ZoneInfo(zone)
    after, before = ITALY.next_open(moment, there), ITALY.last_open(moment, there)

    for found in (after, before):
        local = found.astimezone(there)
        assert local.weekday() < 5
        assert time(9) <= local.time() < time(18)
        assert ITALY.is_open(found, there)
    assert before <= moment <= after
    assert (before == moment) == (after == moment) == ITALY.is_open(moment, there)


@given(moment=MOMENTS, every=st.integers(1, 12), times=st.integers(1, 6))
def test_a_series_never_falls_on_a_free_day_and_lies_that_many_working_days_apart(
    moment: datetime, every: int, times: int
):
    """From a working moment on."""
    first = ITALY.next_open(moment, ROME)
    found = [one.astimezone(ROME) for one in ITALY.series(first, every, times, ROME)]

    assert len(found) == times
    assert all(ITALY.is_open(one, ROME) for one in found)
    for earlier, later in pairwise(found):
        days = (later.date() - earlier.date()).days
        between = [earlier.date() + timedelta(days=n) for n in range(1, days + 1)]
        assert sum(ITALY.is_working_day(day) for day in between) == every
