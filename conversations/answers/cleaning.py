"""What is done to every text before it is read, and how texts are made comparable."""

import re
import unicodedata

LONGEST = 4096  # a message of Telegram, and enough for an open answer

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # not allowed in XML, or not text
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by their category, but without a shape
_WORD = re.compile(r"(?:(?<![^\W_])-(?=\d))?[^\W_]+")


def cleaned(text: str) -> str:
    """Drop control characters other than the newline and the space around; a tab is a space. Nothing else changes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _FORBIDDEN.sub("", lines).strip()


def is_blank(text: str) -> bool:
    """Nothing that can be seen: spaces, characters that only steer others, and the few that fill a place."""
    return all(character in _UNSEEN or unicodedata.category(character)[0] in "ZC" for character in text)


def plain_digits(text: str) -> str:
    """Write the digits of every script (Arabic-Indic, Persian, fullwidth, ...) as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def folded(text: str) -> str:
    """Reduce to what two spellings of the same words share: no case, accents, punctuation or double spaces.

    "Sì, tutti!" and "si tutti" are the same; a minus before a number stays.
    """
    if text.isascii():  # nothing to take apart: ten thousand labels are folded for one typed answer
        return " ".join(_WORD.findall(text.casefold()))
    decomposed = unicodedata.normalize("NFKD", plain_digits(text).replace("−", "-").casefold())
    bare = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    return " ".join(_WORD.findall(bare))
