"""Which choices are no answer that counts: the author's x_missing, else what the label says in Italian or English."""

import re
from collections.abc import Iterable

from admin_scripts.microdata.variables import Missing, Texts
from conversations.refraining import DOES_NOT_KNOW, PREFERS_NOT

BROKEN_OFF = "\0"
"""Stands for the answer to a question that was not reached; no answer can have it."""

SAID: dict[str, Missing | None] = {"prefer_not": Missing.PREFER_NOT, "dont_know": Missing.DONT_KNOW, "no": None}


def missing_meant(said: str, labels: Texts) -> Missing | None:
    """What a choice means: `said` by the author in x_missing, else by any of its labels."""
    if said.lower() in SAID:
        return SAID[said.lower()]
    texts = list(labels.values())
    if _any(PREFERS_NOT, texts):
        return Missing.PREFER_NOT
    return Missing.DONT_KNOW if _any(DOES_NOT_KNOW, texts) else None


def _any(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    return any(pattern.search(text) for text in texts)
