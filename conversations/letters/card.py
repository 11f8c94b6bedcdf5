"""What a printed card says beside its code: what to do with it, and until when."""

from dataclasses import dataclass
from datetime import datetime

from conversations.letters.deadline import moment_in_words
from conversations.phrases import Phrases


@dataclass(frozen=True, slots=True)
class CardWords:
    """`deadline` is "" for a survey without one."""

    what_to_do: str
    deadline: str


def card_words(phrases: Phrases, closes_at: datetime | None) -> CardWords:
    """The words in one language; `closes_at` is in the survey's time zone."""
    say = phrases.say
    return CardWords(
        say(
            "Point the camera of your phone at the code, or type the address below into a browser. "
            "Both are yours alone: please do not pass them on."
        ),
        say("You can answer until {deadline}.", deadline=moment_in_words(closes_at, phrases)) if closes_at else "",
    )
