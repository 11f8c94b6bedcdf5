"""The process that is killed: all of `python -m bot`, forked where its imports have been done once."""

import os
import sys
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess

import bot.__main__ as process
import bot.telegram.post
import bot.telegram.service  # noqa: F401 - imported here once, and not by each process

_forks = get_context("forkserver")
_forks.set_forkserver_preload([__name__])


def start(settings: Mapping[str, str], log: str, now: datetime | None = None) -> ForkServerProcess:
    """A new process with these settings, whose words go into the file `log`; for it, it is `now`."""
    process = _forks.Process(target=_serve, args=(dict(settings), log, now))
    process.start()
    return process


def _serve(settings: dict[str, str], log: str, now: datetime | None) -> None:
    with open(log, "ab") as words:  # noqa: PTH123 - its descriptor is all we want
        os.dup2(words.fileno(), 1)
        os.dup2(words.fileno(), 2)
    os.environ.update(settings)
    if now is not None:
        begun = time.monotonic()
        process.serve = partial(process.serve, clock=lambda: now + timedelta(seconds=time.monotonic() - begun))
    sys.exit(process.main([]))
