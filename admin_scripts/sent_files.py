"""What respondents have sent, beside the tables of an export: copies of the files that its responses name."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from admin_scripts.files import Writer
from admin_scripts.microdata.variables import Dictionary
from conversations.sent_kinds import SENT
from storage.media import MediaStore
from storage.media.store import KEPT_NAME
from storage.surveys import Survey


def folder_of(survey: Survey) -> str:
    """The name of the folder beside the tables; "" of a synthetic survey, in which nobody has sent anything."""
    return "" if survey.is_synthetic else f"{survey.name}-media"


@dataclass(slots=True)
class SentNames:
    """The files that answers name, each once."""

    dictionary: Dictionary
    names: set[str] = field(default_factory=set)

    def add(self, tables: Mapping[str, Any]) -> None:
        """Those of some rows: a record batch for each table."""
        for key, variables in self.dictionary.tables.items():
            for variable in variables:
                if variable.kind in SENT:
                    given = tables[key].column(variable.name).drop_null().to_pylist()
                    self.names.update(name for name in given if re.fullmatch(KEPT_NAME, name))


def copies(
    names: Mapping[str, str], media: MediaStore, folder: Path, on_copied: Callable[[], object]
) -> dict[Path, Writer]:
    """What writes a copy of each file that is there. `names`: by its name in the export, that in the store."""
    there = [name for name in sorted(names) if media.last_coming(names[name]) is not None]
    return {folder / name: partial(_copy, media, names[name], on_copied) for name in there}


def _copy(media: MediaStore, name: str, on_copied: Callable[[], object], own: Path) -> None:
    media.copy(name, own)
    on_copied()


def drop_others(folder: Path, names: Collection[str]) -> None:
    """Delete copies of an earlier export that no response of this one names; other files are left alone."""
    there = folder.iterdir() if folder.is_dir() else ()
    for path in [path for path in there if re.fullmatch(KEPT_NAME, path.name) and path.name not in names]:
        path.unlink(missing_ok=True)
