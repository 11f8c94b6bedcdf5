"""Expressions as authors write them, with ${names}: made readable as XPath, every character in its place."""

import re

REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
EXPRESSIONS = ("relevant", "constraint", "calculation", "required", "readonly", "choice_filter", "repeat_count")
"""The columns of the survey sheet that hold expressions."""

HIDDEN = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
"""Characters that cannot be seen, or not be told from a space."""

LAST_SAVED = "last-saved."
"""What `last-saved#` is made of a name in a readable expression."""

STRAIGHT = str.maketrans("‘’“”", "''\"\"")
"""The quotes that pyxform makes straight, also inside a text."""

_PLAIN = frozenset({"", "yes", "no", "true", "false", "1", "0"})
_UNUSUAL = re.compile(r"[^\w.-]")
_WIDTH = 66


def is_expression(text: str) -> bool:
    """Whether a cell of such a column holds more than yes or no."""
    return text.lower() not in _PLAIN


def readable(text: str) -> str:
    """The text with each `${name}` as the path ` /name `: of the same length, so that places stay what they are.

    Typographic quotes are straight, as pyxform makes them before it reads an expression.
    """
    return REFERENCE.sub(_path, text.translate(STRAIGHT))


def _path(found: re.Match[str]) -> str:
    inside = found[0][2:-1].replace("last-saved#", LAST_SAVED)
    name = _UNUSUAL.sub("x", inside.strip()) or "x"
    name = name if name[0].isalpha() or name[0] == "_" else "x" + name[1:]
    return f" /{name} ".ljust(len(found[0]))[: max(len(found[0]), 3)]


def pointed(text: str, at: int) -> str:
    """The part of `text` around the 0-based character `at`, and below it a ^ that points at it."""
    at -= text[max(at - 1, 0) : at + 1] == "${"
    lead = text[:at]
    start = max(lead.rfind("\n") + 1, at - _WIDTH // 2 if at > _WIDTH else 0)
    line = text[start:].partition("\n")[0].rstrip() or ""
    shown = line[:_WIDTH].replace("\t", " ")
    before, after = "… " if start and text[start - 1] != "\n" else "", " …" if len(line) > _WIDTH else ""
    return f"{before}{shown}{after}\n{' ' * (len(before) + at - start)}^"
