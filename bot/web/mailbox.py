"""The messages that wait in a folder as .eml files, read for people; nothing in them is believed."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import unquote

LISTED = 200
"""The newest messages that are listed."""

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
    subject: str
    sender: str
    to: str
    date: str
    text: str
    html: str


def list_mails(folder: Path) -> list[Mail]:
    """The newest messages, newest first."""
    newest = sorted(_written(folder), reverse=True)[:LISTED]
    mails = (read_mail(folder, name) for _, name in newest)
    return [mail for mail in mails if mail is not None]


def _written(folder: Path) -> Iterator[tuple[int, str]]:
    """When each was written, and its name."""
    for path in folder.glob("*.eml"):
        with suppress(FileNotFoundError):  # somebody tidies up
            yield path.stat().st_mtime_ns, path.stem


def read_mail(folder: Path, name: str) -> Mail | None:
    """The message in the file of that name; None where there is none, or one that cannot be shown."""
    content = _content(folder / f"{name}.eml") if _NAME.fullmatch(name) else None
    if content is None:
        return None
    message = BytesParser(policy=policy.default).parsebytes(content)
    subject, sender, to, date = (_header(message, field) for field in ("Subject", "From", "To", "Date"))
    html = _with_pictures(_body(message, "html"), message)
    return Mail(name, subject, sender, to, date, text=_body(message, "plain"), html=html)


def _content(path: Path) -> bytes | None:
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    return content if len(content) <= LARGEST else None


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
