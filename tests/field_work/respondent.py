"""Somebody who answers through the real dialogue, reacting to the prompt that stands there, as far as they like."""

from random import Random

from bot.dialogue import Dialogue
from conversations.codes import Verb, read_code
from conversations.protocol import (
    Button,
    Chosen,
    Command,
    Commanded,
    Heard,
    Kind,
    Pressed,
    Prompt,
    Typed,
)
from storage.chats import Sender
from tests.bot.respondent import ALONE
from tests.field_work.journal import Stage

AGREES = "partecipo"
"""The question whose "no" ends the questionnaire."""

SHORT = {"supporto_comuni": ("marginale", "nulla"), "bp_conosce": ("no",)}
"""Answers that make the walk short."""

_STAGES = {
    Kind.WELCOME: Stage.OPENED,
    Kind.REVIEW: Stage.REVIEWING,
    Kind.RECEIPT: Stage.DONE,
    Kind.DECLINED: Stage.DECLINED,
    Kind.STOPPED: Stage.STOPPED,
}
ALL = 100
"""Answers; there are fewer questions."""

_MOST = 300
"""Things that one person says; more would be a walk in a circle."""


class Respondent:
    """One person with one chat. `done` counts the answers that were taken; `is_refused` where nothing can be said."""

    def __init__(self, dialogue: Dialogue, sender: Sender, chance: Random) -> None:
        self._dialogue = dialogue
        self._chance = chance
        self._said = 0
        self._prompt: Prompt | None = None
        self._answered: set[str] = set()
        self.sender = sender
        self.stage = Stage.ABSENT

    @property
    def done(self) -> int:
        """How many questions have been answered."""
        return len(self._answered)

    @property
    def revision(self) -> int:
        """Of the conversation: it rises when something has changed."""
        return self._prompt.revision if self._prompt and not self.is_refused else -1

    @property
    def is_refused(self) -> bool:
        """Whether the last words were that nothing can be answered."""
        return self._prompt is not None and self._prompt.kind is Kind.ADVICE

    async def opens(self, token: str) -> None:
        """Press START under the personal link."""
        await self._hear(Commanded(Command.START), token)

    async def declines(self) -> None:
        """No, thank you."""
        await self._press(Verb.DECLINE)

    async def stops(self) -> None:
        """/stop."""
        await self._hear(Commanded(Command.STOP))

    async def presses(self, code: str) -> None:
        """A button of a reminder, which answers no question."""
        await self._hear(Pressed(code))

    async def says_no(self) -> None:
        """Take part, then no to the first question, which hands in."""
        await self.answers(1, agrees="no")

    async def finishes(self) -> None:
        """All the questions and the submission."""
        await self.answers(ALL)
        await self._press(Verb.SUBMIT)

    async def answers(self, most: int, *, agrees: str = "si") -> None:
        """Take part, and so many answers, never the submission."""
        await self._press(Verb.ACCEPT)
        wanted = self.done + most
        while self.done < wanted and (heard := self._answer(agrees)) is not None:
            asked = self._place
            await self._hear(heard)
            if self._place != asked and not asked.endswith("+"):
                self._answered.add(asked)

    @property
    def _place(self) -> str:
        return self._prompt.place if self._prompt else ""

    # ------------------------------------------------------------ by what stands there

    def _answer(self, agrees: str) -> Heard | None:
        """What to say to the question that stands; None where there is none."""
        prompt = self._prompt
        assert prompt is not None
        match prompt.kind:
            case Kind.ONE | Kind.SCALE:
                heard: Heard | None = Pressed(self._choice(prompt, agrees).code)
            case Kind.MANY:
                names = [button.name for button in prompt.choices if button.name not in ALONE]
                heard = Chosen((self._chance.choice(names),), prompt.place)
            case Kind.REPEAT:
                heard = Pressed(self._button(Verb.NO_MORE_ROWS).code)
            case Kind.INTEGER:
                heard = Typed("1")
            case Kind.MULTILINE if any(_means(button, Verb.DONE) for button in prompt.actions):
                heard = Pressed(self._button(Verb.DONE).code)
            case Kind.TEXT | Kind.MULTILINE:
                heard = Typed("https://example.org/uno" if prompt.place.endswith("bp_link") else "qualche parola")
            case _:
                heard = None
        return heard

    def _choice(self, prompt: Prompt, agrees: str) -> Button:
        wanted = {AGREES: (agrees,), **SHORT}.get(prompt.place.rpartition("/")[2])
        return self._chance.choice([b for b in prompt.choices if wanted is None or b.name in wanted])

    async def _press(self, verb: Verb) -> None:
        """The button with this meaning, if it stands there."""
        buttons = self._prompt.actions if self._prompt else ()
        if any(_means(button, verb) for button in buttons):
            await self._hear(Pressed(self._button(verb).code))

    def _button(self, verb: Verb) -> Button:
        assert self._prompt is not None
        return next(button for button in self._prompt.actions if _means(button, verb))

    async def _hear(self, heard: Heard, token: str | None = None) -> None:
        self._said += 1
        assert self._said < _MOST, self._prompt
        claim = f"{self.sender.address}:{self._said}"
        reply = await self._dialogue.hear(self.sender, heard, claim=claim, token=token)
        self._prompt = reply.prompt
        if not self.is_refused:
            self.stage = _STAGES.get(reply.prompt.kind, Stage.HALF_WAY)


def _means(button: Button, verb: Verb) -> bool:
    press = read_code(button.code)
    return press is not None and press.verb is verb
