"""The bot's own sentences in the respondent's language: English in the code, translated by gettext catalogues."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

CATALOGUES = ("it",)
LANGUAGES = ("en", *CATALOGUES)


class Phrases:
    """One language's sentences. `language` is the one really spoken: a tag without a catalogue speaks English."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def say(self, sentence: str, /, **values: object) -> str:
        """`sentence` is an English literal with {named} places; each of `values` fills the place of its name."""
        return self._translations.gettext(sentence).format(**values)

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Like `say`, in the form that `n` of the things needs; {n} is filled with the number."""
        return self._translations.ngettext(singular, plural, n).format(n=n, **values)


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name, known to every extractor
    """Mark a sentence that is said elsewhere, through a variable, so that the catalogues get it."""
    return sentence


def phrases_for(tag: str) -> Phrases:
    """Speak the language of an IETF tag: "it" and "it-IT" are Italian, a language without a catalogue is English."""
    primary = tag.replace("_", "-").partition("-")[0].strip().lower()
    return _phrases(primary if primary in CATALOGUES else "en")


@cache
def _phrases(language: str) -> Phrases:
    if language not in CATALOGUES:
        return Phrases(language, NullTranslations())
    with files(__name__).joinpath(f"{language}.mo").open("rb") as catalogue:
        return Phrases(language, GNUTranslations(catalogue))
