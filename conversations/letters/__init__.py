"""What a survey writes to people on its own: the invitation, reminders, the last day, the end; the words of each."""

from conversations.letters.letter import Letter, letter_language, write_letter
from conversations.letters.occasion import Occasion, occasion_of
from conversations.letters.own_words import PLACES, OwnWords, lone_braces, unknown_places
from conversations.letters.template import our_template

__all__ = [
    "PLACES",
    "Letter",
    "Occasion",
    "OwnWords",
    "letter_language",
    "lone_braces",
    "occasion_of",
    "our_template",
    "unknown_places",
    "write_letter",
]
