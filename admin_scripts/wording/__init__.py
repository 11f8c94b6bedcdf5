"""What tables, charts and reports say: English in the code, translated by gettext, with each language's own numbers."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from admin_scripts.wording.numbers import Numbers
from conversations.phrases import N_, Phrases

__all__ = ["CATALOGUES", "N_", "Wording", "wording_for"]

CATALOGUES = ("it",)


class Wording(Phrases, Numbers):
    """One language's sentences (`say`, `count`) and numbers. A language without a catalogue speaks English."""


def wording_for(tag: str) -> Wording:
    """Speak the language of an IETF tag: "it" and "it-IT" are Italian; a tag without a catalogue is English."""
    primary = tag.replace("_", "-").partition("-")[0].strip().lower()
    return _wording(primary if primary in CATALOGUES else "en")


@cache
def _wording(language: str) -> Wording:
    if language not in CATALOGUES:
        return Wording(language, NullTranslations())
    with files(__name__).joinpath(f"{language}.mo").open("rb") as catalogue:
        return Wording(language, GNUTranslations(catalogue))
