"""Codes for open answers: the frame of each question, and the codes that each coder gave to each text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.result_tables import code_frames, codings
from storage.tables import responses

_OF_FRAME = (
    code_frames.c.survey_id == bindparam("survey"),
    code_frames.c.variable == bindparam("of"),
)
_OF_SURVEY = select(responses.c.id).where(responses.c.survey_id == bindparam("survey"))
_OF_CODER = (
    codings.c.response_id.in_(_OF_SURVEY),
    codings.c.variable == bindparam("of"),
    codings.c.coder == bindparam("by"),
)
_FRAMES = (
    select(code_frames.c.variable, code_frames.c.code, code_frames.c.labels)
    .where(code_frames.c.survey_id == bindparam("survey"))
    .order_by(code_frames.c.variable, code_frames.c.place)
)
_CODINGS = (
    select(codings)
    .where(codings.c.response_id.in_(_OF_SURVEY))
    .order_by(codings.c.response_id, codings.c.variable, codings.c.row, codings.c.coder)
)
_DROP_FRAME = delete(code_frames).where(*_OF_FRAME)
_DROP_CODINGS = delete(codings).where(*_OF_CODER)


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a frame. `labels` by language, as in the data dictionary."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes that one coder gave to one text; none if no code fits.

    `row`: the place of the text in the repeats around its question, "2" or "2/1"; "" outside of any.
    """

    response_id: str
    variable: str
    coder: str
    codes: tuple[str, ...]
    row: str = ""


async def load_frames(connection: AsyncConnection, survey_id: int) -> dict[str, tuple[Code, ...]]:
    """The codes by question, in the coders' order; questions without a frame are not there."""
    frames: dict[str, tuple[Code, ...]] = {}
    for variable, code, labels in await connection.execute(_FRAMES, {"survey": survey_id}):
        frames[variable] = (*frames.get(variable, ()), Code(code, labels))
    return frames


async def save_frame(connection: AsyncConnection, survey_id: int, variable: str, codes: Sequence[Code]) -> None:
    """Replace the frame of a question. Codes that codings use have to be in it: the caller looks."""
    await connection.execute(_DROP_FRAME, {"survey": survey_id, "of": variable})
    rows = [
        {"survey_id": survey_id, "variable": variable, "code": code.name, "place": place, "labels": dict(code.labels)}
        for place, code in enumerate(codes)
    ]
    if rows:
        await connection.execute(insert(code_frames), rows)


async def load_codings(connection: AsyncConnection, survey_id: int) -> list[Coding]:
    """All codings of a survey, in the order of the responses' random ids."""
    rows = await connection.execute(_CODINGS, {"survey": survey_id})
    return [Coding(row.response_id, row.variable, row.coder, tuple(row.codes), row.row) for row in rows]


async def save_codings(
    connection: AsyncConnection, survey_id: int, variable: str, coder: str, given: Sequence[Coding]
) -> None:
    """Replace what this coder has given to this question; other coders' and questions' stay."""
    await connection.execute(_DROP_CODINGS, {"survey": survey_id, "of": variable, "by": coder})
    rows = [
        {
            "response_id": coding.response_id,
            "variable": variable,
            "row": coding.row,
            "coder": coder,
            "codes": list(coding.codes),
        }
        for coding in given
    ]
    if rows:
        await connection.execute(insert(codings), rows)
