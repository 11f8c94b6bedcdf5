"""One verb a file, each a function first and a thin command last."""

import os
import signal
import sys

if sys.argv[:1] == ["-m"]:  # this is the program, and begins to import itself: Ctrl-C is no error to be traced
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
