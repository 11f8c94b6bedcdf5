"""Whether a calculation gives numbers: it has no type of its own, it is a number when it never was anything else."""

import pyarrow as pa
import pyarrow.compute as pc

from admin_scripts.microdata.arrays import NUMBER, WHOLE_NUMBER


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
