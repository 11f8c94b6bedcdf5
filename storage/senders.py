"""Whose address an e-mail comes from; for that, what is an address at all."""

import re
import unicodedata

LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_ADDRESS = re.compile(rf"(?=[^@]{{1,{LONGEST_LOCAL_PART}}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def sender_address(mail_from: str, contact: str) -> str:
    """COLLOQUIO_MAIL_FROM, or the survey's contact if that is a plain address; "" where there is neither."""
    return address_in(mail_from) or address_in(contact)


def address_in(text: str) -> str:
    """The address as servers take it ("ada@xn--citt-3na.it" for "ada@città.it"); "" if the text is no plain address."""
    local, _, domain = unicodedata.normalize("NFC", text.strip()).rpartition("@")
    address = f"{local}@{ascii_domain(domain.lower())}"
    return address if _ADDRESS.fullmatch(address) and len(address) <= LONGEST_ADDRESS else ""


def ascii_domain(domain: str) -> str:
    """By IDNA; "" for a domain that it would turn into another one, as "straße.de" into "strasse.de"."""
    if domain.isascii():
        return domain
    try:
        encoded = domain.encode("idna")
        return encoded.decode() if encoded.decode("idna") == domain else ""
    except UnicodeError:
        return ""
