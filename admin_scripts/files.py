"""Files for people: written beside their place under another name, for the owner alone, and moved there all at once."""

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from admin_scripts.refusal import Refused

Writer = Callable[[Path], None]


def put_in_place(writers: Mapping[Path, Writer]) -> None:
    """Let every writer write, then move all files to their places. If one fails none is moved: Refused says why."""
    try:
        with ExitStack() as stack:
            written = {place: _written(stack, place, write) for place, write in writers.items()}
            for place, own in written.items():
                own.replace(place)
    except OSError as error:
        raise Refused(
            f"{error.filename or 'A file'} cannot be written: {error.strerror}. Nothing was changed."
        ) from error


def _written(stack: ExitStack, place: Path, write: Writer) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    os.close(handle)
    own = Path(name)
    stack.callback(own.unlink, missing_ok=True)
    write(own)
    return own
