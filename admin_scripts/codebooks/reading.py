"""A survey -> its codebook: counted chunk by chunk, so that a survey of any size has one."""

import secrets

from admin_scripts.codebooks.book import Codebook
from admin_scripts.exporting.explained import Tally
from admin_scripts.exporting.run import export_of, kept_of, language_of
from admin_scripts.microdata.source import Source
from admin_scripts.microdata.stream import opened_stream


def codebook_of(source: Source, total: int, *, is_whole: bool) -> Codebook:
    """Of the export of these responses as they are now: the protected one, or the whole."""
    with opened_stream(source) as stream:
        kept = kept_of(stream, secrets.token_bytes(), is_whole=is_whole)  # no id is told
        export = export_of(source, kept, total, language_of(source, None), has_labels=False)
        tally = Tally()
        for chunk in kept.chunks():
            tally.add(chunk.missing)
    version = source.sources.forms[0].version
    return Codebook(export, tally, source.dictionary, version, is_synthetic=source.survey.is_synthetic)
