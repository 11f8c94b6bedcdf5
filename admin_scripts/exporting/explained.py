"""The codebook beside an export: a row for each column, with what it means, how often it was answered and why not."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pyarrow.types import is_string as is_text

from admin_scripts.exporting.layout import Export, Field, Table
from admin_scripts.exporting.legal_names import spss_names, stata_names
from admin_scripts.exporting.sink import Row
from admin_scripts.exporting.stat_columns import is_spread, stat_names
from admin_scripts.microdata.made import plain
from admin_scripts.microdata.variables import CALCULATION, Dictionary, Missing, Texts, Variable
from admin_scripts.relevance_words import words_of
from admin_scripts.screen import counted
from conversations.forms import ControlKind
from conversations.sent_kinds import SENT

SPREAD_TYPES: Mapping[str, str] = {ControlKind.RANK: "place, 1 is first"}
ROOM = 32_767
"""Characters in a cell of XLSX, and bytes in a text of SPSS."""
CHOSEN = "1 chosen, 0 not chosen"
NOT_REACHED = (Missing.NOT_ASKED, Missing.BROKE_OFF)


@dataclass(slots=True)
class Tally:
    """By table and variable, how many rows have an answer (0) or each reason for none."""

    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    cut: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, missing: Mapping[str, Any]) -> None:
        """A chunk's reasons."""
        for table, reasons in missing.items():
            for name in reasons.schema.names:
                codes = plain(reasons.column(name))
                left = int(np.count_nonzero(codes))
                self.counts[table, name, 0] += len(codes) - left
                for why in Missing if left else ():
                    self.counts[table, name, why] += int(np.count_nonzero(codes == why))

    def add_cut(self, tables: Mapping[str, Any], too_long: Callable[[Any], int]) -> None:
        """A chunk's texts for which a format has no room."""
        for table, answers in tables.items():
            for name, column in zip(answers.schema.names, answers.columns, strict=True):
                if is_text(column.type) and (times := too_long(column)):
                    self.cut[table, name] += times

    def note_of(self, table: str, column: str) -> str:
        """What the codebook says of a column of which texts were cut."""
        times = self.cut[table, column]
        return f"{counted(times, 'text was', 'texts were')} cut: there was room for {ROOM:,} only" if times else ""

    def of(self, table: str, variable: str) -> dict[str, int]:
        """Under the headings of the codebook. `asked`: those who came to the question, whatever they said."""
        found = {code: self.counts[table, variable, code] for code in (0, *Missing)}
        asked = sum(found.values()) - sum(found[why] for why in NOT_REACHED)
        return {"asked": asked, "answered": found[0], **{why.name.lower(): found[why] for why in Missing}}


Asked = Mapping[tuple[str, str], str]
"""Who was asked, in words, by the author's condition and the language."""


def words_by_condition(dictionary: Dictionary) -> Asked:
    """Of all its variables, in all its languages."""
    conditions = {variable.relevant for variables in dictionary.tables.values() for variable in variables}
    return {(one, tag): words_of(one, dictionary, tag) for one in conditions for tag in dictionary.languages}


def codebook(export: Export, tally: Tally, asked: Asked) -> list[Row]:
    """One row for each column, table by table; the names that columns have in SPSS and Stata."""
    return [row for table in export.tables for row in _rows(export, table, tally, asked)]


def _rows(export: Export, table: Table, tally: Tally, asked: Asked) -> Iterator[Row]:
    spss, stata = stat_names(table, spss_names), stat_names(table, stata_names)
    for one in table.fields:
        row = _blank(export, table, one)
        if one.variable:
            row.update(_meaning(export, one, one.variable))
            row.update(_who(export, one.variable, asked))
            row.update(tally.of(table.key, one.variable.name))
        cut = tally.note_of(table.key, one.header)
        row["note"] = "; ".join(str(note) for note in (row["note"], cut) if note)
        named = {} if is_spread(one) else {"spss": spss[one.header], "stata": stata[one.header]}
        yield {**row, **named}


def _blank(export: Export, table: Table, one: Field) -> dict[str, str | int | None]:
    """Every column of the codebook in its order, the most of them blank."""
    texts = [f"{what}{_in(tag)}" for what in ("question", "choices", "asked of") for tag in export.languages]
    reasons = [why.name.lower() for why in Missing]
    return {
        "table": table.title,
        "variable": one.header,
        "type": "",
        "measure": "",
        **dict.fromkeys(texts, ""),
        "codes": "",
        "relevant": "",
        "versions": "",
        "spss": "",
        "stata": "",
        **dict.fromkeys(("asked", "answered", *reasons)),
        "note": one.note,
    }


def _meaning(export: Export, one: Field, variable: Variable) -> dict[str, str]:
    common = {"relevant": variable.relevant, "versions": " ".join(variable.versions)}
    if one.choice:
        kind = SPREAD_TYPES.get(variable.kind, CHOSEN)
        return {"type": kind, **_by_language("question", one.choice.labels, export), **common}
    listed = {
        f"choices{_in(tag)}": "\n".join(f"{choice.name}={choice.labels.get(tag, '')}" for choice in variable.choices)
        for tag in export.languages
    }
    codes = "\n".join(f"{choice.name}={choice.code}" for choice in variable.choices)
    is_sent = export.media_folder and variable.kind in SENT
    note = {"note": f"name of a file in the folder {export.media_folder}"} if is_sent else {}
    wording = _by_language("question", variable.wording, export)
    return {
        "type": str(variable.kind),
        "measure": variable.measure.value,
        **wording,
        **listed,
        "codes": codes,
        **common,
        **note,
    }


def _who(export: Export, variable: Variable, asked: Asked) -> dict[str, str]:
    if variable.kind == CALCULATION:
        return {}
    return {f"asked of{_in(tag)}": asked[variable.relevant, tag] for tag in export.languages}


def _by_language(what: str, texts: Texts, export: Export) -> dict[str, str]:
    return {f"{what}{_in(tag)}": texts.get(tag, "") for tag in export.languages}


def _in(tag: str) -> str:
    return f" ({tag})" if tag else ""
