"""Where an exception came from, for a log that must hold nobody's words: types and places, no messages."""

import traceback

DEEPEST = 6


def trail_of(error: BaseException) -> str:
    """As "KeyError at session/record.py:31 < conversations/turn.py:40", the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in reversed(frames)]
    cause = error.__cause__ or error.__context__
    because = f", from {trail_of(cause)}" if cause is not None else ""
    return f"{type(error).__name__} at {' < '.join(places)}{because}"
