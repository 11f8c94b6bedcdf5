"""The messages that wait in a folder as .eml files, read for people; nothing in them is believed."""

import base64
import heapq
import logging
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path
from urllib.parse import unquote

from bot.trail import trail_of

_log = logging.getLogger(__name__)

LISTED = 100
"""Messages on a page of the list."""

LARGEST_HEAD = 16 * 1024
"""Bytes of a message that are read for the list."""

LARGEST = 2 * 1024 * 1024
"""Bytes of a message that is read; ours are of some kilobytes."""

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._+=@-]{0,199}")
_CID = re.compile(r"cid:([^\"'\s>)]+)")
_HEAD = re.compile(r"<head(\s[^>]*)?>", re.IGNORECASE)
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})


@dataclass(frozen=True, slots=True)
class Mail:
    """One message; `name` is its file's. `html` loads nothing: its pictures are in it. "" where it has no such part."""

    name: str
    subject: str = ""
    sender: str = ""
    to: str = ""
    date: str = ""
    text: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the list, the newest first; the numbers of the pages before and after it, 0 where there is none."""

    mails: tuple[Mail, ...]
    newer: int
    older: int


def list_mails(folder: Path, page: int = 1) -> Leaf:
    """The messages of this page, without their texts; one that cannot be read has its name only."""
    begin = (page - 1) * LISTED
    found = heapq.nlargest(begin + LISTED + 1, _written(folder))
    mails = tuple(_head(folder, name) for _, name in found[begin : begin + LISTED])
    return Leaf(mails, newer=page - 1, older=page + 1 if len(found) > begin + LISTED else 0)


def _written(folder: Path) -> Iterator[tuple[int, str]]:
    """When each was written, and its name."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            name, ending = os.path.splitext(entry.name)  # noqa: PTH122 - there may be tens of thousands
            if ending == ".eml" and _NAME.fullmatch(name):
                with suppress(FileNotFoundError):  # somebody tidies up
                    if entry.is_file(follow_symlinks=False) and entry.stat().st_size <= LARGEST:
                        yield entry.stat().st_mtime_ns, name


def _head(folder: Path, name: str) -> Mail:
    return _understood(folder, name, BytesHeaderParser(policy=policy.default), LARGEST_HEAD) or Mail(name)


def read_mail(folder: Path, name: str) -> Mail | None:
    """The message in the file of that name; None where there is none, or one that cannot be shown."""
    path = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
        return None
    return _understood(folder, name, BytesParser(policy=policy.default), LARGEST)


def _understood(folder: Path, name: str, parser: BytesParser, most: int) -> Mail | None:
    """What a file begins with, as a message; None if that cannot be read, whoever put it there."""
    try:
        with (folder / f"{name}.eml").open("rb") as file:
            message = parser.parsebytes(file.read(most))
        subject, sender, to, date = (_header(message, field) for field in ("Subject", "From", "To", "Date"))
        html = _with_pictures(_body(message, "html"), message)
        return Mail(name, subject, sender, to, date, text=_body(message, "plain"), html=html)
    except Exception as error:  # noqa: BLE001 - the library raises all sorts of errors
        _log.warning("A message in the folder cannot be shown: %s", trail_of(error))
        return None


def _header(message: Message, field: str) -> str:
    return " ".join(str(message.get(field, "")).split())


def _body(message: Message, subtype: str) -> str:
    """The first part of this subtype that is no attachment."""
    for part in message.walk():
        if part.get_content_type() == f"text/{subtype}" and part.get_content_disposition() != "attachment":
            return _text_of(part)
    return ""


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        return raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # a name that is no charset's
        return raw.decode("utf-8", "replace")


def _with_pictures(html: str, message: Message) -> str:
    """The pictures that come with the message, in the place of their names; links open in a new tab."""
    pictures = dict(_pictures(message))
    shown = _CID.sub(lambda found: pictures.get(unquote(found[1]), ""), html)
    return _HEAD.sub(r'\g<0><base target="_blank">', shown, count=1)


def _pictures(message: Message) -> Iterator[tuple[str, str]]:
    """Content-ID and data: address."""
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() in _PICTURES and isinstance(payload, bytes):
            data = base64.b64encode(payload).decode()
            yield _header(part, "Content-ID").strip("<>"), f"data:{part.get_content_type()};base64,{data}"
