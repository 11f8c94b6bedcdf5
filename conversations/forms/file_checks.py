"""What is wrong with the files beside a workbook: not there, without the columns that are asked for, names twice."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from conversations.forms.beside import Beside, read_beside
from conversations.forms.data_files import MAX_BYTES, is_bare
from conversations.forms.data_files.read import DataFile
from conversations.forms.data_files.table import FileRow
from conversations.forms.definition import Control, ControlKind, FormDefinition
from conversations.forms.media_files import is_known, is_what_it_says
from conversations.forms.named_files import NamedFiles
from conversations.forms.problems import Problem
from conversations.forms.workbook import Sheet
from conversations.forms.xform_parser import each_control
from conversations.forms.xpath import Node
from conversations.forms.xpath.syntax import Call, Expression, Text, calls_in

LONG_LIST = 1000
"""More rows than these are to be filtered before they are offered."""

SHOWN = 5
"""So many rows of a file are told of each mistake; the others are counted."""


def check_files(
    form: FormDefinition, beside: Beside, there: Mapping[str, bytes], sheets: Mapping[str, Sheet]
) -> Iterator[Problem]:
    """The problems of the files beside the workbook; `there` are those that were found."""
    yield from beside.problems
    for name in form.files:
        if is_bare(name) and name not in there:
            yield _missing(name, "reads", _named_at(sheets, name))
    for name in form.media_files:
        yield from _check_media(name, there, _named_at(sheets, name))
    asked = {(name, *_columns_of(control)): control for name, control in _choosing(form, beside.names)}
    for (name, value, label), control in asked.items():
        read = beside.data.get(name)
        if read is not None and not read.problems:
            yield from _Choices(beside.names[name], read, value, control).problems(label)
            yield from _many(control, beside.names[name], read, sheets)


def check_named(named: NamedFiles, there: Mapping[str, bytes], sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """What can be said of the files without the compiled questionnaire: not there, too big, not to be read."""
    yield from read_beside({name: name for name in named.data}, there).problems
    for name in named.data:
        if is_bare(name) and name not in there:
            yield _missing(name, "reads", _named_at(sheets, name))
    for name in named.media:
        yield from _check_media(name, there, _named_at(sheets, name))


def _many(control: Control, file: str, read: DataFile, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    rows = sum(len(root.named("item")) for root in read.document.children)
    if control.itemset is None or "[" in control.itemset.nodes.text or rows <= LONG_LIST:
        return
    yield Problem(
        code="many-choices",
        cell=_named_at(sheets, file),
        what=f"'{control.path.rpartition('/')[2]}' offers all {rows} rows of '{file}' at once: nobody leafs through "
        "them, and each answer takes longer.",
        remedy="Ask for a part first (area, then municipality) and filter with choice_filter.",
        severity="warning",
    )


def _named_at(sheets: Mapping[str, Sheet], file: str) -> str:
    """The first cell that names the file, as it is or without its ending, as pulldata() and csv-external do."""
    stem, _, ending = file.rpartition(".")
    read = ending.lower() in ("csv", "xml", "geojson", "json")
    whole = re.compile(rf"(?<![\w.-]){re.escape(file)}")
    for sheet in (sheets[name] for name in ("survey", "choices") if name in sheets):
        for row in sheet.rows:
            for column, text in row.cells.items():
                if (
                    whole.search(text)
                    or (read and f"'{stem}'" in text)
                    or (text == stem and row.get("type").endswith("-external"))
                ):
                    return sheet.cell(row, column)
    return ""


def _check_media(name: str, there: Mapping[str, bytes], cell: str) -> Iterator[Problem]:
    if not is_bare(name):
        what = f"'{name}' is no plain name of a file."
        yield Problem("media-file", cell, what, "Write the name alone, without a folder.")
    elif name not in there:
        yield _missing(name, "shows", cell)
    elif len(there[name]) > MAX_BYTES:
        what = f"The file '{name}' is bigger than {MAX_BYTES // 1_000_000} MB."
        yield Problem("media-file", name, what, "Make it smaller: it is sent over the telephone network.")
    elif not is_known(name):
        what = f"The ending of '{name}' is none of a picture, sound or film that can be shown."
        yield Problem("media-file", name, what, "Save it as .jpg, .png, .gif, .svg, .mp3, .ogg or .mp4.")
    elif not is_what_it_says(name, there[name]):
        what = f"The file '{name}' is not what its ending says."
        yield Problem("media-file", name, what, "Open it, see whether it is the right one, and save it anew.")


def _missing(name: str, verb: str, cell: str) -> Problem:
    return Problem(
        code="missing-file",
        cell=cell,
        what=f"The questionnaire {verb} the file '{name}', and it is not there.",
        remedy="Put it into the folder of the workbook, or into the folder beside it that is called like the workbook "
        "with '-media' at the end.",
    )


def _choosing(form: FormDefinition, names: Collection[str]) -> Iterator[tuple[str, Control]]:
    """The questions whose choices are in files, with the id of their list."""
    for control in each_control(form.controls):
        if control.itemset:
            for name in _instances_in(control.itemset.nodes.tree):
                if name in names:
                    yield name, control


def _instances_in(tree: Expression) -> Iterable[str]:
    for call in calls_in(tree):
        match call:
            case Call(name="instance", arguments=(Text(value=name),)):
                yield name


def _columns_of(control: Control) -> tuple[str, str]:
    itemset = control.itemset
    return ("", "") if itemset is None else (itemset.value.text.strip(), itemset.label.text.strip())


@dataclass(frozen=True, slots=True)
class _Choices:
    """A file as the choices of a question; `value` is the column of their names."""

    file: str
    read: DataFile
    value: str
    control: Control

    def problems(self, label: str) -> Iterator[Problem]:
        """A column that is not there, rows without a name, names that are there twice or cannot be told apart."""
        rows = [item for root in self.read.document.children for item in root.named("item")]
        if not rows:
            yield self._problem("data-file", "", "has no rows to choose from", "Add a row for each choice.")
            return
        missing = [column for column in (self.value, label) if column.isidentifier() and not _has(rows, column)]
        for column in dict.fromkeys(missing):
            yield self._no_column(column)
        if self.value not in missing:
            yield from self._names(rows)

    def _names(self, rows: list[Node]) -> Iterator[Problem]:
        seen: set[str] = set()
        blank: list[int] = []
        twice: list[int] = []
        spaced: list[int] = []
        for order, row in enumerate(rows):
            name = (
                row.cell(self.value)
                if isinstance(row, FileRow)
                else "".join(leaf.string() for leaf in row.named(self.value)[:1])
            )
            if not name:
                blank.append(order)
            elif name in seen:
                twice.append(order)
            elif " " in name and self.control.kind is not ControlKind.SELECT_ONE:
                spaced.append(order)
            seen.add(name)
        yield from self._rows(rows, blank, "has no name and cannot be chosen", "Give it one.")
        yield from self._rows(
            rows, twice, "has a name that an earlier row has", "Give each its own, or let a choice_filter part them."
        )
        yield from self._rows(
            rows, spaced, "has a name with a space, so it could not be told from two choices", "Write '_' instead."
        )

    def _rows(self, rows: list[Node], found: list[int], what: str, remedy: str) -> Iterator[Problem]:
        for order in found[:SHOWN]:
            row = rows[order]
            place = row.place if isinstance(row, FileRow) else order + 1
            more = len(found) - SHOWN
            also = f" ({more} more rows like it)" if more > 0 and order == found[SHOWN - 1] else ""
            cell = f"{self.file}!{self._letter()}{place}"
            yield Problem("data-row", cell, f"Row {place} of '{self.file}' {what}{also}.", remedy, "warning")

    def _letter(self) -> str:
        is_sheet = self.file.lower().endswith(".csv") and self.value in self.read.columns
        return get_column_letter(self.read.columns.index(self.value) + 1) if is_sheet else ""

    def _no_column(self, column: str) -> Problem:
        key = "value" if column == self.value else "label"
        there = ", ".join(f"'{name}'" for name in self.read.columns[:10])
        has = f" (it has {there})" if there else ""
        what = f"has no column '{column}'{has}"
        remedy = f"Name the column so, or write parameters: {key}=ITS_NAME."
        translated = [f"'{name}'" for name in self.read.columns if name.startswith(f"{column}::")]
        if translated:
            remedy = (
                f"Rename {' or '.join(translated)}, whichever is of the default language, to '{column}': it is what "
                "every language without a column of its own reads, and the only one that ODK Collect reads."
            )
        return self._problem("data-column", "!1", what, remedy)

    def _problem(self, code: str, place: str, what: str, remedy: str) -> Problem:
        name = self.control.path.rpartition("/")[2]
        return Problem(code, f"{self.file}{place}", f"'{self.file}', where '{name}' takes its choices, {what}.", remedy)


def _has(rows: list[Node], column: str) -> bool:
    first = rows[0]
    return first.has(column) if isinstance(first, FileRow) else any(row.named(column) for row in rows)
