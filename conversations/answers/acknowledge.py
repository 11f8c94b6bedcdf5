"""Acknowledge: "OK" and what people say instead of it."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.cleaning import folded

OK = "OK"
_AGREEMENT = frozenset(
    {"ok", "okay", "okey", "va bene", "bene", "si", "d accordo", "ho letto", "ho capito", "capito", "confermo", "fatto"}
    | {"yes", "fine", "agreed", "i agree", "got it", "done", "understood", "all right", "alright", "confirm"}
)


def read(asked: Asked, text: str) -> str | Slip:
    """Take any of the words of agreement, in whichever language; anything else is no acknowledgement."""
    if text == "👍" or folded(text) in _AGREEMENT:
        return OK
    return Slip(asked.phrases.say("Please write OK when you have read this."))


def show(_asked: Asked, _value: str) -> str:
    """Show the only value there is."""
    return OK
