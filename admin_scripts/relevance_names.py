"""Which questions a condition or a formula speaks of, as the author wrote it."""

import re

NAME = re.compile(r"\$\{\s*([\w.-]+)\s*\}")


def names_in(expression: str) -> frozenset[str]:
    """The names between ${ and }."""
    return frozenset(NAME.findall(expression))
