"""A new link for one person, told to the coordinator or sent by e-mail."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.refusal import Refused
from admin_scripts.synthetic import refuse_synthetic
from storage.engine import transaction
from storage.participation import Marks, marks, post_link
from storage.register import Participant, get_participant, renew_invitation
from storage.surveys import State, Survey, get_survey


async def renew(
    engine: AsyncEngine, name: str, person_id: str, secret: bytes, *, by_mail: bool = False, now: datetime
) -> Participant:
    """A new token for one person; the old link ends. With `by_mail` it is sent, and nobody else sees it.

    Refused if it could not be sent, or one of today's is on its way; then nothing is changed.
    """
    async with transaction(engine) as connection:
        survey = await get_survey(connection, name)
        refuse_synthetic(survey)
        await renew_invitation(connection, survey.id, person_id, secret=secret, mailed=by_mail)
        person = await get_participant(connection, survey.id, person_id)
        if by_mail:
            noted = (await marks(connection, survey.id)).get(person_id)
            _refuse_unless_reachable(person, survey, noted, now)
            if not await post_link(connection, person.id, person.generation, now=now):
                raise Refused(f"A link of today's is on its way to {person_id} already, so no other is made.")
        return person


def _refuse_unless_reachable(person: Participant, survey: Survey, noted: Marks | None, now: datetime) -> None:
    whom = person.person.person_id
    if survey.state(now) is State.CLOSED:
        raise Refused(f"Survey '{survey.name}' is closed, so no link is sent. Leave --send out, or open it again.")
    if not person.person.email:
        raise Refused(f"{whom} has no e-mail address. Add it to the register and import it again, or leave --send out.")
    if noted and noted.excluded:
        raise Refused(
            f"{whom} is not eligible: {noted.excluded}. Next: colloquio participants include {survey.name} {whom}"
        )
    if noted and noted.undeliverable:
        raise Refused(
            f"E-mails to {person.person.email} come back ({noted.undeliverable})."
            " Correct the address in the register and import it again, or leave --send out."
        )
