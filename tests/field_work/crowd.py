"""Everybody in the register: what a letter makes somebody do, and how that goes through the dialogue."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from bot.dialogue import Dialogue
from bot.wishes import Wishes
from storage.chats import Sender
from tests.bot.telegram_peer import Chat, TelegramPeer
from tests.field_work.edges import Letter
from tests.field_work.journal import Act, Journal
from tests.field_work.people import Character, Deed, Visit, Window
from tests.field_work.respondent import ALL, Respondent

FIRST_CHAT = 1000
BROWSER = "a browser's cookie, as long as one is, of {person}, device {number}"


class Somebody:
    """One person, with the letters that have come."""

    def __init__(self, person: str, email: str, character: Character, hands: Respondent) -> None:
        self.person = person
        self.email = email
        self.character = character
        self.hands = hands
        self.letters: list[Letter] = []

    @property
    def token(self) -> str:
        """Of the newest letter that had a link."""
        return next(letter.token for letter in reversed(self.letters) if letter.token)


def gather(
    characters: Mapping[str, Character], emails: Mapping[str, str], dialogue: Dialogue, peer: TelegramPeer, seed: int
) -> dict[str, Somebody]:
    """Everybody, with a Telegram account or a browser."""
    people = {}
    for number, (person, character) in enumerate(characters.items(), start=FIRST_CHAT):
        hands = Respondent(dialogue, _sender(person, number, character.channel), Random(f"answers {seed} {person}"))
        people[person] = Somebody(person, emails[person], character, hands)
        peer.chats[number] = Chat()
    return people


class Crowd:
    """The people; every visit is written into the journal."""

    def __init__(self, people: Mapping[str, Somebody], wishes: Wishes, peer: TelegramPeer, journal: Journal) -> None:
        self._people = people
        self._wishes = wishes
        self._peer = peer
        self._journal = journal
        self._crossing = {person: one.character.crosses for person, one in people.items() if one.character.crosses}

    def gets(self, person: str, letter: Letter) -> Sequence[Visit]:
        """A letter has come; what it leads to."""
        somebody = self._people[person]
        somebody.letters.append(letter)
        visits, number = somebody.character.visits, len(somebody.letters) - 1
        return visits[number] if number < len(visits) else ()

    def is_anybody_to_cross(self, window: Window) -> bool:
        """Whether there still is somebody who will act then."""
        return any(when is window for when, _ in self._crossing.values())

    def is_about_to_cross(self, person: str, window: Window) -> bool:
        """Whether this person acts just now; once."""
        crosses = self._crossing.get(person)
        if crosses is None or crosses[0] is not window or not self._people[person].letters:
            return False
        return self._crossing.pop(person) is not None

    async def crosses(self, person: str, now: datetime) -> None:
        """What this person does while a message is being sent."""
        crosses = self._people[person].character.crosses
        assert crosses
        await self.comes(person, Visit(crosses[1], timedelta(), 2), now)

    async def comes(self, person: str, visit: Visit, now: datetime) -> None:
        """A visit; of nobody who has no link."""
        somebody, deed = self._people[person], visit.deed
        if not somebody.letters:
            return
        hands, done, revision = somebody.hands, somebody.hands.done, somebody.hands.revision
        has_talked = await self._does(somebody, visit)
        words = _WORDS[deed].format(n=hands.done - done)
        act = Act(
            at=now,
            person=person,
            words="comes, and finds it closed" if hands.is_refused else words,
            stage=hands.stage,
            done=hands.done,
            bound=hands.sender.channel if has_talked and not hands.is_refused else "",
            is_active=has_talked and not hands.is_refused and hands.revision != revision,
            is_quiet=deed is Deed.HUSHES,
            has_blocked=deed is Deed.BLOCKS,
        )
        self._journal.add(act)

    async def _does(self, somebody: Somebody, visit: Visit) -> bool:
        """Whether there was a conversation."""
        deed, hands = visit.deed, somebody.hands
        if deed is Deed.LOSES_LINK:
            await self._wishes.send_links(somebody.email)
            hands.sender = _sender(somebody.person, 2, "web")
        elif deed is Deed.BLOCKS:
            self._peer.chats[int(hands.sender.address)].is_blocked = True
        elif deed is Deed.HUSHES:
            await self._hushes(somebody)
        else:
            await hands.opens(somebody.token)
            if not hands.is_refused:
                await _DOES[deed](hands, visit.answers)
            return True
        return False

    async def _hushes(self, somebody: Somebody) -> None:
        """By the button of the chat or by the link of the e-mail, whichever came last."""
        quiet = somebody.letters[-1].quiet
        if "." in quiet:
            assert await self._wishes.be_quiet(quiet)
        else:
            await somebody.hands.presses(quiet)


_DOES: dict[Deed, Callable[[Respondent, int], Awaitable[None]]] = {
    Deed.READS: lambda _hands, _most: _nothing(),
    Deed.BEGINS: lambda hands, most: hands.answers(most),
    Deed.REVIEWS: lambda hands, _most: hands.answers(ALL),
    Deed.FINISHES: lambda hands, _most: hands.finishes(),
    Deed.DECLINES: lambda hands, _most: hands.declines(),
    Deed.SAYS_NO: lambda hands, _most: hands.says_no(),
    Deed.STOPS: lambda hands, _most: hands.stops(),
}
_WORDS = {
    Deed.READS: "reads what it is about",
    Deed.BEGINS: "answers {n}",
    Deed.REVIEWS: "answers {n}, does not submit",
    Deed.FINISHES: "answers {n} and submits",
    Deed.DECLINES: "declines",
    Deed.SAYS_NO: "answers no to the first question",
    Deed.STOPS: "says /stop",
    Deed.HUSHES: "wants no more reminders",
    Deed.BLOCKS: "blocks the bot",
    Deed.LOSES_LINK: "asks for a new link",
}


async def _nothing() -> None:
    """Opening the link has shown it."""


def _sender(person: str, number: int, channel: str) -> Sender:
    if channel == "telegram":
        return Sender("telegram", str(number))
    return Sender("web", BROWSER.format(person=person, number=number))
