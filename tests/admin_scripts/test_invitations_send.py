"""Invitations by e-mail are planned once for everybody who has none, and renewed links can be mailed."""

import socket
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from admin_scripts.__main__ import main
from admin_scripts.invitations import send
from admin_scripts.refusal import Refused
from admin_scripts.renewal import renew
from admin_scripts.survey_change import Anew, change
from conversations.protocol import WaveKind
from storage.due import Posting, Reason
from storage.engine import snapshot, transaction
from storage.participation import exclude, post_link
from storage.settings import Settings
from storage.surveys import close_survey
from storage.tables import outbox, participants
from storage.waves import list_waves, run_due_waves
from storage.workdays import WorkingHours
from tests.admin_scripts.field_work import EXAMPLES, NOON, ROME, SECRET, field, on

ZONE = ZoneInfo(ROME)
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=ZONE)
SETTINGS = Settings()


def said(capsys):
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


async def waves_of(engine, survey):
    async with snapshot(engine) as connection:
        return await list_waves(connection, survey.id)


async def known(engine, person, **values):
    """Something is known of a person of the register."""
    async with transaction(engine) as connection:
        await connection.execute(update(participants).where(participants.c.person_id == person).values(**values))


# ---------------------------------------------------------------- sending


async def test_everybody_is_invited_once(engine):
    """Calling again invites only those who are new."""
    survey = await field(engine)
    first = await send(engine, "zone", "", SETTINGS, dry=False, now=NOON)
    assert (first.leaves, first.people, first.is_planned) == (NOON, 134, True)
    again = await send(engine, "zone", "", SETTINGS, dry=False, now=NOON + timedelta(minutes=1))
    assert (again.waiting.planned_at, again.is_planned) == (NOON, False)
    await run_due_waves(engine, WorkingHours(), now=NOON)
    third = await send(engine, "zone", "", SETTINGS, dry=False, now=NOON + timedelta(minutes=2))
    assert third.counts == {(Reason.INVITED, "email"): 134}
    assert len(await waves_of(engine, survey)) == 1


async def test_at_night_an_invitation_waits_for_the_morning(engine):
    """The moment at which it leaves is told; so it is on a holiday."""
    await field(engine)
    night = await send(engine, "zone", "", SETTINGS, dry=False, now=NIGHT)
    assert night.leaves == datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
    holiday = await send(engine, "zone", "2026-12-08 10:00", SETTINGS, dry=True, now=NIGHT)
    assert holiday.leaves == datetime(2026, 12, 9, 9, 0, tzinfo=ZONE)


async def test_a_dry_run_plans_nothing(engine):
    """It counts all the same."""
    survey = await field(engine)
    assert (await send(engine, "zone", "", SETTINGS, dry=True, now=NOON)).people == 134
    assert await waves_of(engine, survey) == []


async def test_an_earlier_invitation_is_planned_beside_a_later_one(engine):
    """It is the one that counts; the later finds only who is new by then."""
    survey = await field(engine)
    await send(engine, "zone", "2026-12-01 09:30", SETTINGS, dry=False, now=NOON)
    assert (await send(engine, "zone", "", SETTINGS, dry=False, now=NOON)).is_planned
    assert [wave.kind for wave in await waves_of(engine, survey)] == [WaveKind.INVITATION] * 2


async def test_an_invitation_leaves_only_while_people_can_answer(engine):
    """Before the opening and after the closing it is refused, with what to do."""
    await field(engine)
    with pytest.raises(Refused, match="'2026-11-20' is over"):
        await send(engine, "zone", "2026-11-20", SETTINGS, dry=False, now=NOON)
    await change(engine, "zone", Anew(closes="2026-11-23 20:00"), now=NOON)
    with pytest.raises(Refused, match=r"on Tuesday 2026-11-24, 09:00, and the survey is closed then"):
        await send(engine, "zone", "2026-11-23 19:00", SETTINGS, dry=False, now=NOON)


@pytest.mark.usefixtures("configured")
def test_a_survey_that_is_not_open_yet_invites_nobody(capsys):
    """Whether the opening has a date or not, the remedy fits."""
    form = str(EXAMPLES / "zone_omogenee_po.xlsx")
    main(["survey", "create", "zone", form])
    main(["survey", "create", "later", form, "--opens", "2099-12-01"])
    capsys.readouterr()
    assert main(["invitations", "send", "zone"]) == 1
    assert "the survey is not open yet then. To open it now: colloquio survey open zone" in said(capsys)
    assert main(["invitations", "send", "later"]) == 1
    assert "It opens on Tuesday 2099-12-01, 00:00: give a moment after that" in said(capsys)


def test_the_screen_says_to_whom_when_and_what_is_needed(configured, capsys, monkeypatch):
    """That something has to be served, and where e-mails go without a mail server."""
    on(configured, field)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("COLLOQUIO_WEB_PORT", str(taken.getsockname()[1]))
        assert main(["invitations", "send", "zone", "--at", "2099-12-01 07:00", "--dry-run"]) == 0
        words = said(capsys)
        assert "It would leave on Tuesday 2099-12-01, 09:00 (Europe/Rome), for 134 people as things stand" in words
        assert "Messages leave from 09:00 to 18:00 on working days of IT only" in words
        assert "messages are sent by `colloquio serve`, which has to run then" in words
        assert "There is no mail server: e-mails go to the folder data/outbox, and can be read at" in words
        taken.listen()
        monkeypatch.setenv("COLLOQUIO_SMTP_URL", "smtp://127.0.0.1:25")
        assert main(["invitations", "send", "zone", "--at", "2099-12-01 09:30"]) == 0
    words = said(capsys)
    assert "The invitation leaves on Tuesday 2099-12-01, 09:30" in words
    assert "colloquio serve" not in words
    assert "There is no mail server" not in words
    assert "set COLLOQUIO_PUBLIC_URL" in words
    assert "set COLLOQUIO_MAIL_FROM first" in words


def test_who_cannot_be_invited_is_counted_by_reason(configured, capsys):
    """And never named; a survey in which nobody is left plans nothing."""

    async def some_out(engine):
        survey = await field(engine)
        async with transaction(engine) as connection:
            await exclude(connection, survey.id, "PO001", "has left")
        await known(engine, "PO002", email="")
        await known(engine, "PO003", undeliverable="5.1.1")

    async def all_out(engine):
        async with transaction(engine) as connection:
            await connection.execute(update(participants).values(email=""))

    on(configured, some_out)
    assert main(["invitations", "send", "zone", "--at", "2099-12-01 09:30", "--dry-run"]) == 0
    words = said(capsys)
    for line in (
        "will get it │ 131 │",
        "not: not eligible │ 1 │",
        "not: no e-mail address │ 1 │",
        "not: undeliverable │ 1 │",
    ):
        assert line in words
    assert "PO00" not in words
    on(configured, all_out)
    assert main(["invitations", "send", "zone", "--at", "2099-12-01 09:30"]) == 0
    assert "Nobody would get the invitation, so none is planned" in said(capsys)


# ---------------------------------------------------------------- a new link for one person


async def test_a_renewed_link_is_mailed_if_that_is_wished_for(engine):
    """At any hour, since the coordinator decides it; without it nothing is sent."""
    await field(engine)
    first = await renew(engine, "zone", "PO001", SECRET, now=NIGHT)
    second = await renew(engine, "zone", "PO001", SECRET, by_mail=True, now=NIGHT)
    async with snapshot(engine) as connection:
        posted = (await connection.execute(select(outbox.c.participant_id, outbox.c.occasion, outbox.c.due_at))).all()
    assert first.token(SECRET) != second.token(SECRET)
    assert [tuple(row) for row in posted] == [(second.id, "r2-20261123", NIGHT)]


@pytest.mark.parametrize(
    ("marked", "sentence"),
    [
        ({"email": ""}, "PO001 has no e-mail address"),
        ({"undeliverable": "5.1.1"}, r"E-mails to .* come back \(5.1.1\)"),
        ({"excluded": "has left"}, "PO001 is not eligible: has left"),
    ],
)
async def test_a_link_that_cannot_be_mailed_is_not_renewed(engine, marked, sentence):
    """The old one stays valid, since the new one would reach nobody."""
    await field(engine)
    await known(engine, "PO001", **marked)
    with pytest.raises(Refused, match=sentence):
        await renew(engine, "zone", "PO001", SECRET, by_mail=True, now=NOON)
    assert (await renew(engine, "zone", "PO001", SECRET, now=NOON)).generation == 1


async def test_no_link_of_a_closed_survey_is_mailed(engine):
    """It would open nothing."""
    await field(engine)
    async with transaction(engine) as connection:
        await close_survey(connection, "zone", now=NOON)
    with pytest.raises(Refused, match="Survey 'zone' is closed, so no link is sent"):
        await renew(engine, "zone", "PO001", SECRET, by_mail=True, now=NOON + timedelta(hours=1))


def test_who_is_not_eligible_is_left_out_of_the_exported_links(configured, capsys, tmp_path):
    """And that is said."""

    async def one_out(engine):
        survey = await field(engine)
        async with transaction(engine) as connection:
            await exclude(connection, survey.id, "PO001", "has left")

    on(configured, one_out)
    assert main(["invitations", "export", "zone", "out.csv"]) == 0
    words = said(capsys)
    assert "133 invitations are in out.csv. 1 person who is not eligible is left out." in words
    assert "PO001" not in (tmp_path / "out.csv").read_text()


def test_a_mailed_link_is_not_shown(configured, capsys, monkeypatch):
    """Whoever sees it could answer in that person's place; what the e-mail still lacks is said."""
    on(configured, field)
    assert main(["invitations", "renew", "zone", "PO001", "--send"]) == 0
    words = said(capsys)
    assert "A new link is sent to PO001 by e-mail, at any hour. The old one has ended." in words
    assert "There is no mail server" in words
    assert "/s/" not in words
    assert "@" not in words
    monkeypatch.setenv("COLLOQUIO_SMTP_URL", "smtp://127.0.0.1:25")
    assert main(["invitations", "renew", "zone", "PO002", "--send"]) == 0
    assert "The e-mails have no address to come from, and wait: set COLLOQUIO_MAIL_FROM first" in said(capsys)


async def test_a_link_that_leaves_right_now_is_not_overtaken(engine):
    """Nothing is written, so nothing is renewed either, and the coordinator hears of it."""
    await field(engine)
    async with transaction(engine) as connection:
        known_as = await connection.scalar(select(participants.c.id).where(participants.c.person_id == "PO001"))
        await post_link(connection, known_as, 1, now=NOON)
        await connection.execute(update(outbox).values(state=Posting.SENDING))
    with pytest.raises(Refused, match="A link of today's is on its way to PO001 already"):
        await renew(engine, "zone", "PO001", SECRET, by_mail=True, now=NOON)
    async with snapshot(engine) as connection:
        generation = select(participants.c.generation).where(participants.c.id == known_as)
        assert await connection.scalar(generation) == 0


async def test_a_link_that_still_waits_gives_way_to_the_newer_one(engine):
    """One message leaves, with the link that is good."""
    await field(engine)
    async with transaction(engine) as connection:
        known_as = await connection.scalar(select(participants.c.id).where(participants.c.person_id == "PO001"))
        await post_link(connection, known_as, 1, now=NOON)
    await renew(engine, "zone", "PO001", SECRET, by_mail=True, now=NOON)
    async with snapshot(engine) as connection:
        assert list(await connection.scalars(select(outbox.c.state))) == [Posting.QUEUED]
        generation = select(participants.c.generation).where(participants.c.id == known_as)
        assert await connection.scalar(generation) == 1
