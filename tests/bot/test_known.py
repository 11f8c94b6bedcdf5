"""What a new session is told of its person: the previous response and metadata, never more than was promised."""

from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.known import known_of
from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Mode
from conversations.session import Known
from storage.engine import transaction
from storage.forms import load_definition, save_form
from storage.invitations import Invitation, find_invitation
from storage.register import Person, import_people, participants
from storage.surveys import NewSurvey, create_survey
from storage.tables import response_links, responses
from tests.bot.installation import SECRET
from tests.sheets import workbook
from tests.walks import Walk

PEOPLE = [Person("P1", "Ann", "ann@example.org", "", 1.0, {}), Person("P2", "Bob", "", "", 1.0, {})]
YEARLY = """
| survey   |
|          | type     | name   | label  | default              |
|          | text     | office | Where? | ${last-saved#office} |
|          | text     | secret | And?   |                      |
|          | deviceid | device |        |                      |
|          | username | user   |        |                      |
|          | email    | mail   |        |                      |
| settings |
|          | form_id |
|          | yearly  |
"""
XFORM = read_xlsform(workbook(YEARLY)).xform or ""
OTHER = XFORM.replace('id="yearly"', 'id="other"')
LAST_YEAR = (("/data/office", "Milano"), ("/data/secret", "canary"))


async def invited(engine: AsyncEngine, name: str, mode: Mode, person: str = "P1", xform: str = XFORM) -> Invitation:
    """A new survey with its people; the invitation of one of them."""
    async with transaction(engine) as connection:
        form_hash = await save_form(connection, xform, b"workbook")
        survey = await create_survey(connection, NewSurvey(name, name, form_hash, mode))
        await import_people(connection, survey.id, PEOPLE, secret=SECRET)
        known = await participants(connection, survey.id)
        token = next(one.token(SECRET) for one in known if one.person.person_id == person)
        invitation = await find_invitation(connection, token, None)
    assert invitation is not None
    return invitation


async def answered(engine: AsyncEngine, invitation: Invitation, *, linked: bool = True, answers=LAST_YEAR) -> None:
    """A response of that participant."""
    response = {
        "id": invitation.participant,
        "survey_id": invitation.survey.id,
        "form_hash": invitation.survey.form_hash,
        "language": "",
        "submitted_on": date(2025, 11, 20),
        "answers": [list(pair) for pair in answers],
    }
    async with transaction(engine) as connection:
        await connection.execute(insert(responses), response)
        if linked:
            link = {"participant_id": invitation.participant, "response_id": invitation.participant}
            await connection.execute(insert(response_links), link)


async def known(engine: AsyncEngine, invitation: Invitation) -> Known:
    async with transaction(engine) as connection:
        form = await load_definition(connection, invitation.survey.form_hash)
        return await known_of(connection, invitation, form, channel="telegram", seed=7)


async def test_the_previous_response_begins_the_next(engine: AsyncEngine):
    """Of the same person and questionnaire; the session keeps what the questionnaire reads of it and no more."""
    await answered(engine, await invited(engine, "y2025", Mode.CONFIDENTIAL))
    this_year = await invited(engine, "y2026", Mode.CONFIDENTIAL)
    told = await known(engine, this_year)
    assert told.last_saved == LAST_YEAR
    async with transaction(engine) as connection:
        form = await load_definition(connection, this_year.survey.form_hash)
    walk = Walk(form, known=told)
    assert walk.value("office") == "Milano"
    assert "canary" not in str(walk.session.snapshot())


async def test_the_latest_response_counts(engine: AsyncEngine):
    """Of two on the same day, that of the later survey."""
    await answered(engine, await invited(engine, "y2024", Mode.CONFIDENTIAL), answers=(("/data/office", "Lodi"),))
    await answered(engine, await invited(engine, "y2025", Mode.CONFIDENTIAL))
    assert (await known(engine, await invited(engine, "y2026", Mode.CONFIDENTIAL))).last_saved == LAST_YEAR


@pytest.mark.parametrize(
    ("then", "now", "is_told"),
    [
        (Mode.IDENTIFIED, Mode.IDENTIFIED, True),
        (Mode.IDENTIFIED, Mode.CONFIDENTIAL, True),
        (Mode.CONFIDENTIAL, Mode.CONFIDENTIAL, True),
        (Mode.CONFIDENTIAL, Mode.IDENTIFIED, False),
    ],
)
async def test_answers_are_not_repeated_where_they_would_be_less_protected(engine: AsyncEngine, then, now, is_told):
    """What was said in confidence is not shown beside the name."""
    await answered(engine, await invited(engine, "before", then))
    told = await known(engine, await invited(engine, "after", now))
    assert told.last_saved == (LAST_YEAR if is_told else ())


async def test_a_response_without_a_link_is_nobodys(engine: AsyncEngine):
    """So is another person's, and that to another questionnaire."""
    await answered(engine, await invited(engine, "unlinked", Mode.CONFIDENTIAL), linked=False)
    await answered(engine, await invited(engine, "bob", Mode.CONFIDENTIAL, "P2"))
    await answered(engine, await invited(engine, "other", Mode.CONFIDENTIAL, xform=OTHER))
    assert (await known(engine, await invited(engine, "now", Mode.CONFIDENTIAL))).last_saved == ()


async def test_metadata_name_the_person_in_identified_surveys_only(engine: AsyncEngine):
    """The device is the channel and a pseudonym of this session; an address is in none of them."""
    identified = (await known(engine, await invited(engine, "named", Mode.IDENTIFIED))).person
    confidential = (await known(engine, await invited(engine, "quiet", Mode.CONFIDENTIAL))).person
    assert (identified["username"], identified["email"]) == ("P1", "ann@example.org")
    assert confidential.keys() == {"deviceid"}
    assert confidential["deviceid"].startswith("colloquio:telegram:")
    assert confidential["deviceid"] != identified["deviceid"]
