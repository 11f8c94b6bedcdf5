"""Date and time: one after the other in one text, stored as YYYY-MM-DDThh:mm:ss.sss."""

import re
from datetime import datetime

from conversations.answers.asked import Asked, Slip
from conversations.answers.date import read as read_date
from conversations.answers.date import show_day
from conversations.answers.time import find_time, show_time

_ISO_BREAK = re.compile(r"(?<=\d)T(?=\d)")
MOST_WORDS_OF_A_TIME = 4  # "ore 9 : 30", "at 9:30 p. m."


def read(asked: Asked, text: str) -> str | Slip:
    """Read a date and then a time: "10/3/2026 9:30", "domani alle 21", "2026-03-10T09:30"."""
    words = _ISO_BREAK.sub(" ", text).split()
    for at in range(max(1, len(words) - MOST_WORDS_OF_A_TIME), len(words)):
        date = read_date(asked, " ".join(words[:at]).rstrip(","))
        moment = find_time(" ".join(words[at:]))
        if moment and isinstance(date, str):
            return f"{date}T{moment.isoformat('milliseconds')}"
    return Slip(asked.phrases.say("Please write a date and a time, for example {example}.", example=_example(asked)))


def show(asked: Asked, value: str) -> str:
    """Show "10 marzo 2026, 9:30"."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    date, clock = show_day(asked, moment.date()), show_time(moment.time())
    return asked.phrases.say("{date}, {time}", date=date, time=clock)


def _example(asked: Asked) -> str:
    return f"{asked.phrases.say('31/12/2026')} 9:30"
