"""What tables, charts and reports say: English in the code, translated by gettext, with each language's own numbers."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from admin_scripts.wording.numbers import Numbers
from conversations.phrases import N_, Phrases

__all__ = ["CATALOGUES", "N_", "Wording", "wording_for"]

CATALOGUES = ("it",)


class Wording(Phrases, Numbers):
    """One language's sentences (`say`, `count`) and numbers. A language without a catalogue speaks English.

    `tag` is the language of the questionnaire's texts that stand beside them.
    """

    def __init__(self, language: str, translations: NullTranslations, tag: str) -> None:
        super().__init__(language, translations)
        self.tag = tag


@cache
def wording_for(tag: str) -> Wording:
    """Speak the language of an IETF tag: "it" and "it-IT" are Italian; a tag without a catalogue is English."""
    primary = tag.replace("_", "-").partition("-")[0].strip().lower()
    language = primary if primary in CATALOGUES else "en"
    return Wording(language, _translations(language), tag)


@cache
def _translations(language: str) -> NullTranslations:
    if language not in CATALOGUES:
        return NullTranslations()
    with files(__name__).joinpath(f"{language}.mo").open("rb") as catalogue:
        return GNUTranslations(catalogue)
