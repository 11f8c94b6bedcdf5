"""The texts of one question under ids that say nothing of any other question, and who may have such a list."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.microdata.open_texts import OpenText, read_texts
from admin_scripts.microdata.source import Source, read_source
from admin_scripts.microdata.variables import Disclosure, Variable
from admin_scripts.refusal import Refused
from conversations.forms import ControlKind
from storage.codings import Code, Coding, load_codings, load_frames
from storage.surveys import Survey

FEWEST = 10
"""Texts of fewer people are not listed: who knows them would know who wrote which."""

ID_BYTES = 10


@dataclass(frozen=True, slots=True)
class Listing:
    """All texts of a question by their ids, in the ids' order, which is as good as any; its frame and codings."""

    survey: Survey
    question: Variable
    languages: Mapping[str, str]
    texts: Mapping[str, OpenText]
    frame: Sequence[Code]
    codings: Sequence[Coding]

    def codes_of(self, coder: str) -> dict[str, tuple[str, ...]]:
        """What this coder gave, by the id of the text."""
        given = {(one.response_id, one.row): one.codes for one in self.codings if one.coder == coder}
        places = {known: (text.response_id, text.row) for known, text in self.texts.items()}
        return {known: given[place] for known, place in places.items() if place in given}

    @property
    def coders(self) -> tuple[str, ...]:
        """Who has coded so far."""
        return tuple(sorted({one.coder for one in self.codings}))


async def listing_of(connection: AsyncConnection, name: str, question: str, secret: bytes) -> Listing:
    """Refused if there is no such open question, or too few have answered it."""
    source = await read_source(connection, name)
    variable = _open_question(source, question)
    texts = await read_texts(connection, source, variable)
    people = len({text.response_id for text in texts})
    if people < FEWEST:
        raise Refused(
            f"{people} have answered '{question}', and texts of fewer than {FEWEST} people are not listed: whoever"
            " knows them would know who wrote what. Wait for more answers."
        )
    known = {_id_of(secret, source.survey, question, text): text for text in texts}
    frames = await load_frames(connection, source.survey.id)
    codings = [one for one in await load_codings(connection, source.survey.id) if one.variable == question]
    return Listing(
        source.survey,
        variable,
        source.dictionary.languages,
        dict(sorted(known.items())),
        frames.get(question, ()),
        codings,
    )


def _open_question(source: Source, question: str) -> Variable:
    found = [
        variable
        for variables in source.dictionary.tables.values()
        for variable in variables
        if variable.kind == ControlKind.TEXT and variable.disclosure is not Disclosure.ID
    ]
    for variable in found:
        if variable.name == question:
            return variable
    names = ", ".join(variable.name for variable in found) or "none"
    raise Refused(f"'{question}' is no open question of this survey. Choose one of: {names}.")


def _id_of(secret: bytes, survey: Survey, question: str, text: OpenText) -> str:
    """16 letters and digits; nobody without the key can tell which texts of two questions are of one person."""
    message = f"open text:{survey.id}:{question}:{text.response_id}:{text.row}".encode()
    digest = hmac.new(secret, message, hashlib.sha256).digest()[:ID_BYTES]
    return base64.b32encode(digest).decode().lower()
