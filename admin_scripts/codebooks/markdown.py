"""The codebook as Markdown: to be read, or put beside data in a repository."""

import re
from collections.abc import Iterator

from admin_scripts.codebooks.book import Codebook, is_asked, missing_of
from admin_scripts.exporting.layout import Table
from admin_scripts.microdata.variables import Variable
from admin_scripts.synthetic import WARNING

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def markdown_of(book: Codebook) -> str:
    """A heading for each table and each variable."""
    lines = [f"# Codebook: {plain(book.export.title)}", ""]
    if book.is_synthetic:
        lines += [f"**{WARNING}**", ""]
    lines += [f"Questionnaire version {plain(book.version)}.", ""] if book.version else []
    for table in book.export.tables:
        lines += _of_table(book, table)
    return "\n".join(lines).rstrip() + "\n"


def _of_table(book: Codebook, table: Table) -> Iterator[str]:
    rows = book.rows_of(table)
    yield from (f"## Table {plain(table.title)}", "", f"{rows} {'row' if rows == 1 else 'rows'}.", "")
    for one in table.fields:
        if one.variable is None:
            yield f"- `{one.header}`: {plain(one.note)}"
    yield ""
    for variable in book.variables_of(table):
        yield from _of_variable(book, variable)


def _of_variable(book: Codebook, variable: Variable) -> Iterator[str]:
    yield from (f"### {plain(variable.name)}", "")
    for tag, text in variable.wording.items():
        if text:
            yield f"- {_language(tag)}{plain(text)}"
    yield f"- Type: {variable.kind}, {variable.measure.value}"
    if variable.calculation:
        yield f"- Calculated: `{variable.calculation}`"
    if is_asked(variable):
        for tag in book.languages:
            yield f"- Asked {_language(tag)}{plain(book.asked[variable.relevant, tag])}"
    counts = book.counts_of(variable)
    reasons = [f"{number} {reason.name.lower().replace('_', ' ')}" for reason, number in missing_of(counts).items()]
    yield f"- Answered: {'; '.join([str(counts[0]), *reasons])}"
    yield ""
    if variable.choices:
        yield from _choices(book, variable)


def _choices(book: Codebook, variable: Variable) -> Iterator[str]:
    tags = list(book.languages)
    yield f"| code | name | {' | '.join(book.languages[tag] or 'label' for tag in tags)} |"
    yield "| ---: | --- |" + " --- |" * len(tags)
    for choice in variable.choices:
        labels = " | ".join(plain(choice.labels.get(tag, "")) for tag in tags)
        yield f"| {choice.code} | {plain(choice.name)} | {labels} |"
    yield ""


def _language(tag: str) -> str:
    return f"({tag}) " if tag else ""


def plain(text: str) -> str:
    """A text of the questionnaire, whose marks stay marks of its own."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
