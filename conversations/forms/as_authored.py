"""Expressions as their author wrote them: ${question} for the paths that the compiler has made of it."""

import re
from collections.abc import Container

_PATH = re.compile(r"/[\w.-]+(?:/[\w.-]+)*/([\w.-]+)")
_NEAR = re.compile(r"(?:current\(\)/)?(?:\.\./)+(?:[\w.-]+/)*([\w.-]+)")


def as_authored(expression: str, paths: Container[str]) -> str:
    """The expression with ${question} for /data/group/question and ../question; `paths` are the questionnaire's."""
    named = _PATH.sub(lambda found: f"${{{found[1]}}}" if found[0] in paths else found[0], expression)
    return " ".join(_NEAR.sub(r"${\1}", named).split())
