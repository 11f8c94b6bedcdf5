"""The process that is killed: all of `python -m bot`, forked where its imports have been done once."""

import os
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess

from bot.__main__ import main

_forks = get_context("forkserver")
_forks.set_forkserver_preload([__name__])


def start(settings: Mapping[str, str], log: str) -> ForkServerProcess:
    """A new process with these settings, whose words go into the file `log`."""
    process = _forks.Process(target=_serve, args=(dict(settings), log))
    process.start()
    return process


def _serve(settings: dict[str, str], log: str) -> None:
    with open(log, "ab") as words:  # noqa: PTH123 - its descriptor is all we want
        os.dup2(words.fileno(), 1)
        os.dup2(words.fileno(), 2)
    os.environ.update(settings)
    sys.exit(main([]))
