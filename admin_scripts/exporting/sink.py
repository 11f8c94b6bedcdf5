"""What a format is: it names its files, takes chunk after chunk of answers, and ends with the codebook."""

import glob
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from admin_scripts.exporting.layout import Export

Row = Mapping[str, str | int | None]


class Sink(ABC):
    """The files of one export while they are written, to `paths` by the names that `files` gave them."""

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        self.export, self.paths = export, paths
        self.opened = ExitStack()

    @classmethod
    @abstractmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The files it will write, relative to the folder of the export."""

    @classmethod
    def too_long(cls, texts: Any) -> int:  # noqa: ANN401 - pyarrow has no types
        """How many of these texts it has no room for and cuts."""
        del texts
        return 0

    @classmethod
    def media(cls, export: Export) -> str:
        """The folder of the files that respondents have sent."""
        return export.media_folder

    @classmethod
    def pattern(cls, export: Export) -> str:
        """What files of another export of the same survey would be called that could be taken for ours."""
        return f"{glob.escape(export.stem)}.*{Path(cls.files(export)[0]).suffix}"

    @abstractmethod
    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
        """Some responses whole, with their rows in every table: record batches of answers and of Missing codes."""

    @abstractmethod
    def finish(self, codebook: Sequence[Row]) -> None:
        """All has been added: write what remains, and the codebook."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.opened.close()
