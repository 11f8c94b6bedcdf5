"""The chart of the days, and what each wave has brought."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_scripts.status_days import days_section, period, spans
from admin_scripts.status_waves import days_of, named, wave_results, waves_section
from conversations.protocol import Mode, WaveKind
from storage.due import Posting
from storage.settling import Tally
from storage.surveys import Survey
from storage.waves import Wave, WaveState

ROME = ZoneInfo("Europe/Rome")
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
DAYS = st.dictionaries(st.dates(MONDAY, MONDAY + 90 * DAY), st.integers(1, 50), max_size=12)


def survey(**moments):
    """A survey with these moments only."""
    unset = dict.fromkeys(("opens_at", "closes_at", "opened_at", "closed_at"))
    return Survey(1, "zone", "Zone", "h", Mode.CONFIDENTIAL, "", "", "Europe/Rome", **unset | moments)


def wave(number, kind=WaveKind.REMINDER, state=WaveState.RAN, day=0):
    """One that ran at noon so many days after the Monday."""
    return Wave(number, 1, kind, NOON, state, NOON + day * DAY)


# ---------------------------------------------------------------- days


def test_days_without_any_are_shown():
    """With nothing in place of a bar; what had come in before is counted on."""
    found = spans({MONDAY: 4, MONDAY + 2 * DAY: 1}, {"invitation": MONDAY}, MONDAY, MONDAY + 3 * DAY)
    assert days_section(found, not_complete=0).rows == [
        ("Mon 2026-11-23", "4", "4", "████████████████████████ invitation"),
        ("Tue 2026-11-24", "0", "4", " "),
        ("Wed 2026-11-25", "1", "5", "██████ "),
        ("Thu 2026-11-26", "0", "5", " "),
    ]


@given(DAYS, st.integers(0, 100))
def test_every_complete_one_is_in_the_chart_once(days, length):
    """Whatever the field period is said to be; the lines follow each other without a gap."""
    found = spans(days, {}, MONDAY, MONDAY + length * DAY)
    assert sum(span.number for span in found) == found[-1].total == sum(days.values())
    begins = [date.fromisoformat(span.label.split()[-1]) for span in found]
    steps = {later - earlier for earlier, later in pairwise(begins)}
    assert steps <= {DAY} or steps == {7 * DAY}


@pytest.mark.parametrize(("length", "lines", "first"), [(30, 31, "Mon 2026-11-23"), (31, 5, "week of 2026-11-23")])
def test_a_long_period_is_shown_by_weeks(length, lines, first):
    """From Monday to Sunday, once it has more than 31 days."""
    found = spans({}, {}, MONDAY, MONDAY + length * DAY)
    assert (len(found), found[0].label) == (lines, first)
    assert spans({}, {}, MONDAY + 4 * DAY, MONDAY + 44 * DAY)[0].label == "week of 2026-11-23"


def test_a_wave_is_marked_in_its_week():
    """Two in one week both."""
    found = spans({}, {"reminder 1": MONDAY + 9 * DAY, "reminder 2": MONDAY + 13 * DAY}, MONDAY, MONDAY + 40 * DAY)
    assert [span.waves for span in found[:3]] == [(), ("reminder 1", "reminder 2"), ()]


def test_a_bar_is_as_long_as_its_number_and_never_empty():
    """One of a hundred is a character; none is none."""
    found = spans({MONDAY: 100, MONDAY + DAY: 50, MONDAY + 2 * DAY: 1}, {}, MONDAY, MONDAY + 3 * DAY)
    assert [row[3].count("█") for row in days_section(found, not_complete=0).rows] == [24, 12, 1, 0]


def test_the_chart_says_that_it_counts_people_who_are_not_eligible():
    """Responses do not say whose they are; so the chart's total may be higher than the complete ones."""
    assert days_section((), not_complete=0).notes == ()
    assert days_section((), not_complete=1).notes == (
        "Counted over time, by wave and language only: 1 response of people who are not eligible, or said no inside.",
    )


@pytest.mark.parametrize(
    ("moments", "first", "last"),
    [
        ({}, 0, 0),
        ({"opened_at": NOON - 3 * DAY}, -3, 0),
        ({"opens_at": NOON - 3 * DAY}, -3, 0),
        ({"opens_at": NOON + 3 * DAY}, 0, 0),
        ({"opened_at": NOON - 9 * DAY, "closed_at": NOON - 2 * DAY, "closes_at": NOON + DAY}, -9, -2),
        ({"opened_at": NOON - 9 * DAY, "closes_at": NOON + DAY}, -9, 0),
        ({"opened_at": NOON - 9 * DAY, "closes_at": NOON - DAY}, -9, -1),
        ({"opened_at": datetime(2026, 11, 21, 23, 30, tzinfo=UTC)}, -1, 0),
    ],
)
def test_the_field_period_begins_and_ends_as_the_survey(moments, first, last):
    """By hand or by date, in days of its time zone, and not beyond today."""
    assert period(survey(**moments), NOON) == (MONDAY + first * DAY, MONDAY + last * DAY)


# ---------------------------------------------------------------- waves


def test_waves_that_ran_are_named_in_their_order():
    """Those of a kind are numbered when there are several; others are left out."""
    found = named(
        [
            wave(5, WaveKind.LAST_DAY, day=20),
            wave(1, WaveKind.INVITATION),
            wave(3, day=14),
            wave(2, day=7),
            wave(4, state=WaveState.OVERTAKEN),
            wave(6, state=WaveState.PLANNED),
            wave(7, WaveKind.CLOSED, day=21),
        ]
    )
    assert list(found) == ["invitation", "reminder 1", "reminder 2", "last day", "closing"]
    assert [one.id for one in found.values()] == [1, 2, 3, 5, 7]


def test_a_wave_brought_what_came_in_until_the_day_of_the_next():
    """The closing asks nobody and ends nothing; of two on one day the later one brought it all."""
    waves = named(
        [
            wave(1, WaveKind.INVITATION, day=1),
            wave(2, day=3),
            wave(3, day=3),
            wave(4, WaveKind.CLOSED, day=5),
        ]
    )
    days = {MONDAY + n * DAY: 10**n for n in range(7)}
    found = wave_results(waves, (), days, ROME)
    assert [one.brought for one in found] == [110, 0, 1111000, None]
    notes = waves_section(found, sum(days.values()), ROME).notes
    assert "1 of the complete ones came in before the first wave." in notes


def test_a_wave_runs_on_a_day_of_the_time_zone_of_the_survey():
    """Half past midnight in Rome."""
    late = Wave(1, 1, WaveKind.REMINDER, NOON, WaveState.RAN, datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert days_of({"reminder": late}, ROME) == {"reminder": MONDAY + DAY}
    assert waves_section(wave_results({"reminder": late}, (), {}, ROME), 0, ROME).rows[0][1] == "2026-11-24 00:30"


def test_messages_are_counted_by_what_has_become_of_them():
    """Sent ones by channel, the others by why they were not; each state is one of these."""
    tallies = [Tally(1, "email", state, 10**n) for n, state in enumerate(Posting)]
    tallies += [Tally(1, "telegram", Posting.SENT, 7), Tally(2, "email", Posting.SENT, 5), Tally(None, "email", "x", 1)]
    section = waves_section(wave_results({"invitation": wave(1, WaveKind.INVITATION)}, tallies, {}, ROME), 0, ROME)
    [(name, _, sent, unsent, brought)] = section.rows
    assert (name, brought) == ("invitation", "0")
    assert sent.splitlines() == ["7 Telegram", "1000 e-mail"]
    assert unsent.splitlines() == ["100000 failed", "1000000 in doubt", "10000 no longer due", "111 waiting"]


def test_a_channel_of_few_is_not_told_apart():
    """Else a reminder would tell who has come there and not answered."""
    tallies = [Tally(1, "email", Posting.SENT, 100), Tally(1, "telegram", Posting.SENT, 1)]
    section = waves_section(wave_results({"reminder": wave(1)}, tallies, {}, ROME), 0, ROME)
    assert section.rows[0][2].splitlines() == ["101 in all", "· Telegram", "· e-mail"]


def test_a_wave_that_reached_nobody_says_so():
    """Not with an empty cell."""
    section = waves_section(wave_results({"reminder": wave(1)}, (), {}, ROME), 0, ROME)
    assert section.rows[0][2:] == ("nothing", "", "0")
