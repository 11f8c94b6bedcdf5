"""Time: of the day, stored as hh:mm:ss.sss; 9:30, 9.30, 9, 21:05, 9 pm, ore 9.30."""

import re
from datetime import time

from conversations.answers.asked import Asked, Slip
from conversations.answers.cleaning import plain_digits

NOON = 12

_TIME = re.compile(
    r"(?:(?:alle|ore|at|h) )*(?P<hour>\d{1,2})"
    r"(?: ?(?:[:.,h]| e ) ?(?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?)?"
    r" ?h?(?: ?(?P<half>[ap])\.? ?m\.?)?\.?",
    re.IGNORECASE,
)


def read(asked: Asked, text: str) -> str | Slip:
    """Read a time of the day."""
    found = find_time(text)
    if found is None:
        return Slip(asked.phrases.say("Please write a time, for example {example}.", example=show_time(time(9, 30))))
    return found.isoformat("milliseconds")


def show(_asked: Asked, value: str) -> str:
    """Show "9:30", with seconds only if there are any."""
    try:
        return show_time(time.fromisoformat(value))
    except ValueError:
        return value


def find_time(text: str) -> time | None:
    """Find the time that a text names; 12 am is midnight, 12 pm noon."""
    found = _TIME.fullmatch(plain_digits(" ".join(text.split())))
    if not found:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= NOON:
        return None
    hour = hour if not half else hour % NOON + (NOON if half == "p" else 0)
    try:
        return time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def show_time(moment: time) -> str:
    """Show hours and minutes, and seconds that are not zero."""
    seconds = f":{moment.second:02}" if moment.second else ""
    return f"{moment.hour}:{moment.minute:02}{seconds}"
