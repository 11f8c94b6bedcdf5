"""What the workbook for coders calls its sheets, columns and rows: written in one language, read back in any."""

from functools import cache

from admin_scripts.wording import CATALOGUES, N_, Wording, wording_for

TEXTS, FRAME, HOW_TO = N_("texts"), N_("code frame"), N_("how to")
ID, TEXT, CODES = N_("id"), N_("text"), N_("codes")
CODE, LABEL = N_("code"), N_("label")
WHAT, HOW = N_("what"), N_("how")
QUESTION = N_("question")
TITLES = (TEXTS, FRAME, HOW_TO, ID, TEXT, CODES, CODE, LABEL, WHAT, HOW, QUESTION)
OPENS = " ("


def shown_title(title: str, words: Wording) -> str:
    """In a language; what stands in brackets behind it stays: "label (it)"."""
    name, bracket, language = title.partition(OPENS)
    return words.say(name) + bracket + language


def meant_title(shown: str) -> str:
    """The title that is shown so in any language, whatever its capitals; else what is shown."""
    name, bracket, language = shown.partition(OPENS)
    return _known().get(name.strip().lower(), name) + bracket + language


def every_title(title: str) -> str:
    """As it is called in each language, for whoever misses it."""
    return " or ".join(f"'{name}'" for name in dict.fromkeys((title, *(_said(title, tag) for tag in CATALOGUES))))


@cache
def _known() -> dict[str, str]:
    return {_said(title, tag): title for tag in ("en", *CATALOGUES) for title in TITLES}


def _said(title: str, tag: str) -> str:
    return wording_for(tag).say(title)
