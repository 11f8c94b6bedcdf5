"""NumPy -> Arrow and back, without the functions of pyarrow that import pandas first: a start that takes a while."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def numbers(values: NDArray[np.generic], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    """Whole or broken numbers, null where `missing`."""
    known = None if missing is None or not missing.any() else _bits(~missing)
    content = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [known, content])


def truths(values: NDArray[np.bool_]) -> pa.BooleanArray:
    """True or false."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def words(texts: Sequence[str | None]) -> pa.StringArray:
    """Texts, null for None."""
    content = [(text or "").encode() for text in texts]
    bounds = np.cumsum([0, *map(len, content)], dtype=np.int32)
    missing = np.array([text is None for text in texts], dtype=np.bool_)
    known = _bits(~missing) if missing.any() else None
    return pa.Array.from_buffers(
        pa.string(), len(texts), [known, pa.py_buffer(bounds), pa.py_buffer(b"".join(content))]
    )


def cells(column: Sequence[str | int | None]) -> pa.Array:
    """A column of a small table: texts, or whole numbers."""
    if any(isinstance(cell, int) for cell in column):
        missing = np.array([cell is None for cell in column], dtype=np.bool_)
        return numbers(np.array([cell or 0 for cell in column], dtype=np.int64), missing)
    return words([None if cell is None else str(cell) for cell in column])


def _bits(values: NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(values, bitorder="little"))


def coded(texts: pa.StringArray) -> tuple[list[str], NDArray[np.signedinteger]]:
    """The texts that occur, and for each row the place of its own; of null the place behind the last."""
    found = texts.dictionary_encode()
    names: list[str] = found.dictionary.to_pylist()
    places = np.where(flags(found.indices.is_valid()), plain(found.indices), len(names)) if found.null_count else None
    return names, plain(found.indices) if places is None else places


def plain(array: pa.Array) -> NDArray[np.signedinteger]:
    """Whole numbers, none missing; a view."""
    kind = np.dtype(str(array.type))
    if not len(array):
        return np.empty(0, kind)
    return np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)


def flags(array: pa.BooleanArray) -> NDArray[np.bool_]:
    """True or false, none missing."""
    if not len(array):
        return np.empty(0, np.bool_)
    bits = np.unpackbits(np.frombuffer(array.buffers()[1], np.uint8), bitorder="little")
    return bits[array.offset : array.offset + len(array)].astype(np.bool_)
