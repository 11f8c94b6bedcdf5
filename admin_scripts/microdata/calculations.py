"""Whether a calculation gives numbers: it has no type of its own, it is a number when it never was anything else."""

import re

import pyarrow as pa
import pyarrow.compute as pc

NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
"""What a calculation says when it says a number; 007 is a text."""
WHOLE_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})")


def widened(known: pa.DataType | None, texts: pa.StringArray) -> pa.DataType | None:
    """The type for what is known so far and these texts: int64, float64 or string; None as long as all are blank."""
    if known == pa.string():
        return known
    values = [text for text in pc.unique(texts).to_pylist() if text and text != "NaN"]
    if not all(map(NUMBER.fullmatch, values)):
        return pa.string()
    if not values or ((known is None or known == pa.int64()) and all(map(WHOLE_NUMBER.fullmatch, values))):
        return pa.int64() if values else known
    return pa.float64()
