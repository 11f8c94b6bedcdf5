r"""A markdown table in the test becomes a questionnaire: the sheets of a workbook, readable by an author.

| survey  |
|         | type | name | label |
|         | text | name | Name? |

A sheet's name stands alone in the first column; `\|` is a bar inside a cell.
"""

import re
from collections.abc import Mapping
from io import BytesIO

from openpyxl import Workbook

from conversations.forms import FormDefinition, load_form
from conversations.forms.xlsform import read_xlsform


def workbook(table: str) -> bytes:
    """The XLSX file of the table."""
    book = Workbook()
    book.remove(book.active)
    for line in filter(None, map(str.strip, table.splitlines())):
        name, *cells = _cells(line)
        if name:
            sheet = book.create_sheet(name)
        if any(cells):
            sheet.append([cell or None for cell in cells])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def form(table: str, files: Mapping[str, bytes] | None = None) -> FormDefinition:
    """The questionnaire of the table and of the files beside it, which must be without fault."""
    compiled = read_xlsform(workbook(table))
    assert compiled.xform, compiled.problems
    return load_form(compiled.xform, files or {})


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]
