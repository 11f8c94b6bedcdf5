"""A survey -> its codebook: counted chunk by chunk, so that a survey of any size has one."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from admin_scripts.codebooks.book import Codebook, Counts
from admin_scripts.exporting.layout import tables_of
from admin_scripts.microdata.source import Source
from admin_scripts.microdata.stream import opened_stream
from admin_scripts.synthetic import MEANING, file_stem


def add_counts(counts: Counts, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
    """Count one more chunk of answers."""
    for table, batch in tables.items():
        counts.rows[table] += batch.num_rows
    for table, batch in missing.items():
        for name, reasons in zip(batch.schema.names, batch.columns, strict=True):
            values, times = np.unique(reasons.to_numpy(zero_copy_only=False), return_counts=True)
            kinds = counts.kinds.setdefault((table, name), Counter())
            kinds.update(dict(zip(map(int, values), map(int, times), strict=True)))


def codebook_of(source: Source) -> Codebook:
    """The codebook of the responses as they are now."""
    counts = Counts()
    with opened_stream(source) as stream:
        for chunk in stream.chunks():
            add_counts(counts, chunk.tables, chunk.missing)
        about = {**source.about, source.mark: MEANING}
        tables = tables_of(source.dictionary, stream.schemas, about, is_synthetic=False)
    return Codebook(
        stem=file_stem(source.survey),
        title=source.survey.title,
        version=source.sources.forms[0].version,
        tables=tables,
        dictionary=source.dictionary,
        counts=counts,
        is_synthetic=source.survey.is_synthetic,
    )
