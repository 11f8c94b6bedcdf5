"""Commands in sentences, written so that they can be typed: the launcher says how it was called."""

import os
import re

_COMMAND = re.compile(r"(?<=: )colloquio(?= [a-z])|(?<=`)colloquio(?= [a-z])")


def as_called(sentence: str) -> str:
    """The sentence with "./colloquio" in place of "colloquio" where that is how it was called."""
    return _COMMAND.sub(os.environ.get("COLLOQUIO_CALLED", "colloquio"), sentence)
