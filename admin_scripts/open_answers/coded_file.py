"""A workbook that coders have filled in -> frame and codes, with every mistake by its cell and its remedy."""

import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils import get_column_letter

from admin_scripts.microdata.coded import UNFIT
from admin_scripts.open_answers.listing import Listing
from admin_scripts.open_answers.sheets import NONE_FITS, TEXTS_HEADING, label_headings
from admin_scripts.open_answers.titles import (
    CODE,
    CODES,
    FRAME,
    HOW,
    HOW_TO,
    ID,
    QUESTION,
    TEXTS,
    WHAT,
    every_title,
    meant_title,
)
from admin_scripts.refusal import Refused
from admin_scripts.texts_file import Mistake
from storage.codings import Code

NAME = re.compile(r"[A-Za-z0-9_]{1,30}")
SPLIT = re.compile(r"[\s,;]+")
REMEDY = "Take the file that `colloquio coding list` writes, and fill it in."


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text, and where it is: "texts!C5"."""

    at: str
    text: str


Line = Mapping[str, Cell]
"""By the titles of the columns, in English whatever the file's language."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: as it is called there, how its columns are, by their English titles, and its rows."""

    title: str
    headings: Mapping[str, str]
    lines: Sequence[Line]


def question_in(path: Path) -> str:
    """The question that the workbook is about, in whatever language it says so."""
    sheet = _sheet(_opened(path), path, HOW_TO, (WHAT, HOW))
    found = next((line[HOW].text for line in sheet.lines if meant_title(line[WHAT].text) == QUESTION), "")
    if not found:
        raise Refused(f"{path} does not say in its sheet '{sheet.title}' which question it is about. {REMEDY}")
    return found


def read_coded(
    path: Path, listing: Listing, coder: str
) -> tuple[list[Code], dict[str, tuple[str, ...]], list[Mistake]]:
    """The frame, the codes by the id of the text, and all that is wrong; texts that are not coded are left out."""
    book = _opened(path)
    frame = _sheet(book, path, FRAME, (CODE,))
    texts = _sheet(book, path, TEXTS, TEXTS_HEADING)
    codes = [Code(line[CODE].text, _labels(line, listing)) for line in frame.lines]
    names = {code.name for code in codes}
    mistakes = [
        *_wrong_frame(frame, listing),
        *_missing_codes(frame, listing, coder, names),
        *_wrong_texts(texts, frame, listing, names),
    ]
    given = {line[ID].text: _codes(line[CODES].text, names) for line in texts.lines if line[CODES].text}
    return codes, given, mistakes


def _codes(text: str, names: Collection[str]) -> tuple[str, ...]:
    """As the frame writes them, whatever their capitals, unless it has two that differ in nothing else."""
    if text == NONE_FITS:
        return ()
    return tuple(dict.fromkeys(_in_frame(code, names) for code in SPLIT.split(text) if code))


def _in_frame(code: str, names: Collection[str]) -> str:
    alike = [name for name in names if name.lower() == code.lower()]
    return alike[0] if len(alike) == 1 and code not in names else code


def _labels(line: Line, listing: Listing) -> dict[str, str]:
    headings = label_headings(listing).items()
    return {tag: line[heading].text for heading, tag in headings if heading in line and line[heading].text}


def _wrong_frame(frame: Sheet, listing: Listing) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for line in frame.lines:
        cell = line[CODE]
        if not NAME.fullmatch(cell.text):
            yield Mistake(cell.at, f"'{cell.text}' cannot be a code", "Write up to 30 letters, digits and _.")
        elif cell.text == UNFIT:
            yield Mistake(cell.at, f"'{UNFIT}' is what {NONE_FITS} becomes", "Choose another name for the code.")
        elif seen.setdefault(cell.text, cell.at) != cell.at:
            yield Mistake(cell.at, f"'{cell.text}' is already in {seen[cell.text]}", "Keep one of the two.")
        if not _labels(line, listing):
            heading = next(iter(label_headings(listing)))
            shown = frame.headings.get(heading, heading)
            yield Mistake(cell.at, f"'{cell.text}' has no label", f"Write what it means under '{shown}'.")
    if not frame.lines:
        yield Mistake(f"{frame.title}!A2", "there is no code", "Write the codes and what they mean.")


def _missing_codes(frame: Sheet, listing: Listing, coder: str, names: set[str]) -> Iterator[Mistake]:
    """Codes that other coders' texts have, and this frame has not: all code by one frame."""
    others = {code: one.coder for one in listing.codings if one.coder != coder for code in one.codes}
    for code, other in sorted(others.items()):
        if code not in names:
            remedy = f"Add it; or import {other}'s file again without it first."
            yield Mistake(f"{frame.title}!A1", f"'{code}' is missing, and coder {other} has given it to texts", remedy)


def _wrong_texts(texts: Sheet, frame: Sheet, listing: Listing, names: set[str]) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for line in texts.lines:
        known, codes = line[ID], line[CODES]
        if known.text not in listing.texts:
            what = f"'{known.text}' is no text of {listing.question.name}"
            yield Mistake(known.at, what, "Put the id back as it was listed, or delete the row.")
        elif seen.setdefault(known.text, known.at) != known.at:
            yield Mistake(known.at, f"the same text is in {seen[known.text]}", "Keep one of the two rows.")
        for code in _codes(codes.text, names):
            if code not in names:
                remedy = f"Write a code of the sheet '{frame.title}', or add it there."
                if code.startswith(NONE_FITS):
                    remedy = f"Write {NONE_FITS} alone where no code fits, else codes with a blank between them."
                yield Mistake(codes.at, f"'{code}' is not in the code frame", remedy)
    if not any(line[CODES].text for line in texts.lines):
        yield Mistake(f"{texts.title}!C2", "no text has a code", f"Write the codes, or {NONE_FITS} where none fits.")


# ---------------------------------------------------------------- the workbook


def _opened(path: Path) -> Any:  # noqa: ANN401 - openpyxl has no types
    try:
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    except OSError as error:
        if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
            raise Refused(f"{path} cannot be read: {error.strerror}. Check the name of the file.") from error
        raise Refused(f"{path} is no Excel workbook. Open it and save it as .xlsx again.") from error
    except (BadZipFile, KeyError, ValueError) as error:
        raise Refused(f"{path} is no Excel workbook. Open it and save it as .xlsx again.") from error


def _sheet(book: Any, path: Path, wanted: str, needed: Sequence[str]) -> Sheet:  # noqa: ANN401
    """The sheet that is called so in any language: the rows under the heading that have anything in them."""
    title = next((name for name in book.sheetnames if meant_title(name) == wanted), "")
    if not title:
        raise Refused(f"{path} has no sheet {every_title(wanted)}. {REMEDY}")
    heading, *rows = list(book[title].iter_rows(values_only=True)) or [()]
    shown = [_text(cell) for cell in heading]
    titles = [meant_title(one) for one in shown]
    missing = [name for name in needed if name not in titles]
    if missing:
        raise Refused(f"{path} has no column {every_title(missing[0])} in its sheet '{title}'. {REMEDY}")
    places = {name: place for place, name in enumerate(titles) if name}
    lines = [
        {
            name: Cell(f"{title}!{get_column_letter(place + 1)}{number}", _text(row[place]))
            for name, place in places.items()
        }
        for number, row in enumerate(rows, start=2)
        if any(map(_text, row))
    ]
    return Sheet(title, dict(zip(titles, shown, strict=True)), lines)


def _text(cell: object) -> str:
    """A code 1 is a number in the workbook."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
