"""The coordinators' own words for invitations and reminders, by occasion and language."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.letters import Occasion, OwnWords
from storage.tables import texts as table

Texts = Mapping[tuple[Occasion, str], OwnWords]
"""(occasion, IETF tag) -> words; what is not there is said in ours."""

_ALL = select(table.c.occasion, table.c.language, table.c.subject, table.c.body).where(
    table.c.survey_id == bindparam("survey")
)
_DROP = delete(table).where(table.c.survey_id == bindparam("survey"))


async def load_texts(connection: AsyncConnection, survey_id: int) -> Texts:
    """All own words of a survey."""
    rows = await connection.execute(_ALL, {"survey": survey_id})
    return {(Occasion(occasion), language): OwnWords(subject, body) for occasion, language, subject, body in rows}


async def save_texts(connection: AsyncConnection, survey_id: int, own: Texts) -> None:
    """Replace them all."""
    await connection.execute(_DROP, {"survey": survey_id})
    rows = [
        {
            "survey_id": survey_id,
            "occasion": occasion,
            "language": language,
            "subject": words.subject,
            "body": words.body,
        }
        for (occasion, language), words in own.items()
    ]
    if rows:
        await connection.execute(insert(table), rows)
