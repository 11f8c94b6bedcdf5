"""All that is counted of a survey, read in one snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.refusal import Refused
from conversations.forms import FormDefinition
from conversations.stops import asked_in
from storage.dispositions import Counts, count_dispositions, parting_column, register_columns
from storage.forms import load_definition
from storage.reading import Breakdown, count_breakdown, count_places
from storage.settling import Tally, count_postings
from storage.standstill import Standstill, standstills
from storage.surveys import Survey, get_survey
from storage.waves import Wave, list_waves


@dataclass(frozen=True, slots=True)
class Standing:
    """A survey and its counts. `groups` are those of the register's `column`; one of everybody if that is ""."""

    survey: Survey
    form: FormDefinition = field(compare=False)  # `survey` says which
    column: str
    groups: Mapping[str, Counts]
    breakdown: Breakdown
    places: Mapping[str, int]
    waves: Sequence[Wave]
    tallies: Sequence[Tally]
    standstills: Sequence[Standstill]


async def standing_of(connection: AsyncConnection, name: str, by: str = "") -> Standing:
    """The survey of this name and its counts; without `by`, by the first column that is good for it."""
    survey = await get_survey(connection, name)
    column = by or await parting_column(connection, survey.id)
    form = await load_definition(connection, survey.form_hash)
    has_more = len(asked_in(form)) > 1
    return Standing(
        survey=survey,
        form=form,
        column=column,
        groups=await _groups(connection, survey, column, has_more=has_more),
        breakdown=await count_breakdown(connection, survey.id, has_more=has_more),
        places=await count_places(connection, survey.id),
        waves=await list_waves(connection, survey.id),
        tallies=await count_postings(connection, survey.id),
        standstills=await standstills(connection),
    )


async def _groups(connection: AsyncConnection, survey: Survey, column: str, *, has_more: bool) -> Mapping[str, Counts]:
    groups = await count_dispositions(connection, survey.id, column, has_more=has_more)
    if column and groups.keys() == {""}:
        columns = ", ".join(await register_columns(connection, survey.id)) or "none"
        raise Refused(f"The register of '{survey.name}' has nothing in a column '{column}'. Its columns: {columns}.")
    return groups
