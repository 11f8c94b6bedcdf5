"""Commands in sentences, written so that they can be typed: the launcher says how it was called."""

import os
import re

VERBS = (
    "check|simulate|try|survey|participants|invitations|texts|waves|outbox|coordinators|"
    "status|report|tables|opendata|audit|export|codebook|coding|serve|demo"
)
"""What makes the word a command: in Italian it is a word of its own."""

_COMMAND = re.compile(rf"(?<![\w./-])colloquio(?= (?:{VERBS})\b)")


def as_called(sentence: str) -> str:
    """The sentence with "./colloquio" in place of "colloquio" where that is how it was called."""
    return _COMMAND.sub(os.environ.get("COLLOQUIO_CALLED", "colloquio"), sentence)
