"""A photo without what it tells besides the picture: where and when it was taken, with which device, by whom."""

import re
import struct
from collections.abc import Iterator

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_KEPT = (0xE0, 0xEE)  # JFIF and Adobe, which say how colours are written
_COLOURS = b"ICC_PROFILE\x00"
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_SIDES = range(2, 9)
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # with its filling it would be sought anew from each byte of it
_FILLING = re.compile(rb"\xff+")
_MOST_SEGMENTS = 10_000
_DIRECTORY_ENTRY = 12


class PhotoUnreadable(ValueError):
    """It is in more pieces than any picture: made to cost, or damaged."""


def without_traces(photo: bytes) -> bytes:
    """The same picture, the same way up; a file that is no whole JPEG is given back as it is.

    Raises PhotoUnreadable, long before the pieces fill the memory.
    """
    try:
        pieces = list(_segments(photo))
    except (IndexError, struct.error):
        return photo
    kept = b"".join(piece for marker, piece in pieces if _is_picture(marker, piece))
    sides = (_orientation(piece) for marker, piece in pieces if piece[4:10] == _EXIF and marker == 0xE1)  # noqa: PLR2004
    side = next((found for found in sides if found in _SIDES), 0)
    return b"\xff\xd8" + (_turned(side) if side else b"") + kept + b"\xff\xd9"


def _segments(photo: bytes) -> Iterator[tuple[int, bytes]]:
    """Each with its marker; a scan with its data. What follows the end of the picture is not looked at."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        filling = _FILLING.match(photo, at)
        if filling is None:
            raise IndexError
        at = filling.end() - 1
        marker = photo[at + 1]
        if marker == _END:
            return
        (length,) = struct.unpack_from(">H", photo, at + 2)
        end = at + 2 + length
        if marker == _SCAN:
            found = _NEXT.search(photo, end)
            if found is None:
                raise IndexError
            end = found.start()
        yield marker, photo[at:end]
        at = end
    raise PhotoUnreadable


def _is_picture(marker: int, piece: bytes) -> bool:
    is_application = 0xE0 <= marker <= 0xEF  # noqa: PLR2004 - APP0 to APP15
    is_comment = marker == 0xFE  # noqa: PLR2004 - COM
    return not is_comment and (not is_application or marker in _KEPT or piece[4:].startswith(_COLOURS))


def _orientation(piece: bytes) -> int:
    """Which side is up, from 1 to 8; 0 when it is not said."""
    tiff = piece[4 + len(_EXIF) :]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order:
        return 0
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        entries = (struct.unpack_from(f"{order}HHIH", tiff, start + 2 + n * _DIRECTORY_ENTRY) for n in range(count))
        return next((value for tag, _, _, value in entries if tag == _ORIENTATION), 0)
    except struct.error:
        return 0


def _turned(side: int) -> bytes:
    """An Exif segment that says which side is up, and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, side, 0)
    body = _EXIF + b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
