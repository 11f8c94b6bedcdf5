"""The files that a questionnaire reads and shows: beside its workbook, or in the folder FORM-media there, as in ODK."""

from collections.abc import Iterable
from pathlib import Path

from admin_scripts.refusal import Refused
from conversations.forms.data_files import MAX_BYTES, MAX_BYTES_IN_ALL, is_bare


def files_beside(workbook: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Those of the files that are there, by name; the folder FORM-media goes before the workbook's own.

    Of a file that is too big no more is read than shows it. One that is there and cannot be read raises Refused.
    """
    folders = (workbook.parent / f"{workbook.stem}-media", workbook.parent)
    found: dict[str, bytes] = {}
    left = MAX_BYTES_IN_ALL
    for name in filter(is_bare, names):
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is not None and left >= 0:
            found[name] = _content(path)
            left -= len(found[name])
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check whose file it is.") from error
