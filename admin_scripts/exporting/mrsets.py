"""Multiple-response sets in a .sav file: the extension record that says which columns are one question.

In SPSS system files a record of type 7 is (7, subtype, size, count) and then size times count bytes; the dictionary
ends with record 999. Sets are subtype 7, and name columns by the short names of subtype 13.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HEADER = 176
EXTENSION, MULTIPLE_RESPONSE, LONG_NAMES, END = 7, 7, 13, 999
DATE_AT, DATE = 92, b"01 Jan 7000:00:00"


@dataclass(frozen=True, slots=True)
class MultipleSet:
    """A question with several answers: its columns hold 1 where a choice was chosen."""

    name: str
    label: str
    columns: tuple[str, ...]


def finish_sav(path: Path, sets: Sequence[MultipleSet]) -> None:
    """Put the sets in, and a fixed day in the place of the hour at which the file was made."""
    content = bytearray(path.read_bytes())
    content[DATE_AT : DATE_AT + len(DATE)] = DATE
    if sets:
        records = list(_records(content))
        short = next(
            (_short_names(bytes(content[at + 16 : end])) for at, kind, end in records if kind == LONG_NAMES), {}
        )
        text = "".join(_line(one, short) for one in sets).encode()
        (at,) = (at for at, kind, _ in records if kind == END)
        content[at:at] = struct.pack("<4i", EXTENSION, MULTIPLE_RESPONSE, 1, len(text)) + text
    path.write_bytes(content)


def _line(one: MultipleSet, short: dict[str, str]) -> str:
    columns = " ".join(short.get(name, name).lower() for name in one.columns)
    return f"${one.name}=D1 1 {len(one.label.encode())} {one.label} {columns}\n"


def _short_names(pairs: bytes) -> dict[str, str]:
    found = (pair.split("=", 1) for pair in pairs.decode().split("\t") if "=" in pair)
    return {name: short for short, name in found}


def _records(content: bytearray) -> Iterator[tuple[int, int, int]]:
    """Start, kind (of an extension its subtype) and end of every record after the columns; the last is END."""
    at = HEADER
    while (kind := _int(content, at)) != END:
        end = SIZES[kind](content, at)
        if kind == EXTENSION:
            yield at, _int(content, at + 4), end
        at = end
    yield at, END, at + 8


def _column(content: bytearray, at: int) -> int:
    has_label, missing = _int(content, at + 8), abs(_int(content, at + 12))
    end = at + 32
    if has_label:
        end += 4 + (_int(content, end) + 3) // 4 * 4
    return end + missing * 8


def _value_labels(content: bytearray, at: int) -> int:
    end = at + 8
    for _ in range(_int(content, at + 4)):
        end += 8 + (content[end + 8] + 1 + 7) // 8 * 8
    return end


def _of_labels(content: bytearray, at: int) -> int:
    return at + 8 + 4 * _int(content, at + 4)


def _document(content: bytearray, at: int) -> int:
    return at + 8 + 80 * _int(content, at + 4)


def _extension(content: bytearray, at: int) -> int:
    return at + 16 + _int(content, at + 8) * _int(content, at + 12)


SIZES = {2: _column, 3: _value_labels, 4: _of_labels, 6: _document, EXTENSION: _extension}


def _int(content: bytearray, at: int) -> int:
    found: int = struct.unpack_from("<i", content, at)[0]
    return found
