"""A survey's responses -> a Dataset in memory, with what is known of its field."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.microdata.dataset import Dataset
from admin_scripts.microdata.gathering import Gathering
from admin_scripts.microdata.plan import version_names
from admin_scripts.microdata.source import read_source
from admin_scripts.microdata.taking_part import has_more
from admin_scripts.microdata.variables import Dictionary
from conversations.languages import tag_of
from storage.dispositions import Counts, Disposition, count_dispositions, register_columns
from storage.submitted import stream_texts
from storage.surveys import Survey

MOST_GROUPS = 60
"""A column of the register with more values says who somebody is; nothing is counted by it."""


async def load_dataset(connection: AsyncConnection, name: str) -> Dataset:
    """All who took part in the survey of this name; inside a `snapshot`. Raises SurveyUnknown.

    Whoever said no inside the questionnaire is a refusal among the dispositions, and no row.
    """
    source = await read_source(connection, name)
    survey, forms, dictionary = source.survey, source.sources.forms, source.dictionary
    gathering = Gathering(source)
    async for some in stream_texts(connection, survey):
        gathering.add(some)
    dispositions = await _dispositions(connection, survey, more=has_more(forms))
    named = version_names(forms)
    return Dataset(
        survey=survey,
        dictionary=dictionary,
        forms=forms,
        versions={named[form.hash]: gathering.versions[form.hash] for form in forms},
        tables=gathering.tables(),
        population=_eligible(dispositions[""].get("", {})),
        register=_register(dictionary, dispositions),
        dispositions=dispositions,
        first_day=min(gathering.days, default=None),
        last_day=max(gathering.days, default=None),
        languages={tag_of(name) or name: number for name, number in gathering.languages.items()},
    )


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
