"""Languages: from a wish ("it-IT", "English (en)") to what the questionnaire calls it, and back to a tag."""

import re

from conversations.forms import FormDefinition

_TAGGED = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def tag_of(language: str) -> str:
    """The IETF tag in a language's name: "Italiano (it)" is "it"; "" when there is none."""
    found = _TAGGED.search(language)
    if found:
        return found[1]
    return language if _TAG.fullmatch(language) else ""


def language_of(form: FormDefinition, wish: str) -> str:
    """The questionnaire's language that fits a wish best, or its default; the wish itself if it names no languages."""
    if not form.languages:
        return wish
    exact = [name for name in form.languages if wish in (name, tag_of(name))]
    near = [name for name in form.languages if _primary(tag_of(name)) == _primary(wish) != ""]
    return (exact + near + [form.default_language])[0]


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def shown_name(language: str) -> str:
    """A language as a button says it: "Italiano"."""
    return _TAGGED.sub("", language).strip() or language
