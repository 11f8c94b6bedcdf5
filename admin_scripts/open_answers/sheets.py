"""The workbook that coders fill in: texts, the code frame, and how it is done."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from admin_scripts.exporting.layout import said
from admin_scripts.exporting.xlsx_book import EPOCH, OPTIONS, Prose, Styles
from admin_scripts.microdata.coded import FINAL
from admin_scripts.open_answers.listing import Listing
from admin_scripts.synthetic import WARNING

TEXTS, FRAME, HOW_TO = "texts", "code frame", "how to"
TEXTS_HEADING = ("id", "text", "codes")
CODE = "code"
NONE_FITS = "-"
"""In place of codes: the text was read, and no code fits."""

BETWEEN = " "


def label_headings(listing: Listing) -> dict[str, str]:
    """Heading -> language: "label (it)"."""
    return {f"label ({tag})" if tag else "label": tag for tag in listing.languages}


def write_listing(listing: Listing, coder: str, path: Path) -> None:
    """The file for one coder, with the codes given so far; the same answers give the same bytes."""
    given = listing.codes_of(coder)
    texts = [(known, one.text, shown(given.get(known))) for known, one in listing.texts.items()]
    frame = [(code.name, *(code.labels.get(tag, "") for tag in listing.languages)) for code in listing.frame]
    write_sheets(
        path,
        {
            TEXTS: (TEXTS_HEADING, texts),
            FRAME: ((CODE, *label_headings(listing)), frame),
            HOW_TO: (("what", "how"), list(_how_to(listing, coder))),
        },
    )


def write_sheets(path: Path, sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]]) -> None:
    """Sheets of prose by title: heading and lines."""
    book = xlsxwriter.Workbook(path, {**OPTIONS, "constant_memory": False, "in_memory": True})
    book.set_properties({"created": EPOCH})
    styles = Styles(book)
    for title, (heading, lines) in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        Prose(sheet, styles).write(heading, list(lines))
    book.close()


def shown(codes: Sequence[str] | None) -> str:
    """As a coder writes them; blank of a text that is not coded yet."""
    if codes is None:
        return ""
    return BETWEEN.join(codes) or NONE_FITS


def _how_to(listing: Listing, coder: str) -> Iterator[tuple[str, str]]:
    survey, question = listing.survey, listing.question
    if survey.is_synthetic:
        yield "SYNTHETIC", WARNING
    yield "survey", survey.name
    yield "question", question.name
    yield "wording", said(question.wording, next(iter(listing.languages), ""))
    yield (
        "1. The code frame",
        (
            f"Read some texts, then write the codes into the sheet “{FRAME}”: a short name (letters, digits, _) and a"
            " label in each language. It is shared: whoever codes the same question needs the same sheet."
        ),
    )
    yield (
        "2. The texts",
        (
            f"Write the codes of each text into the column “codes” of the sheet “{TEXTS}”, several with a blank between"
            f" them. {NONE_FITS} says that no code fits; a blank cell, that the text is still to be coded."
        ),
    )
    yield (
        "3. Two coders",
        (
            "Each codes a file of their own and does not see the other's. Where they differ, what more than half gave"
            f" counts, until a file with what they agreed on is imported with --coder {FINAL}."
        ),
    )
    yield "4. Back", f"colloquio coding import {survey.name} FILE.xlsx --coder {coder or 'CODER'}"
    yield (
        "Confidential",
        (
            "Texts may tell who wrote them. The order says nothing, and the ids differ from question to question. Leave"
            " the ids as they are; delete the file when the codes are imported."
        ),
    )
