"""The durable turn: one transaction that claims what was heard, holds the session, and keeps what became of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from conversations.protocol import AnswerKept, Change, ChatCleared, RemindersOff, Session, Submitted, Withdrawn
from storage.chat_messages import ChatMessage, keep_messages, wish_cleared
from storage.chats import (
    CURRENT,
    NEVER,
    OF_SENDER,
    Sender,
    Shown,
    find_chat,
    mark_shown,
    mark_unsaid,
    meet_chat,
    owed,
    turn_chat_to,
)
from storage.claims import prune_claims, take_claim
from storage.engine import snapshot, transaction
from storage.invitations import Invitation, Standing, find_invitation, hold_participant
from storage.mentions import names_given, names_handed_in
from storage.participation import adopt_link, be_quiet
from storage.responses import drop_response, keep_response
from storage.sessions import (
    SESSION_COLUMNS,
    StoredSession,
    add_answers,
    begin_anew,
    bind_session,
    create_session,
    drop_answers,
    hold_session,
    save_session,
    session_in,
    sessions_of_chat,
    without_draft,
)
from storage.surveys import State
from storage.tables import chats, sessions, surveys

__all__ = [
    "Invitation",
    "OpenTurn",
    "Sender",
    "Shown",
    "Standing",
    "StoredSession",
    "mark_shown",
    "open_turn",
    "owed",
    "prune_claims",
]

_LOOK = (
    select(chats.c.id, chats.c.shown_message, chats.c.shown_place, chats.c.shown_revision, *SESSION_COLUMNS)
    .join(sessions, CURRENT)
    .join(surveys, surveys.c.id == sessions.c.survey_id)
    .where(OF_SENDER)
)
_HOLD = _LOOK.with_for_update(of=(chats, sessions))


class OpenTurn:
    """What one sender's turn may read and change while its transaction is open.

    `repeated`: this was heard before; derive the prompt again and save nothing. `stored`: the session the sender's chat
    is at. `shown`: what the chat shows of it; `behind`: of the one that it has just turned away from. `connection`: to
    read a questionnaire in the same transaction. `left_out`: the files that were answers and are none any more, handed
    in or withdrawn. `said`: what was said in the chat since the turn before, by both. `is_unlinked`: the chat was at a
    session that is not its own any more, for the invitation was renewed.
    """

    def __init__(
        self, connection: AsyncConnection, sender: Sender, said: Sequence[ChatMessage], *, now: datetime, holds: bool
    ) -> None:
        self.connection = connection
        self.repeated = False
        self.shown: Shown | None = None
        self.behind: Shown | None = None
        self.is_unlinked = False
        self.stored: StoredSession | None = None
        self.left_out: frozenset[str] = frozenset()
        self._chat: str | None = None
        self._sender = sender
        self._said = said
        self._now = now
        self._holds = holds

    @property
    def channel(self) -> str:
        """The channel of the sender: "telegram", "web"."""
        return self._sender.channel

    async def find_invitation(self, token: str) -> Invitation | None:
        """What this token means to the sender; None when it means nothing.

        A free invitation is held until the turn ends, so that two senders cannot both find it free. It is read again
        once it is held: somebody may have taken it meanwhile, and that may have been another turn of this sender.
        """
        found = await find_invitation(self.connection, token, self._chat)
        if not self._holds or found is None or (found.standing is Standing.OWN and not found.is_new):
            return found
        if found.standing is Standing.FOREIGN:
            return found if self._chat or not await self.load() else await self.find_invitation(token)
        self._chat = await meet_chat(self.connection, self._sender)
        await hold_participant(self.connection, found.participant)
        held = await find_invitation(self.connection, token, self._chat)
        if held is not None and held.is_new and held.survey.state(self._now) is not State.CLOSED:
            await adopt_link(self.connection, held.participant, token)
            return await find_invitation(self.connection, token, self._chat)
        return held

    async def start(self, invitation: Invitation, session: Session) -> StoredSession:
        """Bind a free invitation to the sender by a new session, which becomes the one the chat is at.

        If it was started in another chat, the answers given there are removed.
        """
        chat = await meet_chat(self.connection, self._sender)
        if invitation.started:
            earlier = await hold_session(self.connection, invitation.participant)
            anew = await begin_anew(self.connection, earlier, session, chat=chat, now=self._now)
            return await self.turn_to(anew)
        stored = await create_session(
            self.connection, invitation, session, sender=self._sender, chat=chat, now=self._now
        )
        return await self.turn_to(stored)

    async def resume(self, invitation: Invitation) -> StoredSession:
        """Go on with the session of an invitation that is the sender's own, or free since it was renewed."""
        is_here = self.stored is not None and self.stored.participant == invitation.participant
        if self.stored is not None and is_here and invitation.standing is Standing.OWN:
            return self.stored
        stored = await hold_session(self.connection, invitation.participant)
        if invitation.standing is Standing.FREE:
            await bind_session(self.connection, stored, await meet_chat(self.connection, self._sender))
        return await self.turn_to(stored)

    async def sessions_here(self) -> list[StoredSession]:
        """Every session that belongs to the sender's chat, also those that it has turned away from; all held."""
        return await sessions_of_chat(self.connection, self._chat) if self._chat else []

    async def turn_to(self, stored: StoredSession) -> StoredSession:
        """Make a session of this chat the one it is at, of which nothing was shown yet."""
        await turn_chat_to(self.connection, self._sender, bucket=stored.bucket, session=stored.id)
        self.stored, self.shown, self.behind = stored, None, self.shown
        return stored

    async def be_quiet(self, stored: StoredSession) -> None:
        """No more reminders for whose session this is, wherever the chat is."""
        await be_quiet(self.connection, stored.participant)

    async def save(self, session: Session, changes: Sequence[Change]) -> None:
        """Keep the session after a turn: its document and its answers or, when it was handed in, the response."""
        stored = self._current()
        if any(isinstance(change, RemindersOff) for change in changes):
            await be_quiet(self.connection, stored.participant)
        if any(isinstance(change, ChatCleared) for change in changes):
            await self.clear()
        if any(isinstance(change, Withdrawn) for change in changes):
            await self._erase(stored)
        submitted = next((change for change in changes if isinstance(change, Submitted)), None)
        kept = session if submitted is None else without_draft(session)
        await save_session(self.connection, stored, kept, now=self._now)
        if submitted is None:
            answers = (change for change in changes if isinstance(change, AnswerKept))
            await add_answers(self.connection, stored, session.revision, answers)
        else:
            given = await names_given(self.connection, stored)
            self.left_out = frozenset(given - {value for _, value in submitted.answers})
            await keep_response(self.connection, stored, submitted, now=self._now)
            await drop_answers(self.connection, stored)
        self.stored = replace(stored, session=kept)

    async def _erase(self, stored: StoredSession) -> None:
        given, handed_in = await names_given(self.connection, stored), await names_handed_in(self.connection, stored)
        self.left_out = frozenset(given | handed_in)
        await drop_answers(self.connection, stored)
        await drop_response(self.connection, stored)
        await be_quiet(self.connection, stored.participant)

    async def clear(self) -> None:
        """What stands in the chat up to what was said last is to go."""
        await wish_cleared(self.connection, self._sender, self._said)

    async def say_later(self) -> None:
        """The prompt is owed to the sender even though the revision did not rise; `mark_shown` settles it."""
        await mark_unsaid(self.connection, self._sender)

    async def load(self) -> bool:
        """Find what the sender's chat is at and, unless this is a look only, hold it. Whether there is a chat.

        While a chat is waited for it may turn to another session; then the database finds neither, and is asked again.
        """
        statement = _HOLD if self._holds else _LOOK
        if await self._load(statement):
            return True
        found = await find_chat(self.connection, self._sender, hold=self._holds)
        if found is None:
            return False
        self._chat, at_session = found
        self.is_unlinked = at_session and not await self._load(statement)
        return True

    async def _load(self, statement: Select[Any]) -> bool:
        row = (await self.connection.execute(statement, self._sender.key)).first()
        if row is None:
            return False
        self._chat, message, place, revision, *session = row
        self.stored = session_in(session)
        if message or revision != NEVER:
            self.shown = Shown(self.stored.id, message, place, revision)
        return True

    def _current(self) -> StoredSession:
        if self.stored is None:
            message = "a turn without a session has nothing to save"
            raise ValueError(message)
        return self.stored


@asynccontextmanager
async def open_turn(
    engine: AsyncEngine, sender: Sender, claim: str | None, *, now: datetime, said: Sequence[ChatMessage] = ()
) -> AsyncIterator[OpenTurn]:
    """A turn of this sender; what it saved is durable when the block ends, and undone if it raises.

    `claim` names what was heard, the same at each delivery; None only looks, holds nothing and must save nothing.
    Other turns of the sender and of the session wait. `said` is kept, if the sender has a chat by the end of the turn.
    Raises StorageError only.
    """
    enter = snapshot if claim is None else transaction
    async with enter(engine) as connection:
        turn = OpenTurn(connection, sender, said, now=now, holds=claim is not None)
        if claim is not None:
            turn.repeated = not await take_claim(connection, sender, claim, now=now)
        await turn.load()
        yield turn
        if said:
            await keep_messages(connection, {sender: said})
