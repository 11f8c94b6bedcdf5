"""Whether something was said to a prompt that the questionnaire, changed since, does not ask any more."""

from conversations import stops
from conversations.codes import place_key, read_code
from conversations.protocol import Chosen, Heard, Located, Pressed, Sent, Typed
from conversations.walk import Walk


def speaks_of_before(walk: Walk, heard: Heard) -> bool:
    """Whether it would be taken for an answer to what the respondent has not been shown yet.

    Commands, corrections of earlier messages and buttons of other places mean what they always do.
    """
    renewal = walk.session.renewal
    if renewal is None or not renewal.asks_anew:
        return False
    match heard:
        case Typed(place=None) | Sent(place=None) | Located():
            return True
        case Typed(place=place) | Chosen(place=place) | Sent(place=place):
            return place == walk.session.place
        case Pressed(code):
            return _is_here(walk, code)
        case _:
            return False


def _is_here(walk: Walk, code: str) -> bool:
    press, seed = read_code(code), walk.session.seed
    here = {place_key(seed, walk.session.place)} - {place_key(seed, stops.REMINDER)}
    return press is not None and press.place_key in here
