"""How people are: what somebody does after the first message, after the second; dealt to a register by a seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from random import Random

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HARD, SOFT = "5.1.1", "4.2.2"
"""What comes back of a message: nobody has this address; the mailbox is full."""


class Deed(StrEnum):
    """What somebody comes for."""

    READS = "reads the link"
    BEGINS = "begins"  # or goes on, and answers some questions
    REVIEWS = "answers all, does not submit"
    FINISHES = "finishes"
    DECLINES = "declines"
    SAYS_NO = "says no to the first question"
    STOPS = "stops"
    HUSHES = "wants no more reminders"
    BLOCKS = "blocks the bot"
    LOSES_LINK = "asks for a new link"


class Window(StrEnum):
    """When somebody acts who acts while a message is being sent."""

    CLAIMED = "claimed"  # before the last look
    SENDING = "sending"  # after it


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody does so long after a message; `answers` at most."""

    deed: Deed
    after: timedelta
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Character:
    """`visits`: what each message that arrives leads to. `bounces`: what comes back of the first ones."""

    visits: tuple[Sequence[Visit], ...] = ()
    channel: str = ""
    bounces: tuple[str, ...] = ()
    crosses: tuple[Window, Deed] | None = None
    sort: str = ""


class Dice:
    """How long people take, and how far they get."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    @property
    def channel(self) -> str:
        """Two of three use Telegram."""
        return self._chance.choice(("telegram", "telegram", "web"))

    @property
    def some(self) -> int:
        """A few answers."""
        return self._chance.randint(1, 9)

    def soon(self, deed: Deed, answers: int = 0) -> Visit:
        """Within three hours."""
        return Visit(deed, self._chance.randint(2, 180) * MINUTE, answers)

    def late(self, deed: Deed, answers: int = 0) -> Visit:
        """Within four days, at any hour of the day or night."""
        return Visit(deed, self._chance.randint(4 * 60, 4 * 24 * 60) * MINUTE, answers)

    def days_apart(self, *deeds: tuple[Deed, int]) -> list[Visit]:
        """The first one soon, each other one within four days of the one before."""
        visits = [self.soon(*deeds[0])]
        for deed, answers in deeds[1:]:
            visits.append(Visit(deed, visits[-1].after + self.late(deed).after, answers))
        return visits


def comes(*visits: Sequence[Visit]) -> Character:
    """Somebody who comes after the first message, the second, ..."""
    return Character(visits)


def crosses(window: Window, deed: Deed, dice: Dice) -> Character:
    """Somebody who came once, and then acts while a message is being sent."""
    before = Deed.READS if deed in (Deed.DECLINES, Deed.HUSHES) else Deed.BEGINS
    return Character(([dice.late(before, 3)],), crosses=(window, deed))


D = Deed
AT_IT = "is at it when a wave comes"
NOBODY = "never comes"
SORTS: dict[str, tuple[int, Callable[[Dice], Character]]] = {
    "answers at once": (16, lambda d: comes([d.soon(D.FINISHES)])),
    "answers when there is time": (8, lambda d: comes([d.late(D.FINISHES)])),
    "answers when reminded": (10, lambda d: comes([], [d.soon(D.FINISHES)])),
    "needs two reminders": (4, lambda d: comes([], [], [d.late(D.FINISHES)])),
    "answers little by little": (
        8,
        lambda d: comes(d.days_apart((D.BEGINS, 3), (D.BEGINS, 4), (D.BEGINS, 2), (D.FINISHES, 0))),
    ),
    "goes on when reminded": (
        8,
        lambda d: comes([d.late(D.BEGINS, d.some)], [d.soon(D.BEGINS, 3)], [d.soon(D.FINISHES)]),
    ),
    "is half-way for good": (8, lambda d: comes([d.late(D.BEGINS, d.some)])),
    "agrees and answers nothing": (1, lambda d: comes([d.late(D.BEGINS, 0)])),
    "is at the summary for good": (2, lambda d: comes([d.late(D.REVIEWS)])),
    "only reads": (4, lambda d: comes([d.late(D.READS)])),
    "reads when reminded": (2, lambda d: comes([], [d.soon(D.READS)], [d.late(D.BEGINS, 2)])),
    "declines": (4, lambda d: comes([d.soon(D.DECLINES)])),
    "declines when reminded": (3, lambda d: comes([d.soon(D.READS)], [d.soon(D.DECLINES)])),
    "says no to the first question": (3, lambda d: comes([d.soon(D.SAYS_NO)])),
    "declines, and comes back": (1, lambda d: comes(d.days_apart((D.DECLINES, 0), (D.BEGINS, 4)))),
    "stops when reminded": (3, lambda d: comes([d.late(D.BEGINS, d.some)], [d.soon(D.STOPS)])),
    "stops, and comes back": (1, lambda d: comes(d.days_apart((D.BEGINS, 3), (D.STOPS, 0), (D.BEGINS, 2)))),
    "wants no reminders, never comes": (3, lambda d: comes([d.late(D.HUSHES)])),
    "wants no reminders, half-way": (4, lambda d: comes([d.late(D.BEGINS, 5)], [d.soon(D.HUSHES)])),
    "wants no reminders, answers all the same": (
        2,
        lambda d: comes(d.days_apart((D.HUSHES, 0), (D.BEGINS, 3), (D.FINISHES, 0))),
    ),
    "asks for a new link": (3, lambda d: comes(d.days_apart((D.BEGINS, 4), (D.LOSES_LINK, 0)), [d.soon(D.FINISHES)])),
    "comes after the closing": (2, lambda _: comes([Visit(D.BEGINS, 48 * DAY, 1)])),
    "blocks the bot": (
        3,
        lambda d: Character((d.days_apart((D.BEGINS, d.some), (D.BLOCKS, 0)),), channel="telegram"),
    ),
    "has no such address": (3, lambda _: Character(bounces=(HARD,))),
    "has a full mailbox once": (2, lambda d: Character(([d.late(D.FINISHES)],), channel="web", bounces=(SOFT,))),
    "has a full mailbox": (2, lambda _: Character(bounces=(SOFT,) * 99)),
    AT_IT: (3, lambda _: Character()),
    **{
        f"{deed} while a message is {window}": (1, lambda d, window=window, deed=deed: crosses(window, deed, d))
        for window in Window
        for deed in (D.FINISHES, D.DECLINES, D.STOPS, D.HUSHES, D.BEGINS)
    },
}


def deal(seed: int, people: Sequence[str]) -> dict[str, Character]:
    """Who is how: always the same mixture, each time among other people."""
    sorts = [sort for sort, (count, _) in SORTS.items() for _ in range(count)]
    sorts += [NOBODY] * (len(people) - len(sorts))
    Random(f"the deal of {seed}").shuffle(sorts)
    return {person: _made(sort, f"{seed} {person}") for person, sort in zip(people, sorts, strict=True)}


def _made(sort: str, whose: str) -> Character:
    dice = Dice(Random(whose))
    made = SORTS[sort][1](dice) if sort in SORTS else Character()
    return replace(made, sort=sort, channel=made.channel or dice.channel)
