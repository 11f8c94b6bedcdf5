"""How much may stand beside a questionnaire, and under which names."""

import re

MAX_BYTES = 10_000_000
MAX_BYTES_IN_ALL = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_TAGS = 1_000_000

_BARE = re.compile(r"[^/\\:\x00-\x1f]{1,200}")


def is_bare(name: str) -> bool:
    """Whether it is the name of a file and nothing else: no folder, no drive, no way out of the folder."""
    return bool(_BARE.fullmatch(name)) and not name.startswith(".")
