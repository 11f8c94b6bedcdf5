"""The files that a questionnaire reads and shows: beside its workbook, or in the folder FORM-media there, as in ODK."""

from collections.abc import Iterable
from pathlib import Path

from admin_scripts.refusal import Refused
from conversations.forms.data_files import MAX_BYTES, MAX_BYTES_IN_ALL, is_bare


def files_beside(workbook: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Those of the files that are there, by name; the folder FORM-media goes before the workbook's own.

    Of a file that is too big no more is read than shows it. One that cannot be read, or is a link to a file elsewhere,
    raises Refused: respondents would be shown whatever lies on this machine.
    """
    folders = (workbook.parent / f"{workbook.stem}-media", workbook.parent)
    found: dict[str, bytes] = {}
    left = MAX_BYTES_IN_ALL
    for name in filter(is_bare, names):
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is not None and left >= 0:
            _refuse_elsewhere(path, folders)
            found[name] = _content(path)
            left -= len(found[name])
    return found


def _refuse_elsewhere(path: Path, folders: Iterable[Path]) -> None:
    """A link may lead to another file of these folders only, and to none that is hidden there."""
    own, places = path.resolve(), [folder.resolve() for folder in folders]
    home = places[-1]
    if not (own.parent in places and own.is_relative_to(home) and is_bare(own.name)):
        raise Refused(f"{path} is a link to {own}, outside the questionnaire's folder. Put a copy of the file there.")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}. Check whose file it is.") from error
