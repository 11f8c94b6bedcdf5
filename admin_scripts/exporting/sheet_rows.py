"""A record batch -> the rows of a sheet as XML, a column at a time: what a spreadsheet reads, ten times faster made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_col_to_name

from admin_scripts.formulas import DANGEROUS

LONGEST = 32_767
COULD_RUN = f"^[{''.join(DANGEROUS).replace('-', '')}-]"
ERRORS = pa.array(["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"])
ILLEGAL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
DAYS_TO_1970 = 25_569
FIRST_DAY = 61 - DAYS_TO_1970
"""1 March 1900: earlier days are none to a spreadsheet, or not the same to all of them."""
SECONDS_A_DAY = 86_400
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


@dataclass(frozen=True, slots=True)
class StyleNumbers:
    """The book's numbers of the styles."""

    heading: int
    armed_heading: int
    armed: int
    day: int
    moment: int


def heading_xml(headers: Sequence[str], styles: StyleNumbers) -> str:
    """The first row."""
    names = [str(place) for place in range(len(headers))]
    batch = pa.RecordBatch.from_arrays([pa.array([header]) for header in headers], names)
    own = StyleNumbers(styles.heading, styles.armed_heading, styles.armed_heading, styles.day, styles.moment)
    return rows_xml(batch, 1, own, plain=styles.heading)


def rows_xml(batch: Any, first: int, styles: StyleNumbers, plain: int = 0) -> str:  # noqa: ANN401 - pyarrow has no types
    """The rows of a batch, the first of which is the `first` of the sheet; blank cells are left out."""
    numbers = pa.array(np.arange(first, first + batch.num_rows)).cast(pa.string())
    columns = enumerate(batch.columns)
    cells = [_cells(column, xl_col_to_name(place), numbers, styles, plain) for place, column in columns]
    made = pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "")
    return "".join(made.to_pylist())


def _cells(column: Any, letters: str, numbers: Any, styles: StyleNumbers, plain: int) -> Any:  # noqa: ANN401
    kind = column.type
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind):
        inner = _texts(column, styles, plain)
    elif pa.types.is_date(kind):
        inner = _days(column, styles)
    elif pa.types.is_timestamp(kind):
        seconds = column.cast(pa.timestamp("s")).cast(pa.int64()).cast(pa.float64())
        inner = _numbers(pc.add(pc.divide(seconds, SECONDS_A_DAY), DAYS_TO_1970), styles.moment)
    else:
        inner = _numbers(column, plain)
    return pc.fill_null(pc.binary_join_element_wise(f'<c r="{letters}', numbers, '"', inner, ""), "")


def _numbers(column: Any, style: int) -> Any:  # noqa: ANN401
    return pc.binary_join_element_wise(f"{_style(style)}><v>", column.cast(pa.string()), "</v></c>", "")


def _days(column: Any, styles: StyleNumbers) -> Any:  # noqa: ANN401
    days = column.cast(pa.date32()).cast(pa.int32())
    shown = _numbers(pc.add(days, DAYS_TO_1970), styles.day)
    return pc.if_else(pc.less(days, FIRST_DAY), _texts(column.cast(pa.string()), styles, 0), shown)


def _texts(column: Any, styles: StyleNumbers, plain: int) -> Any:  # noqa: ANN401
    """Cells that are text whatever they look like, and stay it when they are typed into again; each is made once."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    texts = pc.utf8_slice_codeunits(_legal(coded.dictionary), 0, LONGEST)
    is_armed = pc.or_(pc.match_substring_regex(texts, COULD_RUN), pc.is_in(texts, ERRORS))
    texts = pc.replace_substring_regex(texts, "(_x[0-9A-Fa-f]{4}_)", r"_x005F\1")
    for letter, escape in ESCAPES:
        texts = pc.replace_substring(texts, letter, escape)
    begin = pc.if_else(is_armed, _style(styles.armed), _style(plain))
    made = pc.binary_join_element_wise(begin, ' t="inlineStr"><is><t xml:space="preserve">', texts, "</t></is></c>", "")
    return made.take(coded.indices)


def _legal(texts: Any) -> Any:  # noqa: ANN401
    return pc.replace_substring_regex(pc.replace_substring_regex(texts, r"\r\n?", "\n"), ILLEGAL, "")


def too_long(texts: Any) -> int:  # noqa: ANN401
    """How many a cell has no room for."""
    long = texts.filter(pc.greater(pc.utf8_length(texts), LONGEST))
    return pc.sum(pc.greater(pc.utf8_length(_legal(long)), LONGEST)).as_py() or 0


def _style(number: int) -> str:
    return f' s="{number}"' if number else ""
