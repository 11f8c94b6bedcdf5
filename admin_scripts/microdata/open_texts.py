"""What was written in answer to one open question, text by text: for those who code it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.microdata.gathering import Gathering
from admin_scripts.microdata.source import Source
from admin_scripts.microdata.variables import Variable
from storage.submitted import stream_texts


@dataclass(frozen=True, slots=True)
class OpenText:
    """One answer. `row`: its place in the repeats around the question, "2" or "2/1"; "" outside of any."""

    response_id: str
    row: str
    text: str


async def read_texts(connection: AsyncConnection, source: Source, question: Variable) -> list[OpenText]:
    """Every answer that is not blank, in the order of the responses' random ids."""
    gathering = Gathering(source)
    async for some in stream_texts(connection, source.survey):
        gathering.add(some)
    said = gathering.said(question).to_pylist()
    keys = gathering.keys(question.table)
    return [OpenText(known, row, text) for text, (known, row) in zip(said, keys, strict=True) if text]
