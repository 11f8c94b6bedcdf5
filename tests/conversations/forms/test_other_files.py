"""Files that are no workbook: each is called what it is."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from conversations.forms.xlsform import read_xlsform

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts):
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (b"", "an empty file", "Save the questionnaire again"),
        (b"name,label\nmi,Milano\n", "a CSV file", "Give the workbook"),
        (b"\xef\xbb\xbfname;label\r\nmi;Milano\r\n", "a CSV file", "Give the workbook"),
        (OLE + "Workbook".encode("utf-16-le"), "an old workbook (.xls)", "save it as .xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password", "Take the password off"),
        (OLE + "WordDocument".encode("utf-16-le"), "a document of a word processor (.doc)", "Give the workbook"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "(.ods)", "save it as .xlsx"),
        (zipped(word__document_xml="<x/>"), "a document of a word processor (.docx)", "Give the workbook"),
        (zipped(xl__workbook_bin="x"), "a binary workbook (.xlsb)", "save it as .xlsx"),
        (zipped(form_xlsx="x"), "a ZIP archive", "Unpack it"),
        (b"%PDF-1.7 ...", "a PDF file", "Give the workbook"),
        (b'<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms"/>', "an XForm", "compiled from"),
        (b"<html><table></table></html>", "a web page", "save it as .xlsx"),
    ],
)
def test_a_file_that_is_no_workbook_is_called_what_it_is(content, what, remedy):
    """With what to do about it; nothing is said of cells."""
    (problem,) = read_xlsform(content).problems
    assert (problem.code, problem.cell) == ("workbook", "")
    assert what in problem.what
    assert remedy in problem.remedy
    assert "damaged" not in problem.what
