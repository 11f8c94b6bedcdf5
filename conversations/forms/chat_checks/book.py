"""The sheets of a questionnaire as its author thinks of them: questions with their groups, lists and expressions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from conversations.forms.workbook import BEGIN, END, Row, Sheet
from conversations.forms.written import EXPRESSIONS, is_expression, readable
from conversations.forms.xpath import XPathSyntaxError, parse
from conversations.forms.xpath.syntax import Expression

_SELECT = re.compile(
    r"(?:add )?(?P<kind>select[_ ](?:one|multiple)|select1|select all that apply|rank)(?: prompt using)?"
    r"(?P<file>[_ ]from[_ ]file| ?_?external)?\s+(?:from\s+)?(?P<list>\S+)"
    r"(?P<other>\s+(?:or specify other|or[_ ]other))?",
    re.IGNORECASE,
)
_KINDS = {
    "select one": "select_one",
    "select1": "select_one",
    "select multiple": "select_multiple",
    "select all that apply": "select_multiple",
    "int": "integer",
    "string": "text",
    "datetime": "dateTime",
}
UNASKED = frozenset(
    {
        *("note", "calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "email"),
        *("audit", "csv-external", "xml-external", "start-geopoint", "background-audio", "simserial", "subscriberid"),
        "background-geopoint",
    }
)
"""Types of rows that wait for no answer."""

YES = frozenset({"yes", "true", "true()", "1"})
"""How a cell says that something always holds."""


class Remark(NamedTuple):
    """What a check has to say about a cell; `excerpt` points at the place in its text."""

    cell: str
    what: str
    remedy: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A row of the survey sheet. `kind` as XLSForm's documentation writes it, "group" or "repeat" where one begins.

    `list_name` is "" without choices on the choices sheet; `groups` are the rows around it, `repeats` their names
    where they are repeats (of a repeat's own row: itself as well).
    """

    row: Row
    kind: str
    list_name: str = ""
    other: bool = False
    groups: tuple["Question", ...] = ()
    repeats: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The author's name of it."""
        return self.row.get("name")

    @property
    def is_asked(self) -> bool:
        """Whether somebody is to answer it."""
        return self.kind not in UNASKED and self.kind not in ("group", "repeat")

    @property
    def is_required(self) -> bool:
        """Whether it always needs an answer."""
        return self.row.get("required").lower() in YES


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """An expression in a cell of the survey sheet."""

    question: Question
    column: str
    text: str
    tree: Expression


class Book:
    """The workbook with what belongs together put together; looked at, never changed."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        empty = Sheet("survey", {}, ())
        self.survey = sheets.get("survey", empty)
        self.choices = sheets.get("choices", Sheet("choices", {}, ()))
        self.settings = sheets.get("settings", Sheet("settings", {}, ()))
        self.questions = tuple(_questions(self.survey))
        self.named: Mapping[str, Question] = {question.name: question for question in self.questions if question.name}

    @cached_property
    def lists(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each list of choices, those without a name left out."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.choices.rows:
            if row.get("list_name") and row.get("name"):
                found[row.get("list_name")].append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that any text has a column for."""
        columns = [column for sheet in (self.survey, self.choices) for column in sheet.letters]
        said = (column.rpartition("::") for column in columns if column.split("::")[0] in ("label", "hint"))
        return tuple(dict.fromkeys(language for _, colons, language in said if colons))

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every expression of the survey sheet that can be read."""
        return tuple(_written(self.questions))

    def written_in(self, question: Question, column: str) -> Written | None:
        """The expression in that cell."""
        return self._written_at.get((question, column))

    @cached_property
    def _written_at(self) -> Mapping[tuple[Question, str], Written]:
        return {(one.question, one.column): one for one in self.written}

    def asked(self) -> Iterator[Question]:
        """The questions somebody is to answer."""
        return (question for question in self.questions if question.is_asked)

    def offered(self, question: Question) -> tuple[Row, ...]:
        """The rows of its list; () when it has none on the choices sheet."""
        return self.lists.get(question.list_name, ())

    def cell(self, question: Question, column: str) -> str:
        """A cell of the question's row."""
        return self.survey.cell(question.row, column)


def columns_of(sheet: Sheet, text: str) -> list[str]:
    """The columns of a text in all languages: label, label::English (en)."""
    return [column for column in sheet.letters if column.partition("::")[0] == text]


def _questions(survey: Sheet) -> Iterator[Question]:
    groups: tuple[Question, ...] = ()
    for row in survey.rows:
        if END.fullmatch(row.get("type")):
            groups = groups[:-1]
            continue
        question = _question(row, groups)
        yield question
        if BEGIN.fullmatch(row.get("type")):
            groups = (*groups, question)


def _question(row: Row, groups: tuple[Question, ...]) -> Question:
    around = tuple(group.name for group in groups if group.kind == "repeat")
    kind = row.get("type")
    if begun := BEGIN.fullmatch(kind):
        if begun[1].lower() == "group":
            return Question(row, "group", groups=groups, repeats=around)
        return Question(row, "repeat", groups=groups, repeats=(*around, row.get("name")))
    if select := _SELECT.fullmatch(kind):
        plain = select["kind"].lower().replace("_", " ")
        in_sheet = not select["file"] and not select["list"].startswith("${")
        list_name = select["list"] if in_sheet else ""
        return Question(row, _KINDS.get(plain, plain), list_name, bool(select["other"]), groups, around)
    return Question(row, _KINDS.get(kind.lower(), kind), groups=groups, repeats=around)


def _written(questions: tuple[Question, ...]) -> Iterator[Written]:
    for question in questions:
        for column in EXPRESSIONS:
            text = question.row.get(column)
            if not is_expression(text):
                continue
            try:
                yield Written(question, column, text, parse(readable(text)))
            except XPathSyntaxError:  # told by expression_checks, with its place
                continue
