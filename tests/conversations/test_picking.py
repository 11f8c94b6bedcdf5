"""Dates and times by presses: a calendar in the respondent's language, changed in place; typing works all the same."""

from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.codes import Verb, make_code, read_code
from conversations.protocol import Manner, Pressed
from tests.scenario import Scenario
from tests.sheets import form

NOT_THERE = "·"
AHEAD = ". > today() and . <= date('2030-12-31')"


def asked(kind="date", appearance="", constraint="", language="it", now=None):
    """Somebody who is asked for a date or a time on 23 November 2026."""
    sheet = form(f"""
| survey |
| | type | name | label | required | appearance | constraint |
| | {kind} | it | Quando? | yes | {appearance} | {constraint} |
| | text | why | Perché? | | | |
""")
    when = {} if now is None else {"now": now}
    return Scenario(sheet, language=language, **when).takes_part()


def labels(walk):
    return [[button.label for button in row] for row in walk.prompt.grid.rows]


def cells(walk):
    return {button.label for button in chain(*walk.prompt.grid.rows)}


def test_a_date_is_picked_from_a_calendar_in_the_language_of_the_respondent():
    """The month is named in the text, the week begins on Monday, what is before and after is said in words."""
    walk = asked()
    assert walk.prompt.grid.title == "Novembre 2026. Prema il giorno, oppure scriva la data."
    header, first, *_, last = labels(walk)[:7]
    assert header == ["lu", "ma", "me", "gi", "ve", "sa", "do"]
    assert first == [NOT_THERE] * 6 + ["1"]
    assert last == ["30", *[NOT_THERE] * 6]
    assert labels(walk)[7:] == [
        ["‹ ottobre", "dicembre ›"],
        ["‹ 2025", "Altri anni", "2027 ›"],
        ["Oggi, 23 novembre 2026"],
    ]
    assert walk.presses("14").kept() == {"it": "2026-11-14"}
    walk.asks("why")


def test_english_days_and_months():
    """Monday first as well."""
    walk = asked(language="en")
    assert labels(walk)[0] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert labels(walk)[-3] == ["‹ October", "December ›"]


def test_going_from_month_to_month_changes_the_message_in_place():
    """One call for each tap; nothing is stored on the way."""
    walk = asked().presses("dicembre ›", "gennaio ›")
    assert walk.turn.manner is Manner.REFRESH
    assert walk.prompt.grid.title.startswith("Gennaio 2027.")
    assert walk.kept() == {}
    assert walk.presses("‹ 2026", "31").kept() == {"it": "2026-01-31"}


def test_a_year_long_ago_is_four_presses_away():
    """Ten years at a time, the year, its month, the day."""
    walk = asked().presses("Altri anni", "‹ 2010–2019", "‹ 2000–2009", "‹ 1990–1999", "1994")
    assert walk.prompt.grid.title.startswith("1994.")
    assert walk.presses("febbraio", "28").kept() == {"it": "1994-02-28"}


def test_days_that_the_constraint_refuses_are_not_offered():
    """Today is no shortcut there, and no way leads out of what is possible."""
    walk = asked(constraint=AHEAD)
    assert labels(walk)[1:] == [
        [NOT_THERE, "24", "25", "26", "27", "28", "29"],
        ["30", *[NOT_THERE] * 6],
        ["dicembre ›"],
        ["Altri anni", "2027 ›"],
    ]
    walk.presses("Altri anni")
    assert labels(walk) == [[NOT_THERE, "2026", "2027", "2028", "2029"], ["2030–2039 ›"]]
    walk.presses("2030–2039 ›", "2030", "dicembre")
    assert labels(walk)[-2:] == [["‹ novembre"], ["‹ 2029", "Altri anni"]]


def test_the_calendar_opens_at_the_month_nearest_to_today_that_has_a_day():
    """Adults only: eighteen years ago."""
    walk = asked(constraint=". <= date('2008-11-22')")
    assert walk.prompt.grid.title.startswith("Ottobre 2008.")


def test_a_constraint_that_takes_no_day_leaves_the_date_to_be_typed():
    """A calendar without days would lead nowhere."""
    assert asked(constraint=". = 'never'").prompt.grid is None


def test_cells_without_a_day_answer_the_press_with_nothing():
    """The sign is there because a button needs one."""
    walk = asked().presses(NOT_THERE)
    assert (walk.turn.manner, walk.turn.toast, walk.kept()) == (Manner.QUIET, "", {})


def test_today_is_one_press():
    """Where it is allowed."""
    assert asked().presses("Oggi").kept() == {"it": "2026-11-23"}


def test_a_date_can_be_typed_whatever_the_calendar_shows():
    """In any usual way."""
    assert asked().presses("dicembre ›").types("3 marzo 2026").kept() == {"it": "2026-03-03"}


@pytest.mark.parametrize(("appearance", "stays"), [("", False), ("no-calendar", True)])
def test_a_calendar_does_not_stay_above_a_date_that_was_typed(appearance, *, stays):
    """The question ends with the day in place of its buttons; where there are none, what was written says it."""
    walk = asked(appearance=appearance).types("14 novembre 2026", message="7").asks("why")
    assert walk.turn.is_verbatim is stays
    assert walk.turn.settled[-1].text == "14 novembre 2026"


def test_the_day_that_is_stored_is_ticked_and_shown_first():
    """Coming back to it, and pressed again from the old message it is done already."""
    walk = asked().presses("‹ ottobre", "7")
    earlier = walk.said[-2]
    walk.presses_at(earlier, "7")
    assert walk.turn.toast == "È già stato fatto."
    walk.presses_at(earlier, "8").presses("Modifico quella risposta")
    assert walk.prompt.grid.title.startswith("Ottobre 2026.")
    assert [button.label for button in chain(*walk.prompt.grid.rows) if button.chosen] == ["7"]
    walk.presses("novembre ›")
    assert "Mantengo questa risposta" in walk.actions()


def test_a_month_and_a_year_are_picked_as_short_as_they_are_asked():
    """The day is the first of the month, the month the first of the year."""
    assert asked(appearance="month-year").presses("2027 ›", "marzo").kept() == {"it": "2027-03-01"}
    assert asked(appearance="year").presses("‹ 2010–2019", "2017").kept() == {"it": "2017-01-01"}


def test_no_calendar_stays_typed():
    """As the author wished."""
    walk = asked(appearance="no-calendar")
    assert walk.prompt.grid is None
    assert walk.types("3/3/2026").kept() == {"it": "2026-03-03"}


def test_a_time_is_its_hour_and_then_five_minutes():
    """With an example of how it is written."""
    walk = asked("time").says("Per esempio 9:30.")
    assert labels(walk)[0] == ["0", "1", "2", "3", "4", "5"]
    walk.presses("9")
    assert walk.turn.manner is Manner.REFRESH
    assert labels(walk) == [
        ["9:00", "9:05", "9:10", "9:15"],
        ["9:20", "9:25", "9:30", "9:35"],
        ["9:40", "9:45", "9:50", "9:55"],
        ["Un'altra ora"],
    ]
    walk.presses("Un'altra ora", "18", "18:45")
    assert walk.kept() == {"it": "18:45:00.000"}
    assert asked("time").presses("9").types("21.07").kept() == {"it": "21:07:00.000"}


def test_hours_that_the_constraint_refuses_are_not_offered():
    """Opening hours."""
    walk = asked("time", constraint=". >= '09:00:00.000' and . <= '10:30:00.000'")
    assert cells(walk) == {NOT_THERE, "9", "10"}
    assert cells(walk.presses("10")) == {"10:00", *(f"10:{m:02}" for m in range(5, 35, 5)), NOT_THERE, "Un'altra ora"}
    assert asked("time", constraint=". = 'never'").prompt.grid is None


def test_a_date_with_a_time_is_the_calendar_and_then_the_time():
    """On the way back, too; the time may be typed."""
    walk = asked("dateTime").presses("27")
    assert walk.prompt.grid.title == "27 novembre 2026. Prema l'ora, oppure scriva l'orario."
    walk.presses("Un altro giorno", "dicembre ›", "1", "9")
    assert walk.prompt.grid.title == "1 dicembre 2026. Prema l'orario, oppure lo scriva con i minuti."
    walk.presses("9:35")
    assert walk.kept() == {"it": "2026-12-01T09:35:00.000"}
    assert asked("dateTime").presses("27").types("ore 9 e 30").kept() == {"it": "2026-11-27T09:30:00.000"}
    assert asked("dateTime").presses("27").types("boh").kept() == {}
    assert asked("dateTime").types("27/11/2026 8.15").kept() == {"it": "2026-11-27T08:15:00.000"}


def test_the_current_day_is_offered_as_long_as_a_moment_of_it_is_left():
    """A constraint that compares with the present."""
    walk = asked("dateTime", constraint=". > now()")
    assert "23" in cells(walk)
    assert "11" not in cells(walk.presses("23"))


@pytest.mark.parametrize("tag", ["en-US", "he"])
def test_the_week_begins_on_sunday_where_that_is_usual(tag):
    """By the language of the questionnaire."""
    sheet = form(f"""
| survey |
| | type | name | label::X ({tag}) |
| | date | it | When? |
""")
    walk = Scenario(sheet).takes_part()
    assert labels(walk)[0][0] == "Su"
    assert labels(walk)[1][0] == "1"


def test_a_keyboard_has_never_more_than_a_hundred_buttons():
    """Telegram refuses more; a month over six weeks is the fullest."""
    walk = asked("dateTime", now=datetime(2027, 5, 3, 12, tzinfo=ZoneInfo("Europe/Rome")))
    assert len(walk.prompt.grid.rows) == 1 + 6 + 3
    assert sum(map(len, walk.prompt.grid.rows)) < 60


@settings(max_examples=40)
@given(digits=st.text("0123456789", max_size=14), kind=st.sampled_from(["date", "time", "dateTime"]))
def test_forged_digits_never_raise(digits, kind):
    """They are an answer that is possible, a view, or nothing."""
    walk = asked(kind)
    code = make_code(walk.session.seed, walk.prompt.place, Verb.PICK, digits)
    assert read_code(code) is not None
    walk.hears(Pressed(code))
    assert walk.prompt.grid is not None or walk.kept()


@pytest.mark.parametrize(
    ("constraint", "words", "stored"),
    [
        (". <= today()", "3 marzo", "2026-03-03"),
        (". <= today()", "3 marzo 2026", "2026-03-03"),
        (". >= today()", "20 novembre", "2027-11-20"),
        ("", "3 marzo", "2027-03-03"),
    ],
)
def test_a_day_without_its_year_is_the_nearest_that_the_question_takes(constraint, words, stored):
    """Who is asked for a day that is past means the one that is past."""
    assert asked(constraint=constraint).types(words).asks("why").kept() == {"it": stored}


def test_a_day_that_fits_in_no_year_is_refused_as_the_nearest():
    """Nothing is guessed further than a year away."""
    walk = asked(constraint=". >= date('2030-01-01')").types("3 marzo").asks("it")
    assert walk.kept() == {}
