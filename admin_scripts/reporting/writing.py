"""A publication -> the report in one format, as bytes."""

from pathlib import Path

from admin_scripts.publication import Publication
from admin_scripts.reporting.content import content
from admin_scripts.reporting.formats import Format
from admin_scripts.reporting.manifest import program_version
from admin_scripts.reporting.rendering import Medium, render
from admin_scripts.wording import wording_for


def written(publication: Publication, form: Format, language: str, templates: Path | None = None) -> bytes:
    """The whole file; the same publication always gives the same bytes."""
    words = wording_for(language)
    report = content(words, publication, program_version())
    page = render(report, words, Medium(form), templates)
    if form is Format.HTML:
        return page.encode()
    if form is Format.PDF:
        from admin_scripts.reporting.pdf import pdf_of  # noqa: PLC0415 - reportlab's fonts

        return pdf_of(page, publication.data_hash)
    from admin_scripts.reporting.word import docx_of  # noqa: PLC0415 - half a second

    return docx_of(page, report)
