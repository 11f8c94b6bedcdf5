"""Whether something was said to a prompt that the questionnaire, changed since, does not ask any more."""

from conversations import stops
from conversations.codes import place_key, read_code
from conversations.protocol import Chosen, Commanded, Edited, Heard, NotReceived, Pressed, Sent, Typed, Unreadable
from conversations.walk import Walk


def speaks_of_before(walk: Walk, heard: Heard) -> bool:
    """Whether it would be taken for an answer to what the respondent has not been shown yet.

    Commands, corrections of earlier messages and buttons of other places mean what they always do.
    """
    renewal = walk.session.renewal
    if renewal is None or not renewal.asks_anew:
        return False
    match heard:
        case Commanded() | Edited() | NotReceived() | Unreadable():
            return False
        case Pressed(code):
            return _is_here(walk, code)
        case Typed(place=str(place)) | Sent(place=str(place)) | Chosen(place=place):
            return place == walk.session.place
        case _:
            return True


def _is_here(walk: Walk, code: str) -> bool:
    press, seed = read_code(code), walk.session.seed
    here = {place_key(seed, walk.session.place)} - {place_key(seed, stops.REMINDER)}
    return press is not None and press.place_key in here
