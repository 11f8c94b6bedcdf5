"""What tables, charts and reports say: English in the code, translated by gettext, with each language's own numbers."""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from admin_scripts.wording.elision import elided
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

    def say(self, sentence: str, /, **values: object) -> str:
        """As the bot's phrases do; in Italian "l’8%" where the sentence has "il" before the figure."""
        return self._joined(self._translations.gettext(sentence), values)

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Like `say`, in the form that `n` of the things needs."""
        return self._joined(self._translations.ngettext(singular, plural, n), {"n": n, **values})

    def _joined(self, sentence: str, values: Mapping[str, object]) -> str:
        return (elided(sentence, values) if self.language == "it" else sentence).format(**values)


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
