"""All that is read of a survey before its answers: the versions of its questionnaire, and what each column will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.microdata.about import PARTIAL, about_columns, reserved
from admin_scripts.microdata.coded import Coded, with_coded
from admin_scripts.microdata.dictionary import Sources, dictionary_of
from admin_scripts.microdata.plan import Place, Plan
from admin_scripts.microdata.variables import Dictionary
from admin_scripts.refusal import Refused
from conversations.protocol import Mode
from storage.codings import load_codings, load_frames
from storage.dispositions import register_columns
from storage.forms import load_definition, load_form_source
from storage.releases import Release, list_releases
from storage.submitted import answered_versions
from storage.surveys import Survey, get_survey

if TYPE_CHECKING:
    from storage.unfinished import Unfinished


@dataclass(frozen=True, slots=True)
class Source:
    """A survey, its data dictionary, where each version's answers go, and the database that has them.

    `about`: header -> meaning of the columns of a response that hold no answers.
    """

    survey: Survey
    sources: Sources
    dictionary: Dictionary
    plan: Plan
    about: Mapping[str, str]
    titles: Sequence[str]  # of the register's columns that are in `about`
    unfinished: "Sequence[Unfinished]"  # those who stopped half-way, where they are wanted
    coded: Mapping[Place, Coded]  # the variables that coders made of open answers
    earlier: Sequence[Release]  # what has been let out so far
    mark: str  # the column of 1 in every table of a synthetic survey; "" of a real one
    address: URL


async def read_source(connection: AsyncConnection, name: str, *, partial: bool = False) -> Source:
    """Of the survey of this name; `partial` with those who stopped half-way. Raises SurveyUnknown, Refused."""
    survey = await get_survey(connection, name)
    titles = await register_columns(connection, survey.id) if survey.mode is Mode.IDENTIFIED else []
    about = about_columns(survey.mode, titles) | (PARTIAL if partial else {})
    unfinished = await _unfinished(connection, survey) if partial else []
    sources = await _sources(connection, survey, frozenset(one.form_hash for one in unfinished))
    dictionary, plan = dictionary_of(sources, reserved(about))
    codings = await load_codings(connection, survey.id)
    dictionary, coded = with_coded(dictionary, await load_frames(connection, survey.id), codings)
    mark = _free("synthetic", dictionary) if survey.is_synthetic else ""
    earlier, address = await list_releases(connection, survey.id), connection.engine.url
    return Source(survey, sources, dictionary, plan, about, titles, unfinished, coded, earlier, mark, address)


def _free(header: str, dictionary: Dictionary) -> str:
    while any(header == variable.name for variables in dictionary.tables.values() for variable in variables):
        header += "_"
    return header


async def _unfinished(connection: AsyncConnection, survey: Survey) -> "list[Unfinished]":
    from storage.unfinished import stream_unfinished  # noqa: PLC0415 - brings the conversation with it

    if survey.mode is Mode.ANONYMOUS:
        raise Refused("In an anonymous survey only what was handed in is exported: leave --partial out.")
    return [one async for one in stream_unfinished(connection, survey)]


async def _sources(connection: AsyncConnection, survey: Survey, begun: frozenset[str]) -> Sources:
    """The survey's own version, whether or not it was answered, then others that were, the newest first."""
    hashes = (await answered_versions(connection, survey) | begun) - {survey.form_hash}
    older = [await load_definition(connection, form_hash) for form_hash in hashes]
    newest = await load_definition(connection, survey.form_hash)
    forms = (newest, *sorted(older, key=lambda form: (form.version, form.hash), reverse=True))
    return Sources(forms, {form.hash: await load_form_source(connection, form.hash) for form in forms})
