"""What people wish and what coordinators know of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.protocol import Session, Status
from storage.due import Posting
from storage.engine import snapshot, transaction
from storage.errors import PersonUnknown
from storage.invitations import Standing
from storage.participation import (
    UNUSED_LINKS,
    Marks,
    be_quiet,
    exclude,
    marks,
    participants_with_email,
    post_link,
    send_link,
    survey_of,
)
from storage.postings import Rejected
from storage.register import participants, renew_invitation
from storage.settling import settle
from storage.surveys import close_survey
from storage.tables import answers, sessions
from storage.tokens import invitation_token
from storage.turns import Sender, open_turn
from tests.storage.field import NOON, SECRET, Field, answer, count
from tests.storage.posted import DAY, MONDAY, counts_of, deliver, errands, marked, opened, stands, states, wave

OLD, NEW = Sender("telegram", "1"), Sender("web", "n" * 32)


async def known(field: Field, person: str = "P1") -> str:
    """The participant's id."""
    async with snapshot(field.engine) as connection:
        everybody = await participants(connection, field.survey.id)
    return next(one.id for one in everybody if one.person.person_id == person)


async def standing(field: Field, sender: Sender, token: str) -> Standing | None:
    """What a token means to a sender who only looks."""
    async with open_turn(field.engine, sender, None, now=NOON) as turn:
        found = await turn.find_invitation(token)
        return found.standing if found else None


async def new_token(field: Field, person: str = "P1", generation: int = 1) -> str:
    """The one that a new link holds."""
    return invitation_token(SECRET, field.survey.id, await known(field, person), generation)


async def test_a_new_link_is_mailed_at_once_and_once_a_day(field: Field):
    """Also at night: the person has asked for it."""
    await opened(field)
    night = MONDAY + timedelta(hours=13)
    for _ in range(3):
        assert await send_link(field.engine, await known(field), secret=SECRET, now=night)

    assert await deliver(field, now=night) == ["P1"]
    assert await send_link(field.engine, await known(field), secret=SECRET, now=night + DAY)
    assert await deliver(field, now=night + DAY) == ["P1"]


async def test_a_stranger_cannot_have_somebody_sent_a_link_each_day(field: Field):
    """Three, until one of them is used; then there may be three again."""
    await opened(field)
    participant, days = await known(field), [NOON + number * DAY for number in range(5)]
    sent = [await send_link(field.engine, participant, secret=SECRET, now=day) for day in days]
    assert sent == [True, True, True, False, False]

    async with open_turn(field.engine, NEW, "with the new link", now=NOON) as turn:
        assert await turn.find_invitation(await new_token(field)) is not None
    assert await send_link(field.engine, participant, secret=SECRET, now=days[-1])


async def test_asking_for_a_new_link_takes_nothing_from_who_has_the_old_one(field: Field):
    """Whoever finds a forwarded link and asks for another one does not stop the person who is answering."""
    await field.begin(OLD)
    await send_link(field.engine, await known(field), secret=SECRET, now=NOON)

    assert await standing(field, OLD, field.tokens["P1"]) is Standing.OWN
    assert await field.look(OLD) is not None


async def test_looking_at_a_new_link_uses_nothing_up(field: Field):
    """Mail scanners open every link."""
    await field.begin(OLD)
    await send_link(field.engine, await known(field), secret=SECRET, now=NOON)
    for _ in range(3):
        assert await standing(field, NEW, await new_token(field)) is Standing.FREE

    assert await standing(field, OLD, field.tokens["P1"]) is Standing.OWN


async def test_a_new_link_replaces_the_old_one_when_it_is_used(field: Field):
    """The session goes on where it was; the earlier chat and the earlier link are good for nothing any more."""
    begun = await field.begin(OLD)
    await send_link(field.engine, await known(field), secret=SECRET, now=NOON)
    token = await new_token(field)

    async with open_turn(field.engine, NEW, "with the new link", now=NOON) as turn:
        invitation = await turn.find_invitation(token)
        assert invitation is not None
        assert (invitation.standing, invitation.started) == (Standing.FREE, True)
        resumed = await turn.resume(invitation)

    assert resumed.id == begun.id
    assert await standing(field, NEW, token) is Standing.OWN
    assert await standing(field, OLD, field.tokens["P1"]) is None
    assert await field.look(OLD) is None


async def test_a_new_link_works_on_the_device_that_had_the_old_one(field: Field):
    """Who loses the mail, not the phone."""
    begun = await field.begin(OLD)
    await send_link(field.engine, await known(field), secret=SECRET, now=NOON)

    async with open_turn(field.engine, OLD, "again", now=NOON) as turn:
        invitation = await turn.find_invitation(await new_token(field))
        assert invitation is not None
        resumed = await turn.resume(invitation)

    assert resumed.id == begun.id
    assert await field.look(OLD) is not None


async def test_a_link_that_a_coordinator_renews_ends_the_one_that_was_asked_for(field: Field):
    """Also if that one is still on its way."""
    await opened(field)
    await send_link(field.engine, await known(field), secret=SECRET, now=MONDAY)
    async with transaction(field.engine) as connection:
        token = await renew_invitation(connection, field.survey.id, "P1", secret=SECRET)

    assert await standing(field, NEW, token) is Standing.FREE
    assert await standing(field, NEW, await new_token(field)) is None
    assert await deliver(field) == []


async def opens(field: Field, sender: Sender, token: str) -> tuple[bool, str | None]:
    """Whether the answers that were given are kept from this sender; the session it goes on with, if it may."""
    async with open_turn(field.engine, sender, f"{sender} {token}", now=NOON) as turn:
        invitation = await turn.find_invitation(token)
        assert invitation is not None
        if invitation.is_sealed:
            return True, (await turn.start(invitation, Session(Status.NOTIFIED, "", seed=9, revision=1))).id
        return False, (await turn.resume(invitation)).id


@pytest.mark.parametrize(
    ("mailed", "sender", "is_sealed"), [(False, NEW, True), (False, OLD, False), (True, NEW, False)]
)
async def test_a_link_that_a_coordinator_has_seen_shows_answers_only_where_they_were_given(
    field: Field, *, mailed: bool, sender: Sender, is_sealed: bool
):
    """On another device one begins anew; a link that was mailed to the person alone goes on where it was."""
    await opened(field)
    begun = await field.begin(OLD)
    async with open_turn(field.engine, OLD, "answers", now=NOON) as turn:
        await answer(turn, "a frank opinion")
    async with transaction(field.engine) as connection:
        token = await renew_invitation(connection, field.survey.id, "P1", secret=SECRET, mailed=mailed)

    assert await opens(field, sender, token) == (is_sealed, begun.id)

    stored = await field.look(sender)
    assert stored is not None
    assert ("opinion" in str(stored.session.filled)) is not is_sealed
    assert (await count(field.engine, answers) == 0) is is_sealed
    assert stored.session.revision == begun.session.revision + (2 if is_sealed else 1)


async def test_after_the_closing_a_new_link_takes_nothing_over(field: Field):
    """Links expire with the survey."""
    await opened(field)
    await field.begin(OLD)
    await send_link(field.engine, await known(field), secret=SECRET, now=NOON)
    async with transaction(field.engine) as connection:
        await close_survey(connection, field.survey.name, now=NOON)
    async with open_turn(field.engine, NEW, "late", now=NOON) as turn:
        await turn.find_invitation(await new_token(field))

    assert await standing(field, OLD, field.tokens["P1"]) is Standing.OWN


async def test_a_new_link_is_found_by_the_address_of_an_open_survey(field: Field):
    """In any spelling; not once the survey is over, and not of those who are not eligible."""
    await opened(field)
    found = await participants_with_email(field.engine, " ADA@Example.org ", now=MONDAY)
    async with transaction(field.engine) as connection:
        await exclude(connection, field.survey.id, "P2", "left")
        await close_survey(connection, field.survey.name, now=MONDAY)

    assert found == [await known(field)]
    assert await participants_with_email(field.engine, "ada@example.org", now=MONDAY) == []
    assert await participants_with_email(field.engine, "bea@example.org", now=MONDAY - DAY) == []


async def test_without_an_address_there_is_nobody_to_send_a_link_to(field: Field):
    """Nor for an unknown participant."""
    await marked(field, "P1", email="")

    assert not await send_link(field.engine, await known(field), secret=SECRET, now=NOON)
    assert not await send_link(field.engine, "nobody", secret=SECRET, now=NOON)
    assert await states(field) == {}


async def test_no_more_reminders_also_means_the_one_that_waits(field: Field):
    """From the moment it was said."""
    await opened(field)
    await wave(field)
    async with transaction(field.engine) as connection:
        assert await be_quiet(connection, await known(field))
        assert not await be_quiet(connection, "nobody")

    assert await deliver(field) == ["P2", "P3"]
    assert (await states(field))["P1"] == [("email", Posting.CANCELLED, "wants no reminders")]


async def test_who_is_not_eligible_can_become_so_again(field: Field):
    """An unknown person is refused."""
    await opened(field)
    async with transaction(field.engine) as connection:
        await exclude(connection, field.survey.id, "P1", "left in March")
        await exclude(connection, field.survey.id, "P1", "")
        with pytest.raises(PersonUnknown):
            await exclude(connection, field.survey.id, "P9", "left")

    assert counts_of(await wave(field)) == {"due by email": 3}


async def test_the_survey_of_a_participant_is_found(field: Field):
    """For pages that know a person only by a tag."""
    found = await survey_of(field.engine, await known(field))

    assert found is not None
    assert found.name == field.survey.name
    assert await survey_of(field.engine, "nobody") is None


async def test_of_when_somebody_was_active_only_the_hour_is_kept_and_nothing_after_the_submission(field: Field):
    """It serves to leave people alone, and to tell who comes back where that was; for nothing else."""
    stored = await field.begin(OLD)
    columns = select(sessions.c.active_at, sessions.c.done, sessions.c.asked)
    async with open_turn(field.engine, OLD, "goes on", now=NOON + timedelta(minutes=47)) as turn:
        await turn.save(Session(Status.ANSWERING, "", seed=7, revision=2, progress=(2, 9)), ())
    async with snapshot(field.engine) as connection:
        row = (await connection.execute(columns)).one()
    left = await field.look(OLD)
    async with open_turn(field.engine, OLD, "submits", now=NOON + timedelta(hours=1)) as turn:
        await turn.save(Session(Status.SUBMITTED, "", seed=7, revision=3, progress=(9, 9)), ())
    async with snapshot(field.engine) as connection:
        after = (await connection.execute(columns)).one()
    over = await field.look(OLD)

    assert stored.session.status is Status.NOTIFIED
    assert tuple(row) == (NOON, 2, 9)
    assert left.away(NOON + timedelta(hours=9, minutes=50)) == timedelta(hours=9, minutes=50)
    assert tuple(after) == (None, 9, 9)
    assert over.away(NOON + timedelta(days=9)) == timedelta()


async def test_what_is_noted_of_people_can_be_listed(field: Field):
    """Why somebody is not eligible, what came back from an address; nobody else is named."""
    async with transaction(field.engine) as connection:
        await exclude(connection, field.survey.id, "P1", "has left")
    await marked(field, "P2", undeliverable="5.1.1")
    async with snapshot(field.engine) as connection:
        noted = await marks(connection, field.survey.id)

    assert noted == {"P1": Marks("has left", ""), "P2": Marks("", "5.1.1")}


async def test_a_link_of_today_that_could_not_be_sent_is_asked_for_again(field: Field):
    """It does not stand in the way of another one, nor is it one of those that were sent."""
    await opened(field)
    participant = await known(field)
    for number in range(UNUSED_LINKS + 2):
        assert await send_link(field.engine, participant, secret=SECRET, now=MONDAY)
        (errand,) = await errands(field)
        assert errand.attempt == 1, number
        await settle(field.engine, errand, Rejected("550"), said="", now=MONDAY)
    assert await send_link(field.engine, participant, secret=SECRET, now=MONDAY)
    assert await deliver(field) == ["P1"]
    async with transaction(field.engine) as connection:
        assert not await post_link(connection, participant, 1, now=MONDAY)


async def test_a_link_that_somebody_asked_for_holds_back_no_reminder(field: Field):
    """Nor does one that still waits."""
    await opened(field)
    await send_link(field.engine, await known(field), secret=SECRET, now=MONDAY)
    assert await deliver(field) == ["P1"]
    await send_link(field.engine, await known(field, "P2"), secret=SECRET, now=MONDAY)

    assert counts_of(await wave(field)) == {"due by email": 3}


async def test_nobody_can_have_a_link_sent_to_who_has_declined(field: Field):
    """Who said no was promised to be left alone; who has handed in may want to see the receipt."""
    await opened(field)
    for person, status in (("P1", Status.DECLINED), ("P2", Status.STOPPED), ("P3", Status.SUBMITTED)):
        await stands(field, person, status)
    found = [
        await participants_with_email(field.engine, f"{name}@example.org", now=MONDAY)
        for name in ("ada", "bea", "cleo")
    ]
    assert [len(some) for some in found] == [0, 1, 1]
