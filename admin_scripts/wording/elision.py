"""Italian articles before figures: "il 7%", but "l’8%" and "dall’11 marzo", whose names begin with a vowel."""

import re
from collections.abc import Mapping

_ELIDED = {"il": "l’", "al": "all’", "dal": "dall’", "del": "dell’", "nel": "nell’", "sul": "sull’"}
_BEFORE = re.compile(rf"\b({'|'.join(_ELIDED)}) {{(\w+)}}", re.IGNORECASE)
_VOWEL = re.compile(r"8|11(?!\d)|1(?=[%,])")
"""Eight, eighty, eight hundred; eleven and eleven thousand; one percent."""


def elided(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with its places still to be filled; only what stands before one of them is changed."""

    def joined(found: re.Match[str]) -> str:
        article, place = found[1], found[2]
        if not _VOWEL.match(str(values.get(place, ""))):
            return found[0]
        short = _ELIDED[article.lower()]
        return f"{short if article.islower() else short.capitalize()}{{{place}}}"

    return _BEFORE.sub(joined, sentence)
