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


def words(texts: Sequence[str | None]) -> pa.StringArray:
    """Texts, null for None."""
    said = [text or "" for text in texts]
    content = "".join(said).encode()
    sizes = list(map(len, said))
    if sum(sizes) != len(content):  # a letter of several bytes
        sizes = [len(text.encode()) for text in said]
    bounds = np.cumsum([0, *sizes], dtype=np.int32)
    missing = np.array([text is None for text in texts], dtype=np.bool_)
    known = _bits(~missing) if missing.any() else None
    return pa.Array.from_buffers(pa.string(), len(texts), [known, pa.py_buffer(bounds), pa.py_buffer(content)])


def alike(texts: NDArray[np.bytes_]) -> pa.StringArray:
    """Texts that all have the same number of letters, of a byte each."""
    bounds = np.arange(len(texts) + 1, dtype=np.int32) * np.int32(texts.itemsize)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(bounds), pa.py_buffer(texts.tobytes()))


def is_blank(texts: pa.StringArray) -> NDArray[np.bool_]:
    """Where a text has no letter, or is missing."""
    if not len(texts):
        return np.empty(0, np.bool_)
    bounds = _bounds(texts)
    empty: NDArray[np.bool_] = bounds[1:] == bounds[:-1]
    return empty | ~flags(texts.is_valid()) if texts.null_count else empty


def without(texts: pa.StringArray, missing: NDArray[np.bool_]) -> pa.StringArray:
    """The texts, null where `missing` as well; not a letter is copied."""
    if not missing.any():
        return texts
    known = ~missing & flags(texts.is_valid()) if texts.null_count else ~missing
    bounds = pa.py_buffer(_bounds(texts))
    return pa.StringArray.from_buffers(len(texts), bounds, texts.buffers()[2] or pa.py_buffer(b""), _bits(known))


def first_letters(texts: pa.StringArray) -> NDArray[np.uint8]:
    """The first byte of each text; 0 of one that has none."""
    found = np.zeros(len(texts), np.uint8)
    there = np.flatnonzero(~is_blank(texts))
    if len(there):
        found[there] = np.frombuffer(texts.buffers()[2], np.uint8)[_bounds(texts)[there]]
    return found


def letters(texts: pa.StringArray) -> pa.Buffer:
    """The letters of all texts, one after the other."""
    bounds = _bounds(texts)
    return (texts.buffers()[2] or pa.py_buffer(b""))[bounds[0] : bounds[-1]]


def _bounds(texts: pa.StringArray) -> NDArray[np.int32]:
    """Where each of some texts begins, and where the last one ends."""
    return np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]


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
