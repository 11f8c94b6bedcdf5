"""Paths with positions: /data/child[2]/name is the answer to /data/child/name in the second row."""

import re

Key = tuple[int, ...]
_POSITION = re.compile(r"\[(\d+)\]")


def generic(path: str) -> str:
    """The question's path."""
    return _POSITION.sub("", path)


def key_of(path: str) -> Key:
    """The positions in the repeats around it, the outermost first."""
    return tuple(int(found[1]) for found in _POSITION.finditer(path))
