"""What an export is made of: its tables and their columns, with what each of them is and means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from admin_scripts.microdata.about import LINKS, RESPONSES
from admin_scripts.microdata.variables import Choice, Dictionary, Texts, Variable

CODEBOOK = "codebook"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: the answers to a question, one of its choices, or (without a variable) what `note` says."""

    header: str
    variable: Variable | None = None
    choice: Choice | None = None
    note: str = ""

    def label(self, language: str) -> str:
        """The wording of the question and the label of the choice."""
        if self.variable is None:
            return self.note
        wording = said(self.variable.wording, language)
        if self.choice is None:
            return wording
        return ": ".join(filter(None, (wording, said(self.choice.labels, language) or self.choice.name)))


@dataclass(frozen=True, slots=True)
class Table:
    """The responses, or the rows of one repeat. `key` is its name in the dictionary, `title` in file names."""

    key: str
    title: str
    parent: str  # key of the table around it
    fields: tuple[Field, ...]
    schema: Any  # pyarrow.Schema


@dataclass(frozen=True, slots=True)
class Export:
    """One export: how its files are called, what is in them, in which language it speaks."""

    stem: str
    title: str  # the survey's
    tables: tuple[Table, ...]
    languages: tuple[str, ...]
    language: str  # of labels and headings of columns
    has_labels: bool  # labels take the place of the choices' names
    total: int  # responses
    media_folder: str = ""  # of the files that respondents have sent, beside the tables; "" if there can be none


def said(texts: Texts, language: str) -> str:
    """The text in that language, else in the first one that has any."""
    return texts.get(language) or next(filter(None, texts.values()), "")


def tables_of(dictionary: Dictionary, schemas: Mapping[str, Any], about: Mapping[str, str]) -> tuple[Table, ...]:
    """Every table, the responses first. `about` explains the columns of a response that are not answers."""
    notes = {**LINKS, **about}
    return tuple(
        Table(
            key,
            key or RESPONSES,
            dictionary.parents.get(key, ""),
            _fields(variables, schemas[key].names, notes),
            schemas[key],
        )
        for key, variables in dictionary.tables.items()
    )


def _fields(variables: Sequence[Variable], headers: Sequence[str], notes: Mapping[str, str]) -> tuple[Field, ...]:
    known = {variable.name: Field(variable.name, variable) for variable in variables}
    for variable in variables:
        for choice in variable.choices:
            header = variable.column_of(choice)
            known[header] = Field(header, variable, choice)
    return tuple(known.get(header) or Field(header, note=notes.get(header, "")) for header in headers)
