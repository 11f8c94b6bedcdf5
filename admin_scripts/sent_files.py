"""What respondents have sent, beside the tables of an export: copies of the files that its responses name."""

import re
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from admin_scripts.files import Writer
from admin_scripts.frames import POSITION
from conversations.answers.sent import SENT
from conversations.forms import FormDefinition
from storage.media import MediaFolder
from storage.media.folder import KEPT_NAME
from storage.submitted import ResponseRow
from storage.surveys import Survey


def folder_of(survey: Survey) -> str:
    """The name of the folder beside the tables; "" of a synthetic survey, in which nobody has sent anything."""
    return "" if survey.is_synthetic else f"{survey.name}-media"


def names_sent(responses: Sequence[ResponseRow], forms: Sequence[FormDefinition]) -> list[str]:
    """The files that these responses name, each once."""
    asking = {(form.hash, path) for form in forms for path, control in form.control_at.items() if control.kind in SENT}
    named = {
        value
        for response in responses
        for path, value in response.answers
        if value and (response.form_hash, POSITION.sub("", path)) in asking
    }
    return sorted(name for name in named if re.fullmatch(KEPT_NAME, name))


def copies(
    names: Sequence[str], media: MediaFolder, folder: Path, on_copied: Callable[[], object]
) -> dict[Path, Writer]:
    """What writes a copy of each file that is there."""
    sources = {name: media.path_of(name) for name in names}
    return {folder / name: partial(_copy, source, on_copied) for name, source in sources.items() if source.is_file()}


def _copy(source: Path, on_copied: Callable[[], object], own: Path) -> None:
    shutil.copyfile(source, own)
    on_copied()


def drop_others(folder: Path, names: Sequence[str]) -> None:
    """Delete copies of an earlier export that no response of this one names; other files are left alone."""
    there = folder.iterdir() if folder.is_dir() else ()
    for path in [path for path in there if re.fullmatch(KEPT_NAME, path.name) and path.name not in names]:
        path.unlink(missing_ok=True)
