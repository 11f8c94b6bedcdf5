"""The durable turn: what a channel heard goes in, what it is to say comes out, and is stored before it does.

Knows storage and conversations, no channel. Nothing of a conversation stays in memory.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.anew import erased, new_seed
from bot.closed import closing, in_passing, is_asked_anyway
from bot.elsewhere import leads_there, meant_by, said_of, with_others, with_owner
from bot.facing import Facing, as_meant
from bot.known import known_of
from bot.mydata import MyData
from bot.nowhere import below, misled, said_nowhere
from bot.refusals import advise, closed_to, is_always_heard, obstacle_to, said_above
from bot.reply import Preview, Reply
from bot.shelf import FormShelf
from bot.shown import as_seen, asks_for_data, begun, derived, spoken
from bot.traces import Traces
from conversations.advice import Advice, advice
from conversations.forms import FormDefinition
from conversations.protocol import Command, Commanded, Heard, Manner, Turn
from conversations.turn import begin, take_turn
from storage.chat_messages import ChatMessage
from storage.chats import Sender, Shown, mark_shown, owed
from storage.claims import prune_claims
from storage.engine import empty_log
from storage.invitations import Invitation, Standing
from storage.presence import hear_presence
from storage.sessions import StoredSession
from storage.turns import OpenTurn, open_turn

__all__ = ["Dialogue", "Reply"]


class Dialogue:
    """One for all channels. Every method is one transaction; raises StorageError only."""

    def __init__(self, engine: AsyncEngine, forms: FormShelf, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._forms = forms
        self._clock = clock
        self.traces = Traces(engine, clock)
        self.mydata = MyData(engine, forms, clock)

    async def hear(  # noqa: PLR0913 - what a channel knows, each by its name
        self,
        sender: Sender,
        heard: Heard,
        *,
        claim: str,
        token: str | None = None,
        language_wish: str = "",
        message: str = "",
        seen: int = 0,
        page_of: str = "",
        facing: Facing | None = None,
        said: Sequence[ChatMessage] = (),
    ) -> Reply:
        """Take the turn; when this returns, it is stored. A claim that was taken before changes nothing.

        `token` is an invitation's, and stands for "start here"; `language_wish` is a tag, for those without a session;
        `message` names the message whose button was pressed; `seen` is the revision that was before the eyes, where the
        channel knows; `page_of` is the session (`Reply.session`) to which the page belonged, of no other is it heard;
        `facing` is what an answer was given to, where the channel knows; `said` is what has come to stand in the chat.
        """
        now = self._clock()
        async with open_turn(self._engine, sender, claim, now=now, said=said) as opened:
            if opened.repeated:
                return await self._again(opened, language_wish, now)
            if page_of and opened.stored is not None and opened.stored.id != page_of:
                return below(Advice.PAGE_OF_ANOTHER, await self._once_more(opened, language_wish, now))
            opened.stored = as_seen(opened.stored, seen)
            if token is not None:
                return await self._admit(opened, token, language_wish, now)
            other = await meant_by(opened, heard)
            if other is not None:
                return await self._of_another(opened, other, heard, language_wish, now)
            if opened.stored is None:
                again = partial(self._once_more, opened, language_wish, now)
                reply = await said_nowhere(opened, heard, language_wish, again)
                is_known = asks_for_data(heard) and await self.mydata.is_known(opened.connection, sender)
                return replace(reply, gives_data=is_known)
            heard = await with_others(opened, as_meant(heard, facing, opened.stored), now)
            return await self._go_on(opened, opened.stored, heard, now, message)

    async def look(self, sender: Sender, *, language_wish: str = "") -> Reply | None:
        """What this sender is to be shown, from what is stored; None without a session. Changes nothing.

        Advice (`Reply.session` is "") where the survey has closed meanwhile.
        """
        now = self._clock()
        async with open_turn(self._engine, sender, None, now=now) as opened:
            stored = opened.stored
            if stored is None:
                return advise(Advice.LINK_REPLACED, language_wish) if opened.is_unlinked else None
            closed = closed_to(stored, now)
            return closed or await self._derived(opened, stored, now)

    async def preview(self, token: str, *, language_wish: str = "", sender: Sender | None = None) -> Preview:
        """What an invitation leads to, as this sender sees it (None: one who never wrote); changes nothing."""
        now = self._clock()
        async with open_turn(self._engine, sender or _NOBODY, None, now=now) as opened:
            invitation = await opened.find_invitation(token)
            if invitation is None:
                return Preview(advice(Advice.UNKNOWN_TOKEN, language_wish), None, Advice.UNKNOWN_TOKEN)
            terms, is_own = invitation.survey.terms, invitation.standing is Standing.OWN
            obstacle = obstacle_to(invitation, now)
            if obstacle is not None:
                return Preview(advice(obstacle, invitation.language or language_wish), terms, obstacle, is_own)
            is_beside = opened.stored is not None and opened.stored.participant != invitation.participant
            turn = await self._welcome(opened, invitation, language_wish, now, seed=0)
            return Preview(turn.prompt, terms, is_own=is_own, is_beside=is_beside)

    async def shown(self, sender: Sender, shown: Shown) -> None:
        """Note what has been said, so that it is not owed any more."""
        await mark_shown(self._engine, sender, shown)

    async def presence(self, sender: Sender, *, claim: str, is_there: bool) -> None:
        """Note that the person has closed the channel to us, or opened it again; says nothing."""
        await hear_presence(self._engine, sender, claim, is_there=is_there, now=self._clock())

    async def owed(self, channel: str) -> list[Sender]:
        """Those to whom something stored has not been said."""
        return await owed(self._engine, channel)

    async def forget_claims(self) -> int:
        """Drop the claims that nobody can repeat any more; how many. What was erased is then gone from the log, too."""
        await empty_log(self._engine)
        return await prune_claims(self._engine, now=self._clock())

    # ------------------------------------------------------------ the ways of a turn

    async def _again(self, opened: OpenTurn, language_wish: str, now: datetime) -> Reply:
        """A channel delivered twice: what is still unsaid is said, nothing else."""
        stored = opened.stored
        if stored is None:
            return advise(Advice.NO_INVITATION, language_wish, Manner.QUIET)
        is_said = opened.shown is not None and opened.shown.revision >= stored.session.revision
        return await self._derived(opened, stored, now, Manner.QUIET if is_said else Manner.ASK)

    async def _admit(self, opened: OpenTurn, token: str, language_wish: str, now: datetime) -> Reply:
        invitation, again = await opened.find_invitation(token), partial(self._once_more, opened, language_wish, now)
        if invitation is None:
            return await misled(opened, Advice.UNKNOWN_TOKEN, language_wish, again)
        obstacle = None if invitation.standing is Standing.OWN else obstacle_to(invitation, now)
        if obstacle is not None:
            return await misled(opened, obstacle, invitation.language or language_wish, again)
        if invitation.standing is Standing.OWN or (invitation.started and not invitation.is_sealed):
            stored = await opened.resume(invitation)
            return await self._go_on(opened, stored, Commanded(Command.START), now)
        return await self._start(opened, invitation, language_wish, now)

    async def _start(self, opened: OpenTurn, invitation: Invitation, language_wish: str, now: datetime) -> Reply:
        turn = await self._welcome(opened, invitation, language_wish, now, seed=new_seed())
        stored = await opened.start(invitation, turn.session)
        reply = begun(opened, stored, turn)
        return reply.after(said_above(Advice.BEGINS_ANEW, turn.prompt.language)) if invitation.is_sealed else reply

    async def _welcome(
        self, opened: OpenTurn, invitation: Invitation, language_wish: str, now: datetime, *, seed: int
    ) -> Turn:
        survey = invitation.survey
        form = await self._forms.form(opened.connection, survey.form_hash)
        language = invitation.language or language_wish
        known = await known_of(opened.connection, invitation, form, channel=opened.channel, seed=seed)
        local = now.astimezone(survey.zone)
        return begin(form, survey.terms, language=language, seed=seed, now=local, known=known)

    async def _go_on(
        self, opened: OpenTurn, stored: StoredSession, heard: Heard, now: datetime, pressed: str = ""
    ) -> Reply:
        before, closed = stored.session, closed_to(stored, now)
        if closed is not None:
            return await self._said_in_passing(opened, stored, heard, closed, now, pressed)
        form = await self._forms.form(opened.connection, stored.form_hash)
        turn = await self._take(opened, stored, form, heard, now)
        if turn.session == before and turn.manner is Manner.ASK:
            await opened.say_later()
        return spoken(form, opened, stored, heard, closing(stored, heard, turn, now), now, pressed)

    async def _take(
        self, opened: OpenTurn, stored: StoredSession, form: FormDefinition, heard: Heard, now: datetime
    ) -> Turn:
        """The turn, and all that it changes kept."""
        away, terms, before = stored.away(now), stored.survey.terms, stored.session
        local = now.astimezone(stored.survey.zone)
        turn = take_turn(form, terms, before, heard, now=local, away=away)
        if turn.is_foreign:
            owned = await self._owned(opened, heard, now)
            turn = take_turn(form, terms, before, owned, now=local, away=away) if owned is not None else turn
        turn = await erased(opened, stored, form, turn, now)
        if turn.changes or turn.session != before or turn.is_return:
            await opened.save(turn.session, turn.changes)
        return turn

    async def _owned(self, opened: OpenTurn, heard: Heard, now: datetime) -> Heard | None:
        return await with_owner(opened, heard, partial(self._forms.form, opened.connection), now)

    async def _said_in_passing(
        self, opened: OpenTurn, stored: StoredSession, heard: Heard, closed: Reply, now: datetime, pressed: str
    ) -> Reply:
        """What is always heard, in a survey that is not open; so is a button of another survey, which may be open."""
        is_heard = is_always_heard(heard, stored.session)
        passing = heard if is_heard else await self._owned(opened, heard, now)
        if passing is None:
            return closed
        form = await self._forms.form(opened.connection, stored.form_hash)
        turn = await self._take(opened, replace(stored, active_at=None), form, passing, now)  # nobody goes on here
        if is_asked_anyway(turn):
            return spoken(form, opened, stored, heard, turn, now, pressed)
        return replace(in_passing(stored, heard, turn, now), left_out=opened.left_out)

    async def _of_another(
        self, opened: OpenTurn, other: StoredSession, heard: Heard, language_wish: str, now: datetime
    ) -> Reply:
        """Go on in another survey, or do what was pressed of it and say so beside what is asked here."""
        if leads_there(other, heard, now):
            return await self._go_on(opened, await opened.turn_to(other), heard, now)
        form = await self._forms.form(opened.connection, other.form_hash)
        told = await said_of(opened, other, form, heard, now)
        return (await self._once_more(opened, language_wish, now)).after(told)

    async def _once_more(self, opened: OpenTurn, language_wish: str, now: datetime) -> Reply:
        stored = opened.stored
        if stored is None:
            return advise(Advice.NO_INVITATION, language_wish)
        closed = closed_to(stored, now)
        if closed is not None:
            return closed
        await opened.say_later()
        return replace(await self._derived(opened, stored, now), is_derived=False)

    async def _derived(
        self, opened: OpenTurn, stored: StoredSession, now: datetime, manner: Manner = Manner.ASK
    ) -> Reply:
        """The reply that the stored session asks for."""
        form = await self._forms.form(opened.connection, stored.form_hash)
        return derived(form, opened, stored, now, manner)


_NOBODY = Sender("web", "")
"""Who only looks at an invitation."""
