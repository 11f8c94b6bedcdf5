"""Choices whose labels resemble what was typed: a help against slips of the finger, to be offered and never taken."""

from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Signs of a text in which one may be wrong; of a shorter one everything would resemble."""

LONGEST = 80
ALIKE = 0.75
"""The share of the signs that must be right and in their order: one in four may be wrong, left out or too many."""

MOST = 5


def resembling(labels: list[str], text: str) -> list[int]:
    """The places of the folded labels that have words like those of the folded text, the most alike first."""
    if not SHORTEST <= len(text) <= LONGEST or text.replace(" ", "").isdecimal():
        return []
    places, parts = [], []
    for place, label in enumerate(labels):
        for part in _parts(label, text):
            places.append(place)
            parts.append(part)
    alike = process.extract(text, parts, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=None)
    return list(dict.fromkeys(places[at] for _, _, at in alike))[:MOST]


def _parts(label: str, text: str) -> Iterator[str]:
    """From the beginning of each word as many words as the text has, and as many signs."""
    words = label.split()
    count = text.count(" ") + 1
    for at in range(max(1, len(words) - count + 1)):
        yield " ".join(words[at : at + count])
        yield " ".join(words[at:])[: len(text)]
