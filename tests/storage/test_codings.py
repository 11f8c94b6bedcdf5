"""Codes for open answers, and what becomes of them."""

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.codings import Code, Coding, load_codings, load_frames, save_codings, save_frame
from storage.engine import snapshot, transaction
from storage.tables import responses
from tests.storage.field import NOON, Field

FRAME = (Code("staff", {"it": "Personale", "en": "Staff"}), Code("rules", {"it": "Norme", "en": "Rules"}))
TEXT = Coding("r1", "why", "ada", ("rules", "staff"))
IN_ROWS = Coding("r1", "detail", "ada", ("staff",), "2/1")
UNFIT = Coding("r2", "why", "ada", ())


async def hand_in(connection: AsyncConnection, field: Field) -> None:
    """Two responses."""
    rows = [
        {
            "id": known,
            "survey_id": field.survey.id,
            "form_hash": field.survey.form_hash,
            "language": "it",
            "submitted_on": NOON.date(),
            "answers": [["/data/why", "Too few people"]],
        }
        for known in ("r1", "r2")
    ]
    await connection.execute(insert(responses), rows)


async def test_a_frame_comes_back_in_the_order_of_the_coders(field: Field):
    """And a later one takes its place."""
    async with transaction(field.engine) as connection:
        await save_frame(connection, field.survey.id, "why", (*FRAME, Code("other", {"it": "Altro"})))
        await save_frame(connection, field.survey.id, "why", FRAME)

    async with snapshot(field.engine) as connection:
        assert await load_frames(connection, field.survey.id) == {"why": FRAME}
        assert await load_frames(connection, field.survey.id + 1) == {}


async def test_a_coder_who_codes_again_replaces_his_own_codes_only(field: Field):
    """A file can be imported as often as one likes; a text that no code fits is coded too."""
    other = Coding("r1", "why", "bea", ("staff",))
    async with transaction(field.engine) as connection:
        await hand_in(connection, field)
        await save_codings(connection, field.survey.id, "why", "ada", [Coding("r2", "why", "ada", ("staff",)), TEXT])
        await save_codings(connection, field.survey.id, "why", "bea", [other])
        await save_codings(connection, field.survey.id, "detail", "ada", [IN_ROWS])
        await save_codings(connection, field.survey.id, "why", "ada", [TEXT, UNFIT])

    async with snapshot(field.engine) as connection:
        assert await load_codings(connection, field.survey.id) == [IN_ROWS, TEXT, other, UNFIT]


async def test_a_response_that_is_erased_takes_its_codes_along(field: Field):
    """What was made of an answer is about the person as the answer is."""
    async with transaction(field.engine) as connection:
        await hand_in(connection, field)
        await save_codings(connection, field.survey.id, "why", "ada", [TEXT, UNFIT])

    async with transaction(field.engine) as connection:
        await connection.execute(delete(responses).where(responses.c.id == "r1"))

    async with snapshot(field.engine) as connection:
        assert await load_codings(connection, field.survey.id) == [UNFIT]
