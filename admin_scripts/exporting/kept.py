"""The answers that an export lets out: all of them here, those that single nobody out in `protected`."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from admin_scripts.disclosure.exports import Rows
from admin_scripts.microdata.made import letters
from admin_scripts.microdata.stream import Chunk, Stream
from admin_scripts.microdata.variables import Dictionary


class Kept(Protocol):
    """Answers to be written."""

    @property
    def stream(self) -> Stream:
        """Where they come from."""

    @property
    def dictionary(self) -> Dictionary:
        """Of what is let out."""

    @property
    def schemas(self) -> Mapping[str, Any]:
        """The columns of every table."""

    @property
    def withheld(self) -> Mapping[str, int | None]:
        """By column, how many rows lack it; None: all, it is not there."""

    @property
    def rows(self) -> Rows:
        """Which responses they are."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is kept back."""

    @property
    def describes(self) -> bool:
        """Whether it has anything of what tells who somebody is together with others."""

    @property
    def why(self) -> str:
        """Why it has nothing of that, where it could have."""

    def chunks(self) -> Iterator[Chunk]:
        """All of it."""

    def kept_name(self, name: str) -> str:
        """The name under which the media folder keeps a file of the export."""


@dataclass(frozen=True, eq=False)
class Whole:
    """Everything."""

    stream: Stream
    rows: Rows
    withheld: Mapping[str, int | None] = field(default_factory=dict)
    is_whole: bool = True
    describes: bool = True
    why: str = ""

    @property
    def dictionary(self) -> Dictionary:
        """Of all variables."""
        return self.stream.source.dictionary

    @property
    def schemas(self) -> Mapping[str, Any]:
        """As they are read."""
        return self.stream.schemas

    def chunks(self) -> Iterator[Chunk]:
        """As they are read."""
        return self.stream.chunks()

    def kept_name(self, name: str) -> str:
        """The same."""
        return name


def rows_in(stream: Stream) -> Rows:
    """Which responses they are."""
    count, handed_in = 0, hashlib.sha256()
    for ids in stream.handed_in():
        count += len(ids)
        handed_in.update(letters(ids))
    stopped = "".join(stream.stopped()).encode()
    return Rows(count, handed_in.hexdigest(), hashlib.sha256(stopped).hexdigest() if stopped else "")
