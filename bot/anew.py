"""After a withdrawal: the session is as one that was never begun, and declined."""

import secrets
from dataclasses import replace
from datetime import datetime

from bot.known import known_of
from conversations.forms import FormDefinition
from conversations.protocol import Style, Turn, Withdrawn
from conversations.turn import begin, prompt_for
from storage.invitations import Invitation, Standing
from storage.sessions import StoredSession
from storage.turns import OpenTurn

SEED_BITS = 53
"""The largest seed that every reader of JSON keeps exactly."""


def new_seed() -> int:
    """For a session that nobody can guess anything of."""
    return secrets.randbits(SEED_BITS)


async def erased(opened: OpenTurn, stored: StoredSession, form: FormDefinition, turn: Turn, now: datetime) -> Turn:
    """The same turn, or one whose session knows of the person what a new one would; no button of before fits it."""
    if not any(isinstance(change, Withdrawn) for change in turn.changes):
        return turn
    survey, local = stored.survey, now.astimezone(stored.survey.zone)
    invitation = Invitation(stored.participant, survey, turn.session.language, Standing.OWN, started=True)
    seed = new_seed()
    known = await known_of(opened.connection, invitation, form, channel=opened.channel, seed=seed)
    fresh = begin(form, survey.terms, language=turn.session.language, seed=seed, now=local, known=known).session
    before = turn.session
    session = replace(fresh, status=before.status, place=before.place, revision=before.revision)
    told = (block for block in turn.prompt.blocks if block.style is Style.NOTICE)
    prompt = prompt_for(form, survey.terms, session, now=local)
    return replace(turn, session=session, prompt=replace(prompt, blocks=(*told, *prompt.blocks)))
