"""The formats of a report."""

from enum import StrEnum


class Format(StrEnum):
    """What the report is written as."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
