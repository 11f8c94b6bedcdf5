"""What people typed, as mail headers can take it: names, one-line texts, web addresses."""

import unicodedata
from urllib.parse import quote, urlsplit

from storage.senders import ascii_domain

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that end a line, turn the direction of a text, or are not shown at all."""


def one_line(text: str, longest: int) -> str:
    """A text for a header: without anything unseen, and nothing in it that a mail program would decode."""
    seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    line = " ".join(seen.replace("=?", "= ?").split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def ascii_web_address(url: str) -> str:
    """The same address for a header, which takes ASCII only."""
    parts = urlsplit(url)
    place = ascii_domain(parts.netloc) or quote(parts.netloc, safe=":")
    return parts._replace(netloc=place, path=quote(parts.path, safe="/%~:@!$&'()*+,;=")).geturl()
