"""A survey's responses -> a Dataset in memory, with what is known of its field."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.microdata.arrays import column_of
from admin_scripts.microdata.dataset import Dataset, Rows
from admin_scripts.microdata.plan import version_names
from admin_scripts.microdata.rows import Gathering, has_said_no
from admin_scripts.microdata.source import read_source
from admin_scripts.microdata.variables import Dictionary
from admin_scripts.questions import asked_in
from conversations.languages import tag_of
from storage.dispositions import Counts, Disposition, count_dispositions, register_columns
from storage.submitted import ResponseRow, stream_responses
from storage.surveys import Survey

MOST_GROUPS = 60
"""A column of the register with more values says who somebody is; nothing is counted by it."""


@dataclass(slots=True)
class _Field:
    """What is counted while responses are read."""

    versions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    days: set[date] = field(default_factory=set)

    def add(self, response: ResponseRow) -> None:
        self.versions[response.form_hash] += 1
        self.languages[tag_of(response.language) or response.language] += 1
        self.days.add(response.submitted_on)


async def load_dataset(connection: AsyncConnection, name: str) -> Dataset:
    """All who took part in the survey of this name; inside a `snapshot`. Raises SurveyUnknown.

    Whoever said no inside the questionnaire is a refusal among the dispositions, and no row.
    """
    source = await read_source(connection, name)
    survey, sources, dictionary, plan = source.survey, source.sources, source.dictionary, source.plan
    asked = {form.hash: asked_in(form) for form in sources.forms}
    more = len(asked[survey.form_hash]) > 1
    counted, gathering = _Field(), Gathering(plan)
    async for response in stream_responses(connection, survey):
        if not (more and has_said_no(response.answers, asked[response.form_hash])):
            counted.add(response)
            gathering.add(response.form_hash, response.answers)
    dispositions = await _dispositions(connection, survey, more=more)
    named = version_names(sources.forms)
    return Dataset(
        survey=survey,
        dictionary=dictionary,
        forms=sources.forms,
        versions={named[form.hash]: counted.versions[form.hash] for form in sources.forms},
        tables=_tables(dictionary, gathering),
        population=_eligible(dispositions[""].get("", {})),
        register=_register(dictionary, dispositions),
        dispositions=dispositions,
        first_day=min(counted.days, default=None),
        last_day=max(counted.days, default=None),
        languages=dict(counted.languages),
    )


def _tables(dictionary: Dictionary, gathering: Gathering) -> Mapping[str, Rows]:
    return {
        table: Rows(
            columns={
                variable.name: column_of(variable, gathering.values_of(table, variable.name)) for variable in variables
            },
            response=gathering.responses_of(table),
            parent=gathering.parents_of(table),
        )
        for table, variables in dictionary.tables.items()
    }


# ---------------------------------------------------------------- the register


async def _dispositions(
    connection: AsyncConnection, survey: Survey, *, more: bool
) -> Mapping[str, Mapping[str, Counts]]:
    """Of everybody under "", then by each column of the register that has few values."""
    found = {"": await count_dispositions(connection, survey.id, has_more=more)}
    for column in await register_columns(connection, survey.id):
        groups = await count_dispositions(connection, survey.id, column, has_more=more)
        if len(groups) <= MOST_GROUPS:
            found[column] = groups
    return found


def _register(
    dictionary: Dictionary, dispositions: Mapping[str, Mapping[str, Counts]]
) -> Mapping[str, Mapping[str, int]]:
    questions = {variable.name for variable in dictionary.tables[""]}
    return {
        column: {value: _eligible(counts) for value, counts in groups.items() if _eligible(counts)}
        for column, groups in dispositions.items()
        if column in questions
    }


def _eligible(counts: Counts) -> int:
    return sum(number for disposition, number in counts.items() if disposition is not Disposition.NOT_ELIGIBLE)
