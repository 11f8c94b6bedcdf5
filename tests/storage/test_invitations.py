"""Who may go on with which link."""

from datetime import timedelta

from storage.engine import transaction
from storage.register import renew_invitation
from storage.tables import chats, claims
from storage.turns import Sender, Shown, Standing, mark_shown, open_turn
from tests.storage.field import NOON, SECRET, Field, answer, count

ADA = Sender("telegram", "1001")
EVE = Sender("telegram", "2002")
BROWSER = Sender("web", "the secret of a cookie")


async def test_an_unknown_token_is_no_invitation(field: Field):
    """A guess learns nothing and leaves nothing."""
    async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
        assert await turn.find_invitation("A" * 24) is None

    assert await count(field.engine, chats) == 0


async def test_an_invitation_is_free_until_its_first_press(field: Field):
    """It says who is invited, to which survey, in which language."""
    async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
        found = await turn.find_invitation(field.tokens["P2"])

    assert (found.standing, found.started, found.language, found.survey) == (Standing.FREE, False, "en", field.survey)


async def test_a_forwarded_link_is_refused_to_the_second_sender(field: Field):
    """A token binds to the first who opens it, on whatever channel."""
    await field.begin(ADA)

    for claim, other in enumerate((EVE, BROWSER)):
        async with open_turn(field.engine, other, str(claim), now=NOON) as turn:
            assert (await turn.find_invitation(field.tokens["P1"])).standing is Standing.FOREIGN
            assert turn.stored is None


async def test_the_own_link_pressed_again_goes_on(field: Field):
    """Weeks later, from the same e-mail."""
    started = await field.begin(BROWSER)

    async with open_turn(field.engine, BROWSER, "again", now=NOON + timedelta(days=20)) as turn:
        invitation = await turn.find_invitation(field.tokens["P1"])
        assert invitation.standing is Standing.OWN
        assert await turn.resume(invitation) == started


async def test_a_chat_goes_from_survey_to_survey_and_back(field: Field, identified: Field):
    """The last link opened says which one is answered now; nothing of the other is lost or shown."""
    first = await field.begin(ADA)
    await mark_shown(field.engine, ADA, Shown(first.id, "m1", "~welcome", 0))
    second = await identified.begin(ADA, claim="second")
    async with open_turn(field.engine, ADA, "2", now=NOON) as turn:
        assert (turn.stored, turn.shown) == (second, None)
        await answer(turn, "of the second")

    async with open_turn(field.engine, ADA, "3", now=NOON) as turn:
        await turn.resume(await turn.find_invitation(field.tokens["P1"]))

    assert await field.look(ADA) == first


async def test_a_renewed_invitation_locks_out_the_old_chat_and_keeps_the_session(field: Field):
    """Somebody lost the phone: the new link goes on where the old one stopped, and the old one is dead."""
    await field.begin(ADA)
    async with open_turn(field.engine, ADA, "1", now=NOON) as turn:
        saved = await answer(turn, "kept")
    async with transaction(field.engine) as connection:
        token = await renew_invitation(connection, field.survey.id, "P1", secret=SECRET)

    assert await field.look(ADA) is None
    async with open_turn(field.engine, BROWSER, "1", now=NOON) as turn:
        assert await turn.find_invitation(field.tokens["P1"]) is None
        invitation = await turn.find_invitation(token)
        assert (invitation.standing, invitation.started) == (Standing.FREE, True)
        await turn.resume(invitation)
    assert (await field.look(BROWSER)).session == saved
    async with open_turn(field.engine, ADA, "2", now=NOON) as turn:
        assert (await turn.find_invitation(token)).standing is Standing.FOREIGN


async def test_looking_changes_nothing(field: Field):
    """Not even a stranger's chat is noted, and a free invitation stays free."""
    async with open_turn(field.engine, EVE, None, now=NOON) as turn:
        found = await turn.find_invitation(field.tokens["P1"])

    assert (found.standing, turn.stored, turn.shown) == (Standing.FREE, None, None)
    assert [await count(field.engine, table) for table in (chats, claims)] == [0, 0]
