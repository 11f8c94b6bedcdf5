"""A respondent who gives the answers that margins deal out, and all others like anybody."""

from conversations.codes import Verb
from conversations.protocol import Command, Commanded, Heard, Prompt, Turn
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.experience import Experience
from conversations.rehearsal.person import MOST_CHANGES, Person
from conversations.rehearsal.plan import Fate, Plan
from conversations.rehearsal.quotas import Hand
from conversations.rehearsal.saying import press
from conversations.stops import Stop
from conversations.walk import Walk


class Quoted(Person):
    """Knows beforehand what to say, and changes nothing at the end."""

    def __init__(self, experience: Experience, plan: Plan, dice: Dice, hand: Hand) -> None:
        super().__init__(experience, plan, dice)
        self._hand = hand
        self._changes = MOST_CHANGES

    def _at_review(self, walk: Walk, prompt: Prompt) -> Heard | None:
        """Who means to leave does not hand in, however late it has become."""
        if self._plan.fate is Fate.COMPLETE:
            return super()._at_review(walk, prompt)
        return Commanded(Command.STOP) if self._plan.fate is Fate.STOPS else None

    def _leaves_as_it_is(self, walk: Walk, stop: Stop, prompt: Prompt) -> Heard | None:
        value = self._hand.answer_to(walk, stop)
        if value is None:
            return super()._leaves_as_it_is(walk, stop, prompt)
        return None if value else press(prompt, Verb.SKIP) or press(prompt, Verb.KEEP)

    def _answers(self, walk: Walk, stop: Stop, prompt: Prompt) -> Heard | None:
        value = self._hand.answer_to(walk, stop)
        if not value or value in self._tried[stop.place]:
            return super()._answers(walk, stop, prompt)
        return self._says(walk, stop, prompt, value)

    def _is_refused(self, walk: Walk, stop: Stop, value: str, turn: Turn) -> bool:
        is_refused = super()._is_refused(walk, stop, value, turn)
        if is_refused:
            self._hand.was_refused(stop.ref, value)
        return is_refused
