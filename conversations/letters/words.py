"""Our words for each occasion."""

from collections.abc import Callable

from conversations.letters.before import invitation, new_link, not_opened, opened
from conversations.letters.ending import closed, last_day
from conversations.letters.facts import Facts
from conversations.letters.half_way import half_way
from conversations.letters.occasion import Occasion
from conversations.letters.sentences import Words


def our_words(occasion: Occasion, facts: Facts) -> Words:
    """What we say on this occasion."""
    return _WORDS[occasion](facts)


_WORDS: dict[Occasion, Callable[[Facts], Words]] = {
    Occasion.INVITATION: invitation,
    Occasion.NOT_OPENED: not_opened,
    Occasion.OPENED: opened,
    Occasion.HALF_WAY: half_way,
    Occasion.LAST_DAY: last_day,
    Occasion.CLOSED: closed,
    Occasion.NEW_LINK: new_link,
}
