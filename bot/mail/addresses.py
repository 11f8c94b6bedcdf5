"""What people typed, as mail headers and servers can take it: addresses, names, one-line texts, web addresses."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_ADDRESS = re.compile(rf"(?=[^@]{{1,{LONGEST_LOCAL_PART}}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that end a line, turn the direction of a text, or are not shown at all."""


def address_in(text: str) -> str:
    """The address as servers take it ("ada@xn--citt-3na.it" for "ada@città.it"); "" if the text is no plain address."""
    local, _, domain = unicodedata.normalize("NFC", text.strip()).rpartition("@")
    address = f"{local}@{_ascii_domain(domain.lower())}"
    return address if _ADDRESS.fullmatch(address) and len(address) <= LONGEST_ADDRESS else ""


def _ascii_domain(domain: str) -> str:
    """By IDNA; "" for a domain that it would turn into another one, as "straße.de" into "strasse.de"."""
    if domain.isascii():
        return domain
    try:
        encoded = domain.encode("idna")
        return encoded.decode() if encoded.decode("idna") == domain else ""
    except UnicodeError:
        return ""


def one_line(text: str, longest: int) -> str:
    """A text for a header: without anything unseen, and nothing in it that a mail program would decode."""
    seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    line = " ".join(seen.replace("=?", "= ?").split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def ascii_web_address(url: str) -> str:
    """The same address for a header, which takes ASCII only."""
    parts = urlsplit(url)
    place = _ascii_domain(parts.netloc) or quote(parts.netloc, safe=":")
    return parts._replace(netloc=place, path=quote(parts.path, safe="/%~:@!$&'()*+,;=")).geturl()
