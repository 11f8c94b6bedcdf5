"""The codebook: one row for each column of the export, with everything that explains it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from admin_scripts.columns import INDEX, PARENT_INDEX, PARENT_TABLE, RESPONSE_ID, Table, Variable
from admin_scripts.frames import Gathering
from conversations.answers.sent import SENT
from conversations.forms import ControlKind

SPREAD_TYPES: Mapping[str, str] = {
    ControlKind.SELECT_MULTIPLE: "1 chosen, 0 not chosen",
    ControlKind.RANK: "place, 1 is first",
}
LINKS = {
    INDEX: "number of the row in this table",
    RESPONSE_ID: "random number of the response",
    PARENT_TABLE: "the table around this one",
    PARENT_INDEX: "_index of the row around this one",
}
Row = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a codebook is made from: `measures` by question, `about` explains the columns of a response."""

    gathering: Gathering
    languages: Sequence[str]
    measures: Mapping[str, str]
    about: Mapping[str, str]
    folder: str = ""  # of the files that respondents have sent

    def frame(self) -> pd.DataFrame:
        """One row for each column, table by table."""
        rows = [row for table in self.gathering.plan.tables.values() for row in self._rows(table)]
        return pd.DataFrame(rows, dtype=object).convert_dtypes()

    def _rows(self, table: Table) -> Iterator[Row]:
        links = LINKS if table.parent else {INDEX: LINKS[INDEX], **self.about}
        for header, note in links.items():
            yield {**self._row(table, header, "", ""), "note": note}
        for variable in table.variables.values():
            yield from self._rows_of(table, variable)

    def _rows_of(self, table: Table, variable: Variable) -> Iterator[Row]:
        question = variable.question
        counts = self._counts(table, variable)
        common: Row = {"relevant": question.relevant, "versions": " ".join(dict.fromkeys(variable.versions)), **counts}
        whole = self._row(table, variable.name, question.kind, self.measures.get(question.path.rpartition("/")[2], ""))
        choices = {f"choices{_in(tag)}": _listed(variable, tag) for tag in self.languages}
        note = {"note": f"name of a file in the folder {self.folder}"} if self.folder and question.kind in SENT else {}
        yield {**whole, **self._wording(question.wording), **choices, **common, **note}
        for choice, header in variable.spread.items():
            one = self._row(table, header, SPREAD_TYPES[question.kind], "")
            yield {**one, **self._wording(question.choices[choice]), **common}

    def _row(self, table: Table, header: str, kind: str, measure: str) -> Row:
        """Every column of the codebook in its order, the most of them blank."""
        texts = [f"{what}{_in(tag)}" for what in ("question", "choices") for tag in self.languages]
        counts = ("asked", "answered", "missing", "not_asked")
        named: Row = {"table": table.name, "variable": header, "type": kind, "measure": measure}
        return {
            **named,
            **dict.fromkeys(texts, ""),
            "relevant": "",
            "versions": "",
            **dict.fromkeys(counts),
            "note": "",
        }

    def _wording(self, texts: Mapping[str, str]) -> Row:
        return {f"question{_in(tag)}": texts.get(tag, "") for tag in self.languages}

    def _counts(self, table: Table, variable: Variable) -> Row:
        """`missing` was asked and left blank; `not_asked` was not relevant, or not in that version."""
        asked = self.gathering.asked[table.name, variable.name]
        answered = self.gathering.answered[table.name, variable.name]
        rows = len(self.gathering.rows.get(table.name, ()))
        return {"asked": asked, "answered": answered, "missing": asked - answered, "not_asked": rows - asked}


def _in(tag: str) -> str:
    return f" ({tag})" if tag else ""


def _listed(variable: Variable, tag: str) -> str:
    return "\n".join(f"{choice}={texts.get(tag, '')}" for choice, texts in variable.question.choices.items())
