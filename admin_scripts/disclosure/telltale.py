"""Whether how many were asked a question tells how many chose something in another."""

import re
from collections.abc import Collection

from admin_scripts.relevance_names import names_in

TEXT = r"""'[^']*'|"[^"]*"|-?\d+"""
COMPARED = re.compile(rf"\$\{{\s*([\w.-]+)\s*\}}\s*!?=\s*({TEXT})")
SELECTED = re.compile(rf"selected\(\s*\$\{{\s*([\w.-]+)\s*\}}\s*,\s*({TEXT})\s*\)")
AROUND = re.compile(r"(?:\s|\(|\)|\band\b|\bor\b|\bnot\b)*")


NOT = re.compile(r"\bnot\b|!=")


def tells(condition: str, name: str, hidden: Collection[str], *, is_multiple: bool = False) -> bool:
    """Whether who was asked under this condition gives away how many chose one of the hidden codes of a question.

    Not if it compares answers with codes that are shown. What compares otherwise could be about any, and so could
    what compares several answers with more than one code.
    """
    if name not in names_in(condition) or not hidden:
        return False
    compared = [*COMPARED.findall(condition), *SELECTED.findall(condition)]
    if is_multiple and (sum(one == name for one, _ in compared) > 1 or NOT.search(condition)):
        return True
    if not AROUND.fullmatch(COMPARED.sub("", SELECTED.sub("", condition))):
        return True
    return any(one == name and code.strip("'\"") in hidden for one, code in compared)
