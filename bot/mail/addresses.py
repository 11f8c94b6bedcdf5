"""What people typed, as mail headers can take it: names, one-line texts, web addresses."""

import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from storage.senders import ascii_domain

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that end a line, turn the direction of a text, or are not shown at all."""


def one_line(text: str, longest: int) -> str:
    """A text for a header: without anything unseen, and nothing in it that a mail program would decode."""
    seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    line = " ".join(seen.replace("=?", "= ?").split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


ENCODED_BYTES = 45
"""Of a name in one encoded word: 60 letters, with what is around it less than the 75 that are allowed (RFC 2047)."""


def name_in_header(name: str) -> str:
    """A name before an address, with what parts the two: quoted, or in encoded words where ASCII is not enough."""
    if not name:
        return ""
    if name.isascii():
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"\r\n '
    return "".join(f"=?utf-8?b?{b64encode(word.encode()).decode()}?=\r\n " for word in _words(name))


def _words(name: str) -> Iterator[str]:
    """Pieces of whole characters, each short enough for an encoded word."""
    word = ""
    for sign in name:
        if len(f"{word}{sign}".encode()) > ENCODED_BYTES:
            yield word
            word = ""
        word += sign
    yield word


def ascii_web_address(url: str) -> str:
    """The same address for a header, which takes ASCII only."""
    parts = urlsplit(url)
    place = ascii_domain(parts.netloc) or quote(parts.netloc, safe=":")
    return parts._replace(netloc=place, path=quote(parts.path, safe="/%~:@!$&'()*+,;=")).geturl()
