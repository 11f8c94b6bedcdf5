"""A survey that runs can be changed and opened again, and what would mean nothing is refused."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from admin_scripts.__main__ import main
from admin_scripts.moments import moment, shown
from admin_scripts.refusal import Refused
from admin_scripts.survey_change import LAST_MINUTE, Anew, change, open_now
from conversations.letters import Occasion, OwnWords
from conversations.protocol import WaveKind
from storage.engine import transaction
from storage.surveys import State, close_survey
from storage.texts import save_texts
from storage.waves import plan_waves
from tests.admin_scripts.field_work import NOON, ROME, field, on

DAY = timedelta(days=1)
ZONE = ZoneInfo(ROME)


def said(capsys):
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


async def test_what_is_named_changes_and_the_rest_stays(engine):
    """Words and dates; an empty date is taken away."""
    await field(engine)
    _, survey = await change(engine, "zone", Anew(sender="Ente", closes="2026-12-18"), now=NOON)
    assert (survey.sender, shown(survey.closes_at, ZONE)) == ("Ente", "Friday 2026-12-18, 23:59")
    before, survey = await change(engine, "zone", Anew(title="Zone", closes=""), now=NOON)
    assert before.closes_at is not None
    assert (survey.title, survey.sender, survey.closes_at) == ("Zone", "Ente", None)


@pytest.mark.parametrize(
    ("anew", "sentence"),
    [
        (Anew(title=" "), "A survey needs a title"),
        (Anew(opens="2026-12-01"), "Survey 'zone' is open, so an opening date would mean nothing"),
        (Anew(closes="2026-11-22"), "'2026-11-22' is over. To close the survey now: colloquio survey close zone"),
        (Anew(closes="tomorrow"), "'tomorrow' is no date"),
    ],
)
async def test_a_change_that_means_nothing_is_refused(engine, anew, sentence):
    """With what to do in its place, and nothing is changed."""
    before = await field(engine)
    with pytest.raises(Refused, match=sentence):
        await change(engine, "zone", anew, now=NOON)
    assert (await change(engine, "zone", Anew(sender=""), now=NOON))[0] == before


async def test_a_closed_survey_is_not_opened_by_a_change(engine):
    """Moving the date of a survey that is over would open it, which is a decision of its own."""
    await field(engine)
    async with transaction(engine) as connection:
        await close_survey(connection, "zone", now=NOON)
    with pytest.raises(Refused, match="colloquio survey open zone --closes DATE"):
        await change(engine, "zone", Anew(closes="2026-12-18"), now=NOON + DAY)
    _, survey = await open_now(engine, "zone", "2026-12-18", now=NOON + DAY)
    assert survey.state(NOON + 2 * DAY) is State.OPEN
    assert shown(survey.closes_at, ZONE) == "Friday 2026-12-18, 23:59"


async def test_a_survey_is_not_opened_until_yesterday(engine):
    """Nobody could answer."""
    await field(engine)
    with pytest.raises(Refused, match="nobody could answer"):
        await open_now(engine, "zone", "2026-11-22", now=NOON)


@pytest.mark.parametrize(
    ("text", "there"), [("2027-03-28T02:30", False), ("2027-03-28T03:30", True), ("2026-10-25T02:30", True)]
)
def test_an_hour_that_the_clocks_leave_out_is_no_time(text, there):
    """It would silently become another one; an hour that comes twice is the first."""
    if there:
        assert moment(text, ROME, LAST_MINUTE) == datetime.fromisoformat(text).replace(tzinfo=ZONE)
        return
    with pytest.raises(Refused, match="the clocks go forward then, to 03:30"):
        moment(text, ROME, LAST_MINUTE)


def test_the_screen_shows_what_was_and_what_is(configured, capsys):
    """And says that a reminder would come too late; saying the same again changes nothing."""

    async def reminded(engine):
        survey = await field(engine)
        async with transaction(engine) as connection:
            await plan_waves(connection, survey, WaveKind.REMINDER, [datetime(2099, 12, 1, 9, tzinfo=ZONE)])

    on(configured, reminded)
    assert main(["survey", "change", "zone", "--contact", "ente@example.org", "--closes", "2099-11-30"]) == 0
    words = said(capsys)
    assert "Contact │ – │ ente@example.org" in words
    assert "Closes │ – │ Monday 2099-11-30, 23:59" in words
    assert "The reminder of Tuesday 2099-12-01, 09:00 comes after the closing: it will not be sent" in words
    assert main(["survey", "change", "zone", "--contact", "ente@example.org"]) == 0
    assert "Nothing has changed" in said(capsys)


def test_a_deadline_that_is_taken_away_is_missed_in_own_texts(configured, capsys):
    """They are named; without any, nothing is said."""

    async def worded(engine):
        survey = await field(engine)
        async with transaction(engine) as connection:
            texts = {
                (Occasion.OPENED, "it"): OwnWords("", "Entro { deadline }"),
                (Occasion.CLOSED, "it"): OwnWords("x", ""),
            }
            await save_texts(connection, survey.id, texts)

    on(configured, worded)
    main(["survey", "change", "zone", "--closes", "2099-11-30"])
    assert "Warning" not in said(capsys)
    main(["survey", "change", "zone", "--closes", ""])
    assert "{deadline} is empty now in your own texts: opened in it." in said(capsys)


def test_a_change_of_nothing_is_a_wrong_call(configured, capsys):
    """Exit code 2, and the options are named."""
    on(configured, field)
    assert main(["survey", "change", "zone"]) == 2
    assert "Say what to change: --title" in said(capsys)


def test_opening_says_until_when_and_what_is_next(configured, capsys):
    """A closed survey gets a new last day."""
    on(configured, field)
    main(["survey", "close", "zone"])
    assert main(["survey", "open", "zone", "--closes", "2099-12-18 18:00"]) == 0
    words = said(capsys)
    assert "is open until Friday 2099-12-18, 18:00" in words
    assert "colloquio invitations send zone" in words


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "9999-12-31T23:00", "0001-01-01T00:00+10:00"])
def test_a_year_out_of_our_time_is_refused(text):
    """Calendars end somewhere, and nobody means it."""
    with pytest.raises(Refused, match="Give one between 2000 and 2199"):
        moment(text, ROME, LAST_MINUTE)


def test_a_time_of_another_zone_is_a_time():
    """As calendars write it."""
    assert moment("2026-12-01T09:00Z", ROME, LAST_MINUTE) == moment("2026-12-01T10:00", ROME, LAST_MINUTE)
