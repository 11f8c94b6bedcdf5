"""Surveys and the questionnaires they ask."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.protocol import Mode, Terms
from storage.engine import snapshot, transaction
from storage.errors import (
    DatesRefused,
    FormUnknown,
    ModeNotOffered,
    StorageError,
    SurveyExists,
    SurveyUnknown,
    TimezoneUnknown,
)
from storage.forms import load_form_source, load_form_text, save_form
from storage.surveys import (
    NewSurvey,
    State,
    Survey,
    change_survey,
    close_survey,
    create_survey,
    get_survey,
    list_surveys,
    open_survey,
)
from tests.storage.field import NOON, Field

DAY = timedelta(days=1)
PLANNED = Survey(
    1, "zones", "Zones", "0" * 64, Mode.CONFIDENTIAL, "Body", "staff@example.org", "Europe/Rome", None, None, None, None
)


async def create(engine: AsyncEngine, **changes: object) -> Survey:
    async with transaction(engine) as connection:
        form_hash = await save_form(connection, "<h:html/>", b"workbook")
        new = NewSurvey("zones", "Zones", form_hash, Mode.CONFIDENTIAL)
        return await create_survey(connection, replace(new, **changes))


async def test_a_survey_is_stored_as_it_was_said(engine: AsyncEngine):
    """Dates come back aware, in UTC."""
    opens = datetime(2026, 11, 23, 9, tzinfo=PLANNED.zone)
    created = await create(engine, sender="Body", contact="staff@example.org", opens_at=opens, closes_at=opens + DAY)

    async with snapshot(engine) as connection:
        found = await get_survey(connection, "zones")
        assert await list_surveys(connection) == [found]

    assert found == created
    assert (found.opens_at, found.opens_at.tzinfo) == (opens, UTC)
    assert found.terms == Terms("Zones", "Body", Mode.CONFIDENTIAL, "staff@example.org", opens + DAY)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"mode": Mode.ANONYMOUS}, ModeNotOffered),
        ({"opens_at": NOON, "closes_at": NOON}, DatesRefused),
        ({"timezone": "Europe/Atlantis"}, TimezoneUnknown),
        ({"timezone": "../etc"}, TimezoneUnknown),
        ({"form_hash": "f" * 64}, FormUnknown),
    ],
)
async def test_a_survey_that_cannot_be_is_refused(engine: AsyncEngine, changes, refusal: type[StorageError]):
    """With a sentence that says what to do, and nothing is stored; anonymous is never quietly weakened."""
    with pytest.raises(refusal):
        await create(engine, **changes)

    async with snapshot(engine) as connection:
        assert await list_surveys(connection) == []


async def test_a_name_is_given_once(field: Field):
    """And an unknown one is named in the refusal."""
    with pytest.raises(SurveyExists, match="zones"):
        await create(field.engine)
    with pytest.raises(SurveyUnknown, match="zone"):
        async with snapshot(field.engine) as connection:
            await get_survey(connection, "zone")


async def test_a_survey_is_opened_closed_and_reopened_by_hand(field: Field):
    """The last word of the coordinator holds."""
    states = [field.survey.state(NOON)]
    for act in (open_survey, close_survey, open_survey):
        async with transaction(field.engine) as connection:
            states.append((await act(connection, "zones", now=NOON)).state(NOON))

    assert states == [State.PLANNED, State.OPEN, State.CLOSED, State.OPEN]


async def test_reopening_removes_a_closing_date_that_has_passed(engine: AsyncEngine):
    """Otherwise it would be closed again at once; a date to come stays."""
    closes = (await create(engine, closes_at=NOON)).closes_at
    opened = []
    for now in (NOON - DAY, NOON + DAY):
        async with transaction(engine) as connection:
            opened.append(await open_survey(connection, "zones", now=now))

    assert [survey.closes_at for survey in opened] == [closes, None]
    assert opened[1].state(NOON + DAY) is State.OPEN


async def test_an_open_survey_was_opened_when_it_was(engine: AsyncEngine):
    """A new closing date begins no new field period; opening it after it was closed does."""
    await create(engine)
    moments = (NOON, NOON + DAY, NOON + 3 * DAY)
    opened = []
    for now in moments:
        async with transaction(engine) as connection:
            opened.append(await open_survey(connection, "zones", now=now, closes_at=now + DAY + DAY / 2))

    assert [survey.opened_at for survey in opened] == [NOON, NOON, NOON + 3 * DAY]


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, State.PLANNED),
        ({"opens_at": NOON + DAY}, State.PLANNED),
        ({"opens_at": NOON}, State.OPEN),
        ({"opened_at": NOON - DAY}, State.OPEN),
        ({"opened_at": NOON - DAY, "opens_at": NOON + DAY}, State.OPEN),
        ({"opens_at": NOON - DAY, "closes_at": NOON}, State.CLOSED),
        ({"opened_at": NOON - DAY, "closed_at": NOON}, State.CLOSED),
    ],
)
def test_dates_and_hands_open_and_close(dates, state: State):
    """What was done by hand wins over a plan, and a closing over an opening."""
    assert replace(PLANNED, **dates).state(NOON) is state


async def test_a_version_is_saved_once_and_read_back(engine: AsyncEngine):
    """Its hash is its name; the author's workbook lies beside it."""
    async with transaction(engine) as connection:
        first = await save_form(connection, "<è/>", b"workbook")
        again = await save_form(connection, "<è/>", b"the same form from another workbook")
        assert await load_form_text(connection, first) == "<è/>"
        assert await load_form_source(connection, again) == b"workbook"

    assert first == again


@pytest.mark.parametrize("load", [load_form_text, load_form_source])
async def test_an_unknown_version_is_refused(engine: AsyncEngine, load):
    """A survey whose form is gone cannot be asked."""
    with pytest.raises(FormUnknown):
        async with snapshot(engine) as connection:
            await load(connection, "f" * 64)


async def test_reopening_can_give_a_new_closing_date(engine: AsyncEngine):
    """One that is still to come; one that is over is refused rather than taken for none."""
    await create(engine, closes_at=NOON)
    async with transaction(engine) as connection:
        opened = await open_survey(connection, "zones", now=NOON + DAY, closes_at=NOON + 3 * DAY)
    with pytest.raises(DatesRefused):
        async with transaction(engine) as connection:
            await open_survey(connection, "zones", now=NOON + DAY, closes_at=NOON - DAY)

    assert opened.closes_at == NOON + 3 * DAY
    assert opened.state(NOON + 2 * DAY) is State.OPEN


async def test_what_respondents_are_told_can_be_changed(engine: AsyncEngine):
    """Only what is named changes; a date can be taken away."""
    before = await create(engine, sender="Body", closes_at=NOON + DAY)
    async with transaction(engine) as connection:
        await change_survey(connection, "zones", {"title": "New", "contact": "us@example.org", "closes_at": None})
    async with snapshot(engine) as connection:
        assert await get_survey(connection, "zones") == replace(
            before, title="New", contact="us@example.org", closes_at=None
        )


async def test_changed_dates_stay_in_their_order(engine: AsyncEngine):
    """A survey cannot close before it opens, and what is refused changes nothing."""
    before = await create(engine, opens_at=NOON, closes_at=NOON + DAY)
    with pytest.raises(DatesRefused):
        async with transaction(engine) as connection:
            await change_survey(connection, "zones", {"title": "New", "closes_at": NOON - DAY})
    async with snapshot(engine) as connection:
        assert await get_survey(connection, "zones") == before
