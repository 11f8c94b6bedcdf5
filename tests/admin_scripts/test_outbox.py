"""What has become of messages is counted; only those whose message went wrong are named, with what to do."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from admin_scripts.__main__ import main
from conversations.protocol import WaveKind
from storage.due import Posting
from storage.engine import snapshot, transaction
from storage.standstill import HELD, pause
from storage.tables import outbox, participants, rates
from storage.waves import plan_waves, run_due_waves
from storage.workdays import WorkingHours
from tests.admin_scripts.field_work import NOON, field, on


def said(capsys):
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


async def posted(engine, person, **values):
    """Something has become of a person's message."""
    known = select(participants.c.id).where(participants.c.person_id == person).scalar_subquery()
    async with transaction(engine) as connection:
        await connection.execute(update(outbox).where(outbox.c.participant_id == known).values(**values))


async def invited(engine):
    """Everybody has an invitation that waits."""
    survey = await field(engine)
    async with transaction(engine) as connection:
        await plan_waves(connection, survey, WaveKind.INVITATION, [NOON])
    await run_due_waves(engine, WorkingHours(), now=NOON)


async def some_went_wrong(engine):
    """One of each sort of trouble, one that arrived and one that became needless."""
    await invited(engine)
    await posted(engine, "PO001", state=Posting.DEAD, reason="5.1.1 no such user")
    await posted(engine, "PO002", state=Posting.DOUBT, reason="the process ended")
    await posted(engine, "PO003", state=Posting.DEAD, channel="telegram", reason="the bot is blocked")
    await posted(engine, "PO004", state=Posting.SENT)
    await posted(engine, "PO005", state=Posting.CANCELLED, reason="completed")


def test_an_outbox_without_messages_says_what_is_next(configured, capsys):
    """Rather than showing an empty table."""
    on(configured, field)
    assert main(["outbox", "show", "zone"]) == 0
    assert "No message was written yet. Next: colloquio invitations send zone" in said(capsys)


def test_messages_are_counted_by_wave_channel_and_state(configured, capsys):
    """Nobody whose message went well is named, nor anybody who answered."""
    on(configured, some_went_wrong)
    assert main(["outbox", "show", "zone"]) == 0
    words = said(capsys)
    assert "│ invitation 2026-11-23 │ Telegram, e-mail │ 1 │ 129 │ 2 │ 1 │ 1 │" in words
    assert "PO004" not in words
    assert "PO005" not in words


def test_what_went_wrong_stands_below_with_why_and_what_to_do(configured, capsys):
    """Each sort of trouble has its own remedy, said once."""
    on(configured, some_went_wrong)
    main(["outbox", "show", "zone"])
    words = said(capsys)
    assert "PO001 │ invitation, e-mail │ failed: 5.1.1 no such user │ 2" in words
    assert "PO002 │ invitation, e-mail │ in doubt: the process ended │ 1" in words
    assert "PO003 │ invitation, Telegram │ failed: the bot is blocked │ 3" in words
    assert "1 It may have arrived or not" in words
    assert "2 Correct the address in the register and import it again, then: colloquio outbox retry zone" in words
    assert "colloquio invitations renew zone ID --send" in words


def test_a_policy_of_the_server_does_not_blame_the_address(configured, capsys):
    """With a code of policy, or without any; nobody has to correct a right address."""

    async def refused(engine):
        await invited(engine)
        await posted(engine, "PO001", state=Posting.DEAD, reason="554 5.7.1 <…>: Spam")
        await posted(engine, "PO002", state=Posting.DEAD, reason="550 prohibited")

    on(configured, refused)
    main(["outbox", "show", "zone"])
    words = said(capsys)
    assert "PO001 │ invitation, e-mail │ failed: 554 5.7.1 <…>: Spam │ 5" in words
    assert "PO002 │ invitation, e-mail │ failed: 550 prohibited │ 5" in words
    assert "Ask whoever runs it why" in words
    assert "Correct the address" not in words


def test_a_mail_server_in_trouble_is_told_of_until_it_is_well_again(configured, capsys):
    """By `status` as well; another try ends the pause."""

    async def held(engine):
        await invited(engine)
        await posted(engine, "PO001", reason=f"{HELD}the mail server: it answers 421", due_at=NOON + timedelta(hours=1))
        async with transaction(engine) as connection:
            await pause(connection, "email", 900, now=datetime.now(UTC))

    async def waits(engine):
        async with snapshot(engine) as connection:
            return await connection.scalar(select(rates.c.next_at)) > datetime.now(UTC).timestamp()

    async def is_free(engine):
        assert not await waits(engine)

    on(configured, held)
    for command in (["outbox", "show", "zone"], ["status", "zone"]):
        assert main(command) == 0
        words = said(capsys)
        assert "All e-mail messages wait: the mail server: it answers 421. They are tried again after 13:00" in words
        assert "colloquio outbox retry zone" in words
    assert main(["outbox", "retry", "zone"]) == 0
    on(configured, is_free)


def test_a_channel_of_five_is_counted_by_itself(configured, capsys):
    """Fewer would be in one line with the other."""

    async def five(engine):
        await invited(engine)
        for number in range(1, 6):
            await posted(engine, f"PO00{number}", channel="telegram")

    on(configured, five)
    main(["outbox", "show", "zone"])
    words = said(capsys)
    assert "│ e-mail │ │ 129 │" in words
    assert "│ Telegram │ │ 5 │" in words


async def reminders_went_wrong(engine):
    """To five people for the one reason, to one for another."""
    survey = await field(engine)
    async with transaction(engine) as connection:
        await plan_waves(connection, survey, WaveKind.REMINDER, [NOON])
    await run_due_waves(engine, WorkingHours(), now=NOON)
    for number in range(1, 6):
        await posted(engine, f"PO00{number}", state=Posting.DEAD, reason=f"550 5.1.1 no such user as po00{number}")
    await posted(engine, "PO006", state=Posting.DOUBT, reason="the process ended")


def test_nobody_is_named_whose_reminder_went_wrong(configured, capsys):
    """Only who has not answered gets one, so a name would tell that; nor do the mail server's words name anybody."""
    on(configured, reminders_went_wrong)
    main(["outbox", "show", "zone"])
    words = said(capsys)
    assert "│ 5 │ reminder, e-mail │ failed: 5.1.1 │ 4 │" in words
    assert "│ <5 │ reminder, e-mail │ in doubt: the process ended │ 4 │" in words
    assert "4 Only who has not answered gets these, so nobody is named." in words
    assert "po00" not in words.lower()
    assert "Person" not in words


def test_another_try_for_one_person_does_not_tell_whether_there_was_anything(configured, capsys):
    """It might have been a reminder."""
    on(configured, reminders_went_wrong)
    answers = []
    for person in ("PO001", "PO009"):
        capsys.readouterr()
        assert main(["outbox", "retry", "zone", "--person", person]) == 0
        answers.append(said(capsys).replace(person, "ID"))
    assert answers[0] == answers[1]


def test_an_outbox_without_trouble_says_so(configured, capsys):
    """And gives no remedy."""
    on(configured, invited)
    main(["outbox", "show", "zone"])
    words = said(capsys)
    assert "│ 134 │" in words
    assert "No message failed, and none is in doubt" in words
    assert "Correct the address" not in words


def test_what_went_wrong_is_sent_again(configured, capsys, monkeypatch):
    """Of one person or of all; then nothing is left to be sent again."""
    monkeypatch.setenv("COLLOQUIO_WEB_PORT", "9")
    on(configured, some_went_wrong)
    assert main(["outbox", "retry", "zone", "--person", "PO001"]) == 0
    words = said(capsys)
    assert "the messages to PO001, if anything, waits to be sent again" in words
    assert "which has to run then" in words
    assert main(["outbox", "retry", "zone"]) == 0
    assert "2 messages wait to be sent again" in said(capsys)
    assert main(["outbox", "retry", "zone"]) == 0
    assert "none is sent again" in said(capsys)
    assert main(["outbox", "retry", "zone", "--person", "nobody"]) == 1
    assert "The register of this survey has no such person" in said(capsys)


def test_a_wave_that_is_being_sent_can_be_cancelled(configured, capsys):
    """What waits is not sent; asked again, there is nothing to cancel."""
    on(configured, invited)
    assert main(["waves", "cancel", "zone"]) == 0
    assert "134 messages that waited are not sent." in said(capsys)
    assert main(["waves", "cancel", "zone"]) == 0
    assert "none was cancelled" in said(capsys)


# ---------------------------------------------------------------- who is not asked


async def excluded(engine):
    """Everybody's reason, "" for none."""
    async with snapshot(engine) as connection:
        rows = await connection.execute(select(participants.c.person_id, participants.c.excluded))
        return {person: reason for person, reason in rows}  # noqa: C416 - rows are no pairs to `dict`


def test_somebody_is_left_out_and_taken_in_again(configured, capsys):
    """With the reason, and how to take it back."""
    on(configured, field)
    assert main(["participants", "exclude", "zone", "PO001", "--reason", " has \n retired "]) == 0
    assert "colloquio participants include zone PO001" in said(capsys)

    async def is_out(engine):
        assert (await excluded(engine))["PO001"] == "has retired"

    on(configured, is_out)
    assert main(["participants", "include", "zone", "PO001"]) == 0
    assert "PO001 is eligible again; until now not, since: has retired" in said(capsys)
    assert main(["participants", "include", "zone", "PO001"]) == 0
    assert "was eligible already" in said(capsys)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["exclude", "zone", "PO001", "--reason", " "], "A reason of 1 to 200 characters is needed"),
        (["exclude", "zone", "PO001", "--reason", "x" * 201], "A reason of 1 to 200 characters is needed"),
        (["exclude", "zone", "nobody", "--reason", "x"], "has no such person"),
        (["include", "zone", "nobody"], "has no such person"),
    ],
)
def test_who_cannot_be_left_out_is_told_why(configured, capsys, arguments, sentence):
    """And nobody's standing changes."""
    on(configured, field)
    assert main(["participants", *arguments]) == 1
    assert sentence in said(capsys)

    async def all_in(engine):
        assert set((await excluded(engine)).values()) == {""}

    on(configured, all_in)


def test_a_reason_has_to_be_given(configured, capsys):
    """Without the option the call is wrong."""
    on(configured, field)
    assert main(["participants", "exclude", "zone", "PO001"]) == 2
    assert "--reason" in said(capsys)


def test_somebody_gets_no_reminders_and_then_some_again(configured, capsys):
    """As told by telephone; an unknown person is refused."""

    async def quiet(engine):
        async with snapshot(engine) as connection:
            found.append(
                await connection.scalar(select(participants.c.is_quiet).where(participants.c.person_id == "PO001"))
            )

    found: list[bool] = []
    on(configured, field)
    for command in ("no-reminders", "reminders"):
        assert main(["participants", command, "zone", "PO001"]) == 0
        on(configured, quiet)
        assert main(["participants", command, "zone", "nobody"]) == 1
    words = said(capsys)
    assert found == [True, False]
    assert "colloquio participants reminders zone PO001" in words
    assert "has no such person" in words
