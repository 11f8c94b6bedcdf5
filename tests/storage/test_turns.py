"""The durable turn, one at a time; `test_races` has several at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.protocol import Session, Status
from storage.engine import snapshot
from storage.tables import answers, chats, claims, sessions
from storage.turns import Sender, Shown, mark_shown, open_turn, owed, prune_claims
from tests.storage.field import NOON, WELCOME, Field, answer, count

ADA = Sender("telegram", "1001")
EVE = Sender("telegram", "2002")
BROWSER = Sender("web", "the secret of a cookie")


async def test_a_session_is_found_again_as_it_was_saved(field: Field):
    """Nothing of it lives in the process."""
    started = await field.begin(ADA)
    async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
        saved = await answer(turn, "è così")

    found = await field.look(ADA)

    assert found.session == saved
    assert (found.id, found.form_hash, found.survey) == (started.id, field.survey.form_hash, field.survey)


async def test_what_was_heard_twice_counts_once(field: Field):
    """A claim is taken in the transaction of its answer; the repeat sees the session as it is now."""
    await field.begin(ADA)
    async with open_turn(field.engine, ADA, "update 1", now=NOON) as turn:
        first = turn.repeated
        saved = await answer(turn, "yes")

    async with open_turn(field.engine, ADA, "update 1", now=NOON) as turn:
        assert (first, turn.repeated) == (False, True)
        assert turn.stored.session == saved


async def test_a_claim_is_of_one_sender(field: Field):
    """Two browsers may count their forms alike."""
    async with open_turn(field.engine, ADA, "1", now=NOON):
        pass

    async with open_turn(field.engine, EVE, "1", now=NOON) as turn:
        assert not turn.repeated


async def test_a_turn_that_fails_leaves_nothing(field: Field):
    """Neither the answer nor the claim: it is heard again at the next delivery."""
    await field.begin(ADA)

    async def fail() -> None:
        async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
            await answer(turn, "lost")
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        await fail()
    async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
        assert not turn.repeated
        assert turn.stored.session.revision == 0
    assert await count(field.engine, answers) == 0


async def test_a_failing_start_leaves_no_chat_and_no_session(field: Field):
    """Half a binding would lock a participant out."""

    async def fail() -> None:
        async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
            await turn.start(await turn.find_invitation(field.tokens["P1"]), WELCOME)
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        await fail()
    assert [await count(field.engine, table) for table in (chats, sessions, claims)] == [0, 0, 0]


async def test_the_history_keeps_every_revision_of_an_answer(field: Field):
    """Appended, never overwritten; the latest is the answer."""
    await field.begin(ADA)
    for claim, value in enumerate(["red", "blue", ""]):
        async with open_turn(field.engine, ADA, str(claim), now=NOON) as turn:
            await answer(turn, value)

    async with snapshot(field.engine) as connection:
        rows = await connection.execute(
            select(answers.c.revision, answers.c.path, answers.c.value).order_by("revision")
        )
        assert [tuple(row) for row in rows] == [(1, "/data/q", "red"), (2, "/data/q", "blue"), (3, "/data/q", "")]


async def test_a_turn_is_owed_until_it_was_shown(field: Field):
    """What a crash between the commit and the message left unsaid is found by the revision."""
    stored = await field.begin(ADA)
    owed_first = await owed(field.engine, "telegram")
    await mark_shown(field.engine, ADA, Shown(stored.id, "m1", "~welcome", 0))

    assert (owed_first, await owed(field.engine, "telegram")) == ([ADA], [])
    async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
        assert turn.shown == Shown(stored.id, "m1", "~welcome", 0)
        await answer(turn, "yes")
    assert await owed(field.engine, "telegram") == [ADA]


async def test_a_refusal_can_be_owed_too(field: Field):
    """It does not raise the revision, and is lost with the process unless it is marked."""
    stored = await field.begin(ADA)
    await mark_shown(field.engine, ADA, Shown(stored.id, "m1", "~welcome", 0))
    async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
        await turn.say_later()

    assert await owed(field.engine, "telegram") == [ADA]
    async with open_turn(field.engine, ADA, None, now=NOON) as turn:
        assert turn.shown.message == "m1"


async def test_a_late_mark_changes_nothing(field: Field, identified: Field):
    """Neither one of an earlier revision nor one of the session before."""
    first = await field.begin(ADA)
    second = await identified.begin(ADA, claim="second")
    latest = Shown(second.id, "m9", "/data/q", 4)
    for shown in (latest, Shown(second.id, "m8", "/data/p", 3), Shown(first.id, "m7", "/data/q", 9)):
        await mark_shown(field.engine, ADA, shown)

    async with open_turn(field.engine, ADA, None, now=NOON) as turn:
        assert turn.shown == latest


async def test_a_cookie_is_not_stored(field: Field):
    """Who reads the database cannot answer as somebody else; only Telegram's chat id is needed for writing to it."""
    await field.begin(BROWSER)
    await field.begin(ADA, "P2")

    async with snapshot(field.engine) as connection:
        kept = set(await connection.scalars(select(chats.c.address)))
    assert kept == {"1001", BROWSER.kept}
    assert BROWSER.address not in kept


async def test_claims_are_forgotten_after_a_week(field: Field):
    """Telegram repeats for a day at most."""
    for claim, age in (("old", timedelta(days=8)), ("new", timedelta(days=6))):
        async with open_turn(field.engine, ADA, claim, now=NOON - age):
            pass

    assert await prune_claims(field.engine, now=NOON) == 1
    async with open_turn(field.engine, ADA, "new", now=NOON) as turn:
        assert turn.repeated


async def test_a_turn_without_a_session_has_nothing_to_save(field: Field):
    """A channel that forgot to ask is told, not obeyed."""
    with pytest.raises(ValueError, match="nothing to save"):
        async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
            await turn.save(Session(Status.NOTIFIED, "", 1), [])
