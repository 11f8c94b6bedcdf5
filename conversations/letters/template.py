"""Our words with {places} where a letter says something of a survey or a person: what a coordinator begins with."""

from dataclasses import replace
from typing import Self

from conversations.letters.facts import Facts
from conversations.letters.occasion import Occasion
from conversations.letters.own_words import OwnWords
from conversations.letters.words import our_words
from conversations.phrases import phrases_for
from conversations.protocol import Status, Terms

_STATUSES = {Occasion.OPENED: Status.NOTIFIED, Occasion.HALF_WAY: Status.ANSWERING, Occasion.CLOSED: Status.ANSWERING}


class _Number(int):
    """A number, not one, that is written as its place."""

    place: str

    def __new__(cls, place: str) -> Self:
        number = super().__new__(cls, 7)
        number.place = place
        return number

    def __format__(self, _: str) -> str:
        return self.place


def our_template(occasion: Occasion, terms: Terms, language: str) -> OwnWords:
    """Our words in the language of a tag. What the survey does not say, such as a deadline, has no place in them.

    Where ours differ by how far somebody is, those that suit most people.
    """
    named = replace(terms, title="{title}", sender=terms.sender and "{sender}", contact=terms.contact and "{contact}")
    facts = Facts(
        phrases=phrases_for(language),
        terms=named,
        name="{name}",
        status=_STATUSES.get(occasion),
        deadline="{deadline}" if terms.closes_at else "",
        is_over=occasion is Occasion.CLOSED and terms.closes_at is not None,
        minutes=_Number("{minutes}"),
        done=_Number("{done}") if occasion in _STATUSES else 0,
        total=_Number("{total}"),
    )
    words = our_words(occasion, facts)
    return OwnWords(words.subject, "\n\n".join(words.paragraphs))
