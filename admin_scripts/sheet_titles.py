"""Names of sheets as Excel allows them."""

import re
from collections.abc import Iterable

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LENGTH = 31


def sheet_titles(names: Iterable[str]) -> list[str]:
    """At most 31 characters, none forbidden, none twice."""
    titles: list[str] = []
    for name in names:
        title, number = FORBIDDEN.sub("_", name)[:LENGTH], 1
        while title.casefold() in map(str.casefold, titles):
            number += 1
            title = f"{title[: LENGTH - len(str(number)) - 1]}_{number}"
        titles.append(title)
    return titles
