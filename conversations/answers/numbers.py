"""Numbers as people write them: with the marks of their language, in the digits of their script."""

import re
from functools import cache

from conversations.answers.cleaning import plain_digits

LONGEST_GROUPED = 30
"""Digits; a calculated number may be of any length, and is shown as it is."""

_COMMA_LANGUAGES = frozenset({"it", "de", "es", "fr", "nl", "pl", "pt", "ro", "ru", "sq", "uk"})
_MINUS = dict.fromkeys("−–﹣－", "-")
_SPACES = dict.fromkeys("\u00a0\u2009\u202f\u3000'’", " ")  # an apostrophe groups thousands as well: 1'200
_PLAIN = str.maketrans(_MINUS | _SPACES | {"＋": "+", "．": ".", "，": ",", "٫": "·"})


def decimal_mark(language: str) -> str:
    """Tell whether the decimal mark of a language is "," or "."; the other one then groups thousands."""
    return "," if language.partition("-")[0].lower() in _COMMA_LANGUAGES else "."


def read_number(text: str, language: str) -> str | None:
    """Read "1.200,5" (Italian) as "1200.5"; a fraction stays as long as it was written; None when it is no number.

    Comma and point are both decimal marks, unless they group thousands in the language: "1.200" is 1200 in Italian
    and 1.200 in English.
    """
    plain = plain_digits(text).translate(_PLAIN).strip()
    sign = "-" if plain.startswith("-") else ""
    body = plain[1:].lstrip() if plain[:1] in ("+", "-") else plain
    for pattern in _patterns(decimal_mark(language)):
        if found := pattern.fullmatch(body):
            return sign + _digits_only(found["whole"]) + ("." + found["fraction"] if found["fraction"] else "")
    return None


def digits_of(number: str) -> int:
    """Count the digits, without leading zeros."""
    return len(_digits_only(number).lstrip("0"))


def canonical(number: str) -> str:
    """Drop the zeros that mean nothing: "-007.50" is "-7.5", "-0" is "0"."""
    whole, _, fraction = number.lstrip("-").partition(".")
    bare = (whole.lstrip("0") or "0") + ("." + fraction).rstrip("0").rstrip(".")
    return "-" + bare if number.startswith("-") and bare != "0" else bare


def show_number(number: str, language: str, *, grouped: bool = False) -> str:
    """Write a stored number with the marks of the language; what is no number stays as it is."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", number):
        return number
    mark = decimal_mark(language)
    whole, point, fraction = number.partition(".")
    is_grouped = grouped and len(whole) <= LONGEST_GROUPED
    shown = f"{int(whole):,}".replace(",", "." if mark == "," else ",") if is_grouped else whole
    return shown + mark + fraction if point else shown


def _digits_only(number: str) -> str:
    return re.sub(r"\D", "", number)


@cache
def _patterns(mark: str) -> tuple[re.Pattern[str], ...]:
    """Give the ways to write a number, the language's own first."""
    group = "." if mark == "," else ","
    grouped = r"(?P<whole>[1-9]\d{{0,2}}(?:[{0}]\d{{3}})+)"
    return (
        re.compile(grouped.format(group) + rf"(?:[{mark}·](?P<fraction>\d+))?"),
        re.compile(grouped.format(" ") + r"(?:[.,·](?P<fraction>\d+))?"),
        re.compile(r"(?P<whole>\d+)(?:[.,·](?P<fraction>\d+))?"),
        re.compile(grouped.format(mark) + rf"[{group}·](?P<fraction>\d+)"),
    )
