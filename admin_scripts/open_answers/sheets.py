"""The workbook that coders fill in: texts, the code frame, and how it is done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from admin_scripts.exporting.layout import said
from admin_scripts.exporting.xlsx_book import EPOCH, OPTIONS, Prose, Styles
from admin_scripts.microdata.coded import FINAL
from admin_scripts.open_answers.listing import Listing
from admin_scripts.open_answers.titles import (
    CODE,
    CODES,
    FRAME,
    HOW,
    HOW_TO,
    ID,
    LABEL,
    QUESTION,
    TEXT,
    TEXTS,
    WHAT,
    shown_title,
)
from admin_scripts.synthetic import SYNTHETIC
from admin_scripts.wording import Wording

TEXTS_HEADING = (ID, TEXT, CODES)
NONE_FITS = "-"
"""In place of codes: the text was read, and no code fits."""

BETWEEN = " "


Sheets = Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]]
"""By title: heading and lines."""


def label_headings(listing: Listing) -> dict[str, str]:
    """Heading -> language: "label (it)"."""
    return {f"{LABEL} ({tag})" if tag else LABEL: tag for tag in listing.languages}


def write_listing(listing: Listing, coder: str, words: Wording, path: Path) -> None:
    """The file for one coder, with the codes given so far; the same answers give the same bytes."""
    given = listing.codes_of(coder)
    texts = [(known, one.text, shown(given.get(known))) for known, one in listing.texts.items()]
    frame = [(code.name, *(code.labels.get(tag, "") for tag in listing.languages)) for code in listing.frame]
    sheets: Sheets = {
        TEXTS: (TEXTS_HEADING, texts),
        FRAME: ((CODE, *label_headings(listing)), frame),
        HOW_TO: ((WHAT, HOW), list(_how_to(listing, coder, words))),
    }
    write_sheets(
        path,
        {
            shown_title(title, words): ([shown_title(one, words) for one in heading], lines)
            for title, (heading, lines) in sheets.items()
        },
    )


def write_sheets(path: Path, sheets: Sheets) -> None:
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


def _how_to(listing: Listing, coder: str, words: Wording) -> Iterator[tuple[str, str]]:
    survey, question = listing.survey, listing.question
    if survey.is_synthetic:
        yield (
            SYNTHETIC.upper(),
            words.say("SYNTHETIC: nobody has given these answers; a program has made them up to rehearse."),
        )
    yield words.say("survey"), survey.name
    yield words.say(QUESTION), question.name
    yield words.say("wording"), said(question.wording, words.tag)
    yield from _steps(words)
    command = f"colloquio coding import {survey.name} FILE.xlsx --coder {coder or 'CODER'}"
    yield words.say("4. Back"), command
    yield (
        words.say("Confidential"),
        words.say(
            "Texts may tell who wrote them. The order says nothing, and the ids differ from question to question. Leave"
            " the ids as they are; delete the file when the codes are imported."
        ),
    )


def _steps(words: Wording) -> Iterator[tuple[str, str]]:
    names = {title: words.say(title) for title in (FRAME, TEXTS, CODES)}
    yield (
        words.say("1. The code frame"),
        words.say(
            "Read some texts, then write the codes into the sheet “{frame}”: a short name (letters, digits, _) and a"
            " label in each language. It is shared: whoever codes the same question needs the same sheet.",
            frame=names[FRAME],
        ),
    )
    yield (
        words.say("2. The texts"),
        words.say(
            "Write the codes of each text into the column “{codes}” of the sheet “{texts}”, several with a blank"
            " between them. {none} says that no code fits; a blank cell, that the text is still to be coded.",
            codes=names[CODES],
            texts=names[TEXTS],
            none=NONE_FITS,
        ),
    )
    yield (
        words.say("3. Two coders"),
        words.say(
            "Each codes a file of their own and does not see the other's. Where they differ, what more than half gave"
            " counts, until a file with what they agreed on is imported with --coder {final}.",
            final=FINAL,
        ),
    )
