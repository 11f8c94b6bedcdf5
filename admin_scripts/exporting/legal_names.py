"""Names that SPSS and Stata allow, one for each column, as like the column's own as can be."""

import re
import unicodedata
from collections.abc import Iterable

SPSS_LENGTH, STATA_LENGTH = 64, 27
_OF_SPSS = ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
_OF_STATA = ("byte", "double", "float", "if", "in", "int", "long", "strl", "using", "with")
RESERVED = frozenset((*_OF_SPSS, *_OF_STATA))


def spss_names(headers: Iterable[str]) -> dict[str, str]:
    """Header -> name: letters, digits and _, begun by a letter, at most 64 bytes, none twice in whatever case."""
    return _named(headers, SPSS_LENGTH)


def stata_names(headers: Iterable[str]) -> dict[str, str]:
    """Header -> name: as in SPSS, but short: pyreadstat calls its labels the same and a number, in 32 characters."""
    return _named(headers, STATA_LENGTH)


def _named(headers: Iterable[str], length: int) -> dict[str, str]:
    legal = {header: _legal(header) for header in headers}
    named: dict[str, str] = {}
    taken: set[str] = set()
    for header in sorted(legal, key=lambda header: legal[header] != header):  # what is legal keeps its name
        named[header] = free_name(legal[header], length, taken)
        taken.add(named[header].lower())
    return {header: named[header] for header in legal}


def free_name(name: str, length: int, taken: Iterable[str]) -> str:
    """The name, cut, and with a number where it is taken (`taken` in small letters)."""
    tail, number = "", 1
    while (name[: length - len(tail)] + tail).lower() in taken:
        number += 1
        tail = f"_{number}"
    return name[: length - len(tail)] + tail


def _legal(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")
    if not name or not name[0].isalpha() or name.lower() in RESERVED or re.fullmatch(r"str\d+", name.lower()):
        name = f"v_{name}".rstrip("_")
    return name
