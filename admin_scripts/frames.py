"""A survey's answers as pandas DataFrames, for scripts and notebooks: what `colloquio export` lets out, and no more.

    from admin_scripts.frames import long, reasons, wide

    answers = wide("climate", labels="it")

How to use them: docs/frames.md.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from admin_scripts.exporting.held import Held, Wanted, hold
from admin_scripts.exporting.layout import said
from admin_scripts.exporting.run import language_of
from admin_scripts.microdata.about import INDEX, RESPONSE_ID
from admin_scripts.microdata.variables import Choice, Measure, Missing, Variable

REASONS = {0: "answered", **{int(why): why.name.lower() for why in Missing}}
LONG = [RESPONSE_ID, INDEX, "variable", "value", "label", "number", "reason"]
NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.int16(): pd.Int16Dtype(), pa.int8(): pd.Int8Dtype()}


def wide(
    survey: str,
    *,
    table: str = "",
    labels: str | None = None,
    partial: bool = False,
    purpose: str = "",
    database: str | None = None,
) -> pd.DataFrame:
    """One row for each response, or for each row of a repeat (`table`), with the columns of an export.

    A question with one answer is a Categorical of the choices' names, or of their `labels` in a language ("it");
    ordered if it is a scale. Where there is no answer that counts it is blank: `reasons` says why. `df.attrs` has the
    wording of every column under "labels", and "measures", "choices", "asked_if", "withheld". `partial`: with those
    who stopped half-way. With a `purpose`, which is kept on record, nothing is withheld. `database` is a URL; without
    one the settings name it. Raises Refused.
    """
    held = hold(Wanted(survey, table, partial=partial, purpose=purpose, database=database))
    frame = held.answers.to_pandas(types_mapper=NULLABLE.get, date_as_object=False)
    language = language_of(held.source, labels)
    for variable in held.variables:
        is_missing = held.reasons[variable.name].to_numpy() != 0
        for header in _headers(variable):
            frame.loc[is_missing, header] = pd.NA
        if variable.choices and not _is_spread(variable):
            frame[variable.name] = _categorical(frame[variable.name], variable, labels and language)
    frame.attrs = _attrs(held, language)
    return frame


def reasons(
    survey: str, *, table: str = "", partial: bool = False, purpose: str = "", database: str | None = None
) -> pd.DataFrame:
    """For each row of `wide` and each question why there is no answer: "skipped", "not_asked", ..., or "answered"."""
    held = hold(Wanted(survey, table, partial=partial, purpose=purpose, database=database))
    words = pd.CategoricalDtype(list(REASONS.values()))
    codes = held.reasons.to_pandas()
    return pd.DataFrame({name: codes[name].map(REASONS).astype(words) for name in codes.columns})


def long(
    survey: str,
    *,
    table: str = "",
    labels: str | None = None,
    partial: bool = False,
    purpose: str = "",
    database: str | None = None,
) -> pd.DataFrame:
    """One row for each answer: `variable`, `value`, its `label`, its `number`, and the `reason` where there is none.

    Of several answers one row for each that was chosen. `number` is a ranked choice's place, another choice's code.
    """
    held = hold(Wanted(survey, table, partial=partial, purpose=purpose, database=database))
    language = language_of(held.source, labels)
    known = held.answers.select([RESPONSE_ID, INDEX]).to_pandas()
    parts = [_long(held, variable, known, language) for variable in held.variables]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=LONG)
    found.attrs = _attrs(held, language)
    return found[LONG]


# ---------------------------------------------------------------- columns


def _is_spread(variable: Variable) -> bool:
    return variable.is_multiple or variable.is_ranking


def _headers(variable: Variable) -> list[str]:
    return [variable.name, *(map(variable.column_of, variable.choices) if _is_spread(variable) else ())]


def _categorical(names: pd.Series, variable: Variable, language: str | None) -> pd.Categorical:
    counting = [choice for choice in variable.choices if choice.missing is None]
    found = pd.Categorical(names, [choice.name for choice in counting], ordered=variable.measure is Measure.ORDINAL)
    return found if language is None else found.rename_categories(_told_apart(counting, language))


def _told_apart(choices: list[Choice], language: str) -> list[str]:
    """The labels; two that are alike with their names behind them."""
    labels = [said(choice.labels, language) or choice.name for choice in choices]
    return [
        f"{label} ({choice.name})" if labels.count(label) > 1 else label
        for choice, label in zip(choices, labels, strict=True)
    ]


def _attrs(held: Held, language: str) -> dict[str, object]:
    survey = held.source.survey
    columns = dict(_labelled(held, language))
    return {
        "survey": survey.name,
        "title": survey.title,
        "synthetic": survey.is_synthetic,
        "labels": columns,
        "measures": {variable.name: variable.measure.value for variable in held.variables},
        "choices": {
            variable.name: {choice.name: said(choice.labels, language) for choice in variable.choices}
            for variable in held.variables
            if variable.choices
        },
        "asked_if": {variable.name: variable.relevant for variable in held.variables if variable.relevant},
        "withheld": dict(held.withheld),
    }


def _labelled(held: Held, language: str) -> Iterator[tuple[str, str]]:
    yield from ((header, meaning) for header, meaning in held.source.about.items())
    for variable in held.variables:
        wording = said(variable.wording, language)
        yield variable.name, wording
        for choice in variable.choices if _is_spread(variable) else ():
            yield variable.column_of(choice), f"{wording} {said(choice.labels, language) or choice.name}".strip()


def _long(held: Held, variable: Variable, known: pd.DataFrame, language: str) -> pd.DataFrame:
    answers = held.answers[variable.name].cast(pa.string()).to_pandas().astype(object)
    codes = held.reasons[variable.name].to_numpy()
    frame = known.assign(variable=variable.name, value=answers, reason=pd.Series(codes).map(REASONS))
    if _is_spread(variable):
        frame["value"] = frame["value"].where(frame["value"].notna(), "").str.split()
        frame = frame.explode("value", ignore_index=False)
    labels = {choice.name: said(choice.labels, language) or choice.name for choice in variable.choices}
    frame["label"] = frame["value"].map(lambda value: labels.get(value, value), na_action="ignore")
    frame["number"] = _numbers(frame, variable)
    return frame


def _numbers(frame: pd.DataFrame, variable: Variable) -> "pd.Series[float]":
    if variable.is_ranking:
        place = frame.groupby(level=0).cumcount() + 1
        return place.where(frame["value"].notna()).astype(float)
    if variable.choices:
        codes = {choice.name: np.nan if choice.missing else choice.code for choice in variable.choices}
        return frame["value"].map(codes).astype(float)
    return pd.to_numeric(frame["value"], errors="coerce").astype(float)
