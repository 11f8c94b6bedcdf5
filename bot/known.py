"""What a new session is told of its person: the previous response and metadata, as far as the survey's mode allows."""

from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.forms import FormDefinition
from conversations.protocol import Mode
from conversations.session import Known
from storage.invitations import Invitation
from storage.known import person_of, previous_answers


async def known_of(
    connection: AsyncConnection, invitation: Invitation, form: FormDefinition, *, channel: str, seed: int
) -> Known:
    """What the questionnaire asks for and may know; nothing is looked up that it does not ask for."""
    mode = invitation.survey.mode
    last_saved: tuple[tuple[str, str], ...] = ()
    if form.last_saved.ids:
        last_saved = await previous_answers(connection, invitation.participant, form.form_id, mode)
    if not any(node.bind.preload == "property" for node in form.nodes.values()):
        return Known(last_saved)
    person = {"deviceid": _device(channel, invitation.participant, seed, mode)}
    if mode is Mode.IDENTIFIED:
        person["username"], person["email"] = await person_of(connection, invitation.participant)
    return Known(last_saved, person)


def _device(channel: str, participant: str, seed: int, mode: Mode) -> str:
    """The channel and a pseudonym of this session alone; in anonymous surveys the channel only. Never an address."""
    if mode is Mode.ANONYMOUS:
        return f"colloquio:{channel}"
    return f"colloquio:{channel}:{sha256(f'device:{seed}:{participant}'.encode()).hexdigest()[:16]}"
