"""Files that are taken for a workbook by mistake: what each is, by how it begins, and what its author can do."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_AGAIN = "Open it in a spreadsheet program and save it as .xlsx."
_WORKBOOK = "Give the workbook (.xlsx) with the sheets survey and choices."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLD_OFFICE = (
    ("EncryptedPackage", "a workbook with a password", "Take the password off, and save it again as .xlsx."),
    ("WordDocument", "a document of a word processor (.doc)", _WORKBOOK),
    ("PowerPoint Document", "a presentation (.ppt)", _WORKBOOK),
    ("Workbook", "an old workbook (.xls)", _AGAIN),
    ("Book", "an old workbook (.xls)", _AGAIN),
)
_IN_ZIP = (
    ("word/document.xml", "a document of a word processor (.docx)", _WORKBOOK),
    ("ppt/presentation.xml", "a presentation (.pptx)", _WORKBOOK),
    ("xl/workbook.bin", "a binary workbook (.xlsb)", _AGAIN),
)
_OPEN_DOCUMENT = {
    "spreadsheet": ("an OpenDocument spreadsheet (.ods)", _AGAIN),
    "text": ("an OpenDocument text (.odt)", _WORKBOOK),
}
_XFORM = ("a compiled questionnaire (an XForm)", "Give the workbook (.xlsx) that it was compiled from.")
_CSV_REMEDY = (
    "Give the workbook (.xlsx) with the sheets survey and choices; a CSV file that it reads is looked at along "
    "with it. If this is the questionnaire itself, make a workbook of it, with a sheet for each part."
)
_BEGINNING = 20_000


def told_by_content(content: bytes) -> tuple[str, str] | None:
    """What the file is, as "a CSV file", and the remedy; None for a workbook and for what cannot be told."""
    if not content.strip():
        return "an empty file", "Save the questionnaire again, and look whether the disk is full."
    if content.startswith(_OLD_OFFICE):
        return _old_office(content)
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(b"%PDF"):
        return "a PDF file", _WORKBOOK
    return _text(content[:_BEGINNING])


def _old_office(content: bytes) -> tuple[str, str]:
    parts = ((what, remedy) for name, what, remedy in _IN_OLD_OFFICE if name.encode("utf-16-le") in content)
    return next(parts, ("a file of an old office program", _AGAIN))


def _zipped(content: bytes) -> tuple[str, str] | None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100).decode("ascii", "ignore") if "mimetype" in names else ""
    except (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError):
        return None
    if kind.startswith("application/vnd.oasis.opendocument."):
        return _OPEN_DOCUMENT.get(kind.rpartition(".")[2], ("an OpenDocument file", _WORKBOOK))
    if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        return None
    found = ((what, remedy) for name, what, remedy in _IN_ZIP if name in names)
    return next(found, ("a ZIP archive", "Unpack it, and give the workbook (.xlsx) that is in it."))


def _text(beginning: bytes) -> tuple[str, str] | None:
    if b"\x00" in beginning:
        return None
    text = beginning.decode("utf-8-sig", "replace").strip()
    if text.startswith("<"):
        if "http://www.w3.org/2002/xforms" in text:
            return _XFORM
        return (
            ("a web page", _AGAIN)
            if re.match(r"<(!doctype )?html", text, re.IGNORECASE)
            else ("an XML file", _WORKBOOK)
        )
    lines = text.splitlines()
    if lines[1:] and any(sign in lines[0] for sign in ",;\t"):
        return "a CSV file", _CSV_REMEDY
    return None
