"""Every name of the column parameters that ODK knows, by the type it is for; any other does nothing and is told."""

import re
from collections.abc import Iterator

from conversations.forms.problems import Problem
from conversations.forms.workbook import Row, Sheet

_PLACES = frozenset({"capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "incremental"})
_CHOICES = frozenset({"randomize", "seed", "value", "label"})
KNOWN = {
    "select": _CHOICES,
    "rank": _CHOICES,
    "range": frozenset({"start", "end", "step", "tick_interval", "tick_labelset", "placeholder"}),
    "text": frozenset({"rows"}),
    "string": frozenset({"rows"}),
    "image": frozenset({"max-pixels", "app"}),
    "photo": frozenset({"max-pixels", "app"}),
    "picture": frozenset({"max-pixels", "app"}),
    "audio": frozenset({"quality"}),
    "geo": _PLACES,
    "gps": _PLACES,
    "location": _PLACES,
}
"""By how the type begins."""

_REFUSED_TYPES = ("audit", "background-audio")
_NAME = re.compile(r"([\w-]+)\s*=")


def check_parameters(survey: Sheet) -> Iterator[Problem]:
    """Parameters that mean nothing for the type of their row."""
    for row in survey.rows:
        kind = row.get("type").lower()
        if not kind.startswith(_REFUSED_TYPES):
            yield from _unknown(survey, row, known_for(kind))


def known_for(kind: str) -> frozenset[str]:
    """The parameters of a type, however it is written: "select_one yn", "add image prompt"."""
    words = kind.lower().removeprefix("q ").removeprefix("add ")
    return next((names for beginning, names in KNOWN.items() if words.startswith(beginning)), frozenset())


def _unknown(survey: Sheet, row: Row, known: frozenset[str]) -> Iterator[Problem]:
    for name in _NAME.findall(row.get("parameters")):
        if name not in known:
            yield Problem(
                code="unknown-parameter",
                cell=survey.cell(row, "parameters"),
                what=f"The parameter '{name}' means nothing for '{row.get('name')}', whose type is {row.get('type')}.",
                remedy=f"Write one of these: {', '.join(sorted(known))}." if known else "Take it out.",
                severity="warning",
            )
