"""A table on the disk, CSV or XLSX -> lines of cells. The only file that guesses delimiters and encodings."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from admin_scripts.refusal import Refused

ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = (",", ";", "\t")
QUOTED = re.compile(r'"[^"]*"')
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number as an editor or a spreadsheet shows it, and its cells without outer spaces."""

    number: int
    cells: tuple[str, ...]


def read_register(path: Path) -> list[Line]:
    """Every line of the file, the heading first; a file that cannot be read raises Refused."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check the name of the file.") from error
    lines = [line for line in _lines_of(path, content) if any(line.cells)]
    if not lines:
        raise Refused(f"{path} is empty. The first line names the columns, the others fill them.")
    return lines


def _lines_of(path: Path, content: bytes) -> Iterator[Line]:
    match path.suffix.lower():
        case ".xlsx":
            return _sheet(path, content)
        case ".csv" | ".tsv" | ".txt":
            return _text(path, content)
        case suffix:
            raise Refused(f"Only .csv and .xlsx files are read, {path} is '{suffix}'. Save it as one of the two.")


def _text(path: Path, content: bytes) -> Iterator[Line]:
    text = _decoded(path, content)
    if "\0" in text:
        raise Refused(f"{path} is no text, or text in an encoding that it does not name. Save it as 'CSV UTF-8'.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    started = 1
    try:
        for cells in reader:
            yield _line(started, cells)
            started = reader.line_num + 1
    except csv.Error as error:
        raise Refused(
            f"{path} cannot be read from line {started} on: is a quotation mark not closed there? ({error})"
        ) from error


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith(UTF16_MARKS):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(f"{path} is neither UTF-8 nor Windows text. Save it as 'CSV UTF-8'.")


def _delimiter(text: str) -> str:
    """What stands most often in the heading, outside quotes."""
    heading = QUOTED.sub("", text.lstrip().partition("\n")[0])
    return max(DELIMITERS, key=heading.count)


def _sheet(path: Path, content: bytes) -> Iterator[Line]:
    import openpyxl  # noqa: PLC0415 - half a second, and most registers are CSV

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise Refused(f"{path} is no Excel workbook. Open it and save it as .xlsx again.") from error
    rows = book.worksheets[0].iter_rows(values_only=True)
    return (_line(number, map(_shown, row)) for number, row in enumerate(rows, start=1))


def _line(number: int, cells: Iterable[str]) -> Line:
    return Line(number, tuple(cell.strip() for cell in cells))


def _shown(value: object) -> str:
    """A cell as a person reads it: 12 rather than 12.0, dates as 2026-11-22."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == datetime.min.time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)
