"""A coordinator's own words for a letter, and the places in them that are filled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACES = frozenset({"name", "title", "sender", "deadline", "minutes", "done", "total", "contact"})

_PLACE = re.compile(r"\{ *([^\W\d]\w*) *\}")
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """In place of ours, where not "". `body`: paragraphs with blank lines between them; both with {places}."""

    subject: str
    body: str


def unknown_places(text: str) -> list[str]:
    """The {names} that nothing is known for, each once, in their order; other braces mean nothing."""
    return list(dict.fromkeys(name for name in _PLACE.findall(text) if name not in PLACES))


def lone_braces(text: str) -> bool:
    """Whether a brace stands in it that belongs to no {place}: somebody has mistyped one."""
    return bool({"{", "}"} & set(_PLACE.sub("", text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill each place that is in `values`, once; what a value holds stays as it is."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def paragraphs_of(body: str) -> tuple[str, ...]:
    """The paragraphs, without those that are empty."""
    normal = body.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(part.strip() for part in _BREAK.split(normal) if part.strip())
