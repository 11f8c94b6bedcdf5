"""What somebody had before the eyes who sent something: only an answer to that can be meant."""

from dataclasses import dataclass

from conversations.protocol import Heard, Misplaced, Typed
from storage.sessions import StoredSession


@dataclass(frozen=True, slots=True)
class Facing:
    """A prompt: the session and the place in its questionnaire; "" where it is only known that it was another one."""

    session: str = ""
    place: str = ""


def as_meant(heard: Heard, facing: Facing | None, stored: StoredSession | None) -> Heard:
    """The same, unless it was an answer to another prompt than the one that is asked now; None: that is not known."""
    if facing is None or stored is None or facing == Facing(stored.id, stored.session.place):
        return heard
    place = facing.place if facing.session == stored.id else ""
    return Misplaced(place, heard.message if isinstance(heard, Typed) else "")
