"""The codebook as a workbook: the variables, the choices, and what the words mean."""

from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from admin_scripts.codebooks.book import Codebook
from admin_scripts.exporting.explained import codebook
from admin_scripts.exporting.xlsx_book import EPOCH, OPTIONS, Prose, Styles
from admin_scripts.synthetic import WARNING

MEANINGS = (
    ("table", "responses, or the name of a repeat: then a row for each time it was filled in"),
    ("variable", "the name of the column in CSV, XLSX, Parquet and JSON files"),
    ("type", "of the question; calculate is worked out from answers, coded is made of texts by people"),
    ("measure", "nominal, ordinal, scale, rank, text or date"),
    ("choices", "name=label"),
    ("codes", "name=the code in SPSS and Stata files"),
    ("asked of", "who was asked, in words; of calculations nothing"),
    ("relevant", "the same as the questionnaire's author wrote it"),
    ("asked", "rows in which the question was reached, whatever was said"),
    ("answered", "rows with an answer"),
    ("not_asked", "rows in which the question was not asked"),
    ("skipped", "asked and left blank"),
    ("prefer_not", "chose not to say"),
    ("broke_off", "stopped before"),
    ("dont_know", "chose not to know"),
    ("withheld", "answered, and not let out"),
    ("spss, stata", "the name of the column in those files; blank where they have no such column"),
)


def write_book(book: Codebook, path: Path) -> None:
    """The file; the same codebook gives the same bytes."""
    out = xlsxwriter.Workbook(path, {**OPTIONS, "constant_memory": False, "in_memory": True})
    out.set_properties({"created": EPOCH, "title": book.export.title})
    styles = Styles(out)
    rows = codebook(book.export, book.tally, book.asked)
    about = [("survey", book.export.title), ("questionnaire version", book.version), *MEANINGS]
    if book.is_synthetic:
        about.insert(0, ("SYNTHETIC", WARNING))
    for title, heading, lines in (
        ("about", ("word", "meaning"), about),
        ("variables", tuple(rows[0]), [tuple(row.values()) for row in rows]),
        ("choices", _choices_heading(book), _choices(book)),
    ):
        sheet = out.add_worksheet(title)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        Prose(sheet, styles).write(heading, list(lines))
    out.close()


def _choices_heading(book: Codebook) -> tuple[str, ...]:
    labels = (f"label ({tag})" if tag else "label" for tag in book.languages)
    return ("table", "variable", "code", "name", *labels, "missing")


def _choices(book: Codebook) -> Iterator[tuple[object, ...]]:
    for table in book.export.tables:
        for variable in book.variables_of(table):
            for choice in variable.choices:
                labels = (choice.labels.get(tag, "") for tag in book.languages)
                missing = choice.missing.name.lower() if choice.missing else ""
                yield (table.title, variable.name, choice.code, choice.name, *labels, missing)
