"""What is known of a person when a session begins: the previous response, where the promises made allow it."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.forms import form_id_of
from conversations.protocol import Mode
from storage.forms import load_form_text
from storage.tables import participants, response_links, responses, surveys

_NOW = participants.alias("now")
_PREVIOUS = (
    select(responses.c.form_hash, responses.c.id)
    .join(response_links, response_links.c.response_id == responses.c.id)
    .join(participants, participants.c.id == response_links.c.participant_id)
    .join(_NOW, _NOW.c.person_id == participants.c.person_id)
    .join(surveys, surveys.c.id == responses.c.survey_id)
    .where(
        _NOW.c.id == bindparam("participant"),
        _NOW.c.survey_id != participants.c.survey_id,
        surveys.c.mode.in_(bindparam("modes", expanding=True)),
        surveys.c.is_synthetic.is_(False),
    )
    .order_by(responses.c.submitted_on.desc(), responses.c.survey_id.desc())
)
_ANSWERS = select(responses.c.answers).where(responses.c.id == bindparam("response"))
_PERSON = select(participants.c.person_id, participants.c.email).where(participants.c.id == bindparam("participant"))

_MAY_BE_SEEN = {
    Mode.IDENTIFIED: (Mode.IDENTIFIED.value,),
    Mode.CONFIDENTIAL: (Mode.IDENTIFIED.value, Mode.CONFIDENTIAL.value),
    Mode.ANONYMOUS: (),
}
"""From which surveys answers may be repeated in a survey of a mode: never where they would be less protected."""


async def previous_answers(
    connection: AsyncConnection, participant: str, form_id: str, mode: Mode
) -> tuple[tuple[str, str], ...]:
    """The answers by ref of the same person's last response to this questionnaire in another survey; () without one.

    `mode` is that of the survey in which the participant begins now.
    """
    wanted = {"participant": participant, "modes": list(_MAY_BE_SEEN[mode])}
    known: dict[str, str] = {}
    for form_hash, response in (await connection.execute(_PREVIOUS, wanted)).all():
        if form_hash not in known:
            known[form_hash] = form_id_of(await load_form_text(connection, form_hash))
        if known[form_hash] == form_id:
            answers = await connection.scalar(_ANSWERS, {"response": response})
            return tuple((ref, value) for ref, value in answers or ())
    return ()


async def person_of(connection: AsyncConnection, participant: str) -> tuple[str, str]:
    """The register's id of the person, and the e-mail address ("" without one)."""
    row = (await connection.execute(_PERSON, {"participant": participant})).one()
    return row.person_id, row.email
