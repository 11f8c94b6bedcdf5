"""The JSON texts of many responses -> their answers, without a Python loop: a text is quotes and what stands between.

Each is [["/data/q","value"],...]: four quotes an answer, whatever blanks there are, and nothing but texts inside.
"""

import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from admin_scripts.microdata.made import numbers, plain, words

QUOTE, BACKSLASH = ord('"'), ord("\\")
QUOTES = 4  # of an answer
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Every answer of a batch of responses, in the order in which these are wanted."""

    rows: Places  # the place of its response in this order
    at: Places  # its own place as they came
    codes: Places  # the place of its path in `paths`
    paths: list[str]
    pieces: pa.StringArray  # all that stands between quotes and around them: of each answer its path, then its value
    has_escapes: bool

    def values(self, wanted: Places, missing: NDArray[np.bool_] | None = None) -> pa.StringArray:
        """What was said in the answers at these places; null where `missing`."""
        found = self.pieces.take(numbers(self.at[wanted] * QUOTES + 2, missing))
        return _unescaped(found) if self.has_escapes else found


def read_answers(texts: pa.StringArray, order: Places | None = None) -> Answers:
    """The answers in these texts; `order`: the places of the texts as they are wanted; they stay where they are."""
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = texts.buffers()[2] or pa.py_buffer(b"")
    letters = np.frombuffer(content, np.uint8)[: offsets[-1]]
    has_escapes = bool(BACKSLASH in letters[offsets[0] :])
    found = np.flatnonzero(letters[offsets[0] :] == QUOTE) + offsets[0]
    quotes = (_unescaped_ones(found, letters) if has_escapes else found).astype(np.int32).reshape(-1, QUOTES)
    rows, at = _placed(np.searchsorted(quotes[:, 0], offsets), order)
    pieces = _pieces(quotes, content)
    paths = pieces.take(numbers(np.arange(0, len(pieces), QUOTES))).dictionary_encode()
    names: list[str] = paths.dictionary.to_pylist()
    return Answers(rows, at, plain(paths.indices).astype(np.int64)[at], names, pieces, has_escapes)


def _placed(bounds: Places, order: Places | None) -> tuple[Places, Places]:
    """Of each answer its response and its own place. `bounds`: where the answers of each text begin, and the end."""
    starts, counts = bounds[:-1], np.diff(bounds)
    if order is None:
        return np.repeat(np.arange(len(counts)), counts), np.arange(bounds[-1])
    starts, counts = starts[order], counts[order]
    rows = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return rows, np.arange(len(rows)) + (starts - before)[rows]


def _unescaped_ones(quotes: NDArray[np.int64], letters: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Where a text begins or ends: at every quote but those behind an odd number of backslashes."""
    escaped = np.flatnonzero(letters[quotes - 1] == BACKSLASH)
    run = np.zeros(len(escaped), dtype=np.int64)
    open_ones = np.arange(len(escaped))
    while len(open_ones):
        run[open_ones] += 1
        before = quotes[escaped[open_ones]] - 1 - run[open_ones]
        open_ones = open_ones[letters[before] == BACKSLASH]
    return np.delete(quotes, escaped[run % 2 == 1])


def _pieces(quotes: NDArray[np.int32], content: pa.Buffer) -> pa.StringArray:
    """All that stands between the quotes, and the quotes with what is around them, in turn; nothing is copied."""
    bounds = quotes + np.array([1, 0, 1, 0], dtype=np.int32)
    count = max(0, bounds.size - 1)
    return pa.StringArray.from_buffers(count, pa.py_buffer(np.ascontiguousarray(bounds)), content)


def _unescaped(values: pa.StringArray) -> pa.StringArray:
    import pyarrow.compute as pc  # noqa: PLC0415 - with its documentation of every function it is slow to import

    is_escaped = pc.match_substring(values, "\\")
    read = [json.loads(f'"{value}"') for value in values.filter(is_escaped).to_pylist()]
    return pc.replace_with_mask(values, is_escaped, words(read))
