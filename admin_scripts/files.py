"""Files for people: written beside their place under another name, for the owner alone, and moved there all at once."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from admin_scripts.refusal import Refused

Writer = Callable[[Path], None]


def put_in_place(writers: Mapping[Path, Writer]) -> None:
    """Let every writer write, then move all files to their places. If one fails none is moved: Refused says why."""
    with in_place() as placed:
        for place, write in writers.items():
            write(placed(place))


@contextmanager
def in_place() -> Iterator[Callable[[Path], Path]]:
    """For each place another name to write to; all files are moved to their places when nothing has failed."""
    own: dict[Path, Path] = {}
    try:
        with ExitStack() as stack:
            yield lambda place: own.setdefault(place, _made(stack, place))
            for place, path in own.items():
                path.replace(place)
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(f"{error.filename or 'A file'} cannot be written: {why}. Nothing was changed.") from error


def refuse_file(folder: Path) -> None:
    """Refused if there is a file where a folder is to be."""
    if folder.is_file():
        raise Refused(f"{folder} is a file; name a folder.")


def _made(stack: ExitStack, place: Path) -> Path:
    refuse_file(place.parent)
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    os.close(handle)
    own = Path(name)
    stack.callback(own.unlink, missing_ok=True)
    return own
