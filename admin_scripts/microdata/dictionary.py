"""The questionnaire's versions and what their author says beside them -> the data dictionary."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from admin_scripts.microdata.author import Author, author_of
from admin_scripts.microdata.inherited import Tables, made_of, with_inherited
from admin_scripts.microdata.missing import missing_meant
from admin_scripts.microdata.plan import Found, Plan, plan_of
from admin_scripts.microdata.sections import sections_of
from admin_scripts.microdata.variables import (
    CALCULATION,
    Choice,
    Dictionary,
    Disclosure,
    Measure,
    Missing,
    Texts,
    Variable,
)
from admin_scripts.questions import languages_of
from conversations.forms import ControlKind, FormDefinition
from conversations.forms.as_authored import as_authored
from conversations.sent_kinds import SENT

WHOLE = re.compile(r"-?(0|[1-9]\d{0,8})")
RESERVED_CODES = frozenset(range(min(Missing), max(Missing) + 1))
FEWEST_STEPS = 3
NUMBERS = frozenset({ControlKind.INTEGER, ControlKind.DECIMAL, ControlKind.RANGE})
PLACES = frozenset({ControlKind.GEOPOINT, ControlKind.GEOTRACE, ControlKind.GEOSHAPE})
MEASURES: Mapping[str, Measure] = {
    **dict.fromkeys(NUMBERS, Measure.SCALE),
    **dict.fromkeys((ControlKind.DATE, ControlKind.DATETIME), Measure.DATE),
    **dict.fromkeys((ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE, ControlKind.ACKNOWLEDGE), Measure.NOMINAL),
    ControlKind.RANK: Measure.RANK,
    CALCULATION: Measure.NOMINAL,
}
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Sources:
    """The versions of a questionnaire, the survey's own first, then newer ones; the workbook of each by its hash."""

    forms: Sequence[FormDefinition]
    workbooks: Mapping[str, bytes]


def dictionary_of(sources: Sources, reserved: Iterable[str] = ()) -> tuple[Dictionary, Plan]:
    """All variables of all versions, and where each version's answers go. `reserved`: names of other columns."""
    plan = plan_of(sources.forms, reserved, ("responses", "codebook", "missing"))
    authors = {form.hash: author_of(sources.workbooks[form.hash]) for form in sources.forms}
    sections = {form.hash: sections_of(form) for form in sources.forms}
    tables: Tables = {
        table: tuple(_variable(name, table, found, authors, sections) for name, found in variables.items())
        for table, variables in plan.tables.items()
    }
    said = {name for author in authors.values() for name, word in author.disclosures.items() if word}
    tables = with_inherited(tables, made_of(sources.forms), said)
    return Dictionary(tables, plan.parents, languages_told(sources.forms[0])), plan


def languages_told(form: FormDefinition) -> dict[str, str]:
    """Tag -> the questionnaire's own name of the language, its default one first."""
    languages = languages_of(form)
    return dict(sorted(languages.items(), key=lambda item: item[1] != form.default_language))


def _variable(
    name: str,
    table: str,
    found: Sequence[Found],
    authors: Mapping[str, Author],
    sections: Mapping[str, Mapping[str, Texts]],
) -> Variable:
    newest = found[0]
    question, short = newest.question, newest.question.path.rpartition("/")[2]
    choices = tuple(_choices(found, authors))
    said = [authors[one.form.hash] for one in found]
    return Variable(
        name=name,
        path=question.path,
        table=table,
        kind=question.kind,
        measure=_first(Measure, [author.measures.get(short, "") for author in said]) or _measure(newest, choices),
        disclosure=_disclosure([author.disclosures.get(short, "") for author in said], newest),
        wording=question.wording,
        section=sections[newest.form.hash].get(question.path, {}),
        choices=choices,
        relevant=question.relevant,
        versions=tuple(dict.fromkeys(one.version for one in found)),
        calculation=_calculation(newest),
    )


def _calculation(found: Found) -> str:
    formula = found.form.nodes[found.question.path].bind.calculate
    return as_authored(formula.text, found.form.nodes) if formula else ""


def _first(words: type[Word], said: Iterable[str]) -> Word | None:
    """The newest version's word that is one of ours."""
    known = {word.value: word for word in words if word.value}
    return next((known[word.lower()] for word in said if word.lower() in known), None)


# ---------------------------------------------------------------- choices


def _choices(found: Sequence[Found], authors: Mapping[str, Author]) -> Iterator[Choice]:
    labels: dict[str, Texts] = {}
    missing: dict[str, Missing | None] = {}
    for one in found:
        for name, texts in one.question.choices.items():
            if name not in labels:
                labels[name] = texts
                missing[name] = missing_meant(_said_of(authors[one.form.hash], one, name), texts)
    for code, (name, texts) in zip(_codes(list(labels)), labels.items(), strict=True):
        yield Choice(name, code, texts, missing[name])


def _said_of(author: Author, found: Found, choice: str) -> str:
    listed = author.lists.get(found.question.path.rpartition("/")[2], "")
    return author.missing.get((listed, choice), "")


def _codes(names: Sequence[str]) -> Sequence[int]:
    """The names where all of them are whole numbers that mean nothing else in a file; else the places from 1."""
    if all(map(WHOLE.fullmatch, names)) and RESERVED_CODES.isdisjoint(codes := [int(name) for name in names]):
        return codes
    return range(1, len(names) + 1)


# ---------------------------------------------------------------- what a type makes likely


def _measure(found: Found, choices: Sequence[Choice]) -> Measure:
    kind = found.question.kind
    if kind == ControlKind.SELECT_ONE and (_are_steps(choices) or _is_likert(found)):
        return Measure.ORDINAL
    if kind == CALCULATION and found.form.nodes[found.question.path].bind.datatype in ("int", "decimal"):
        return Measure.SCALE
    return MEASURES.get(kind, Measure.TEXT)


def _are_steps(choices: Sequence[Choice]) -> bool:
    """A list of numbers, as 1 to 5, is a scale."""
    counting = [choice.name for choice in choices if choice.missing is None]
    return len(counting) >= FEWEST_STEPS and all(map(WHOLE.fullmatch, counting))


def _is_likert(found: Found) -> bool:
    control = found.form.control_at.get(found.question.path)
    return control is not None and "likert" in control.appearance


def _disclosure(said: Sequence[str], found: Found) -> Disclosure:
    """The author's word ("none" says that it tells nothing), else what the type makes likely."""
    if any(word.lower() in ("none", "no") for word in said[:1]):
        return Disclosure.NONE
    return _first(Disclosure, said) or _likely(found)


def _likely(found: Found) -> Disclosure:
    """A place, a device and a clock tell who it was; whatever is written, said or shown may."""
    kind = found.question.kind
    if kind in PLACES or found.form.nodes[found.question.path].bind.preload:
        return Disclosure.ID
    free = kind in SENT or kind in (ControlKind.TEXT, ControlKind.BARCODE)
    return Disclosure.FREETEXT if free else Disclosure.NONE
