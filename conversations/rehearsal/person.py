"""One simulated respondent: looks at the prompt and says the next thing, as somebody in a chat would."""

from collections import defaultdict

from conversations.codes import Verb
from conversations.hearing.hindrances import hindrance_of
from conversations.protocol import (
    AnswerKept,
    Chosen,
    Command,
    Commanded,
    Edited,
    Heard,
    Kind,
    Pressed,
    Prompt,
    Status,
    Style,
    Turn,
    Typed,
)
from conversations.rehearsal.clumsy import CLUMSY
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.experience import Experience
from conversations.rehearsal.plan import Fate, Plan
from conversations.rehearsal.saying import next_press, parts_of, press, press_choice, say_at_once
from conversations.session import Refused
from conversations.stops import Stop
from conversations.walk import Walk

MOST_TRIES = 60
"""Answers tried at one question before it counts as one without an answer."""

HOPELESS = 200
FEW_TRIES = 5
"""Where so many different answers were refused and none was taken, a few more are tried by each respondent."""

MOST_CHANGES = 2
MOST_SUBMITS = 8
_ENDS = (Kind.RECEIPT, Kind.DECLINED, Kind.STOPPED)


class Stuck(Exception):
    """There is nothing left to say: the kind of dead end, and the path where it is known better than by the prompt."""

    def __init__(self, kind: str, path: str = "") -> None:
        super().__init__(kind)
        self.kind, self.path = kind, path


class Person:
    """Speaks until the walk is over; raises `Stuck` where nothing leads on."""

    def __init__(self, experience: Experience, plan: Plan, dice: Dice) -> None:
        self._experience, self._plan, self._dice = experience, plan, dice
        self._tried: dict[str, dict[str, None]] = defaultdict(dict)
        self._rows: dict[str, int] = {}
        self._aim: tuple[str, tuple[str, ...]] = ("", ())
        self._pressed: Heard | None = None
        self._offering: tuple[Stop, str] | None = None
        self._typed: dict[str, Stop] = {}
        self._changes = self._submits = self._turns = 0
        self._insists = ""
        self._left = ("", 0)  # the repeat that was said to be complete, and when
        self._went_back: set[str] = set()

    def next(self, walk: Walk, prompt: Prompt) -> Heard | None:
        """What is said now; None at the end, and from somebody who breaks off."""
        self._turns += 1
        if prompt.kind in _ENDS:
            return None
        if self._plan.fate in (Fate.LEAVES, Fate.STOPS) and self._turns > self._plan.turns:
            return Commanded(Command.STOP) if self._plan.fate is Fate.STOPS else None
        if self._plan.clumsy and self._dice.happens(0.03):
            return self._dice.pick(CLUMSY)
        if prompt.kind is Kind.WELCOME:
            return press(prompt, Verb.DECLINE if self._plan.fate is Fate.DECLINES else Verb.ACCEPT)
        if prompt.kind is Kind.REVIEW:
            return self._at_review(walk, prompt)
        stop = walk.stop
        if stop is None:
            raise Stuck("no place")
        return self._at_repeat(walk, stop, prompt) if prompt.kind is Kind.REPEAT else self._at(walk, stop, prompt)

    # ------------------------------------------------------------ the review and rows

    def _at_review(self, walk: Walk, prompt: Prompt) -> Heard | None:
        wish = 0.7 if self._plan.clumsy else 0.15
        if self._changes < MOST_CHANGES and prompt.entries and self._dice.happens(wish):
            self._changes += 1
            page = press(prompt, Verb.PAGE)
            return page if page and self._dice.happens(0.3) else Pressed(self._dice.pick(prompt.entries).button.code)
        self._changes = MOST_CHANGES
        self._submits += 1
        if self._submits > MOST_SUBMITS:
            hindrance = hindrance_of(walk)
            raise Stuck("submit", generic(hindrance.ref) if hindrance else "")
        return press(prompt, Verb.SUBMIT)

    def _at_repeat(self, walk: Walk, stop: Stop, prompt: Prompt) -> Heard | None:
        rows = walk.filled.repeat_count(stop.ref)
        seen = self._experience.coverage.rows[stop.control.path]
        if stop.place not in self._rows:
            missing = [count for count in (0, 1, 2) if count not in seen]
            self._rows[stop.place] = self._dice.pick(missing or (0, 1, 1, 2, 3))
        wanted = self._rows[stop.place]
        if self._left == (stop.place, self._turns - 1):
            raise Stuck("repeat")
        if rows < wanted:
            self._rows[stop.place] = wanted if self._dice.happens(0.9) else rows
            return press(prompt, Verb.ADD_ROW)
        removal = press(prompt, Verb.REMOVE_ROW)
        if rows > wanted and removal and (self._plan.clumsy or wanted == 0) and self._dice.happens(0.8):
            return removal
        self._rows[stop.place] = rows
        self._left = (stop.place, self._turns)
        return press(prompt, Verb.NO_MORE_ROWS)

    # ------------------------------------------------------------ a question

    def _at(self, walk: Walk, stop: Stop, prompt: Prompt) -> Heard | None:
        self._experience.meets(walk, stop)
        if self._aim[0] == stop.place:
            return self._go_on_pressing(stop, prompt)
        if self._insists:
            name, self._insists = self._insists, ""
            return self._offers(stop, name, press_choice(walk, prompt, name))
        return self._wanders(prompt) or self._leaves_as_it_is(walk, stop, prompt) or self._answers(walk, stop, prompt)

    def _wanders(self, prompt: Prompt) -> Heard | None:
        """Back, or a correction of something said before."""
        if not self._plan.clumsy or not self._dice.happens(0.06):
            return None
        if self._typed and self._dice.happens(0.4):
            message = self._dice.pick(list(self._typed))
            path = self._typed[message].control.path
            known = list(self._experience.taken[path]) or ["?"]
            return Edited(self._dice.pick(known), message)
        if prompt.place not in self._went_back:
            self._went_back.add(prompt.place)
            return press(prompt, Verb.BACK) or Commanded(Command.BACK)
        return None

    def _leaves_as_it_is(self, walk: Walk, stop: Stop, prompt: Prompt) -> Heard | None:
        keep, skip = press(prompt, Verb.KEEP), press(prompt, Verb.SKIP)
        if keep and self._dice.happens(0.5 if walk.is_open(stop) else 0.3):
            return keep
        wished = stop.control.path in self._plan.wishes
        if skip and self._dice.happens(0.02 if wished else 0.12):
            return skip
        return None

    def _answers(self, walk: Walk, stop: Stop, prompt: Prompt) -> Heard | None:
        path, tried = stop.control.path, self._tried[stop.place]
        wished = self._plan.wishes.get(path)
        found = self._experience.candidates(walk, stop, wished, self._dice)
        fresh = [value for value in found if value not in tried]
        hopeless = not self._experience.taken[path] and len(self._experience.refused[path]) > HOPELESS
        if not fresh or len(tried) >= (FEW_TRIES if hopeless else MOST_TRIES):
            return self._gives_up(prompt)
        value = self._wrong(path, fresh) or self._experience.best(path, fresh, wished, self._dice)
        return self._says(walk, stop, prompt, value)

    def _says(self, walk: Walk, stop: Stop, prompt: Prompt, value: str) -> Heard | None:
        self._tried[stop.place][value] = None
        heard = say_at_once(walk, stop, prompt, value, self._dice)
        if heard is None:
            self._aim = (stop.place, parts_of(stop, value))
            return self._go_on_pressing(stop, prompt)
        if isinstance(heard, Typed) and heard.message:
            self._typed[heard.message] = stop
        return self._offers(stop, value, heard)

    def _wrong(self, path: str, fresh: list[str]) -> str | None:
        wrong = self._experience.wrong(path, self._dice) if self._plan.clumsy and self._dice.happens(0.15) else None
        return wrong if wrong in fresh else None

    def _gives_up(self, prompt: Prompt) -> Heard:
        skip = press(prompt, Verb.SKIP)
        if skip is None:
            raise Stuck("answer")
        return skip

    def _go_on_pressing(self, stop: Stop, prompt: Prompt) -> Heard | None:
        heard = next_press(prompt, self._aim[1])
        if heard is not None and heard == self._pressed:  # not ticked, as one too many: sent as a form sends it
            heard = Chosen(self._aim[1], stop.place)
        elif heard is not None and heard != press(prompt, Verb.DONE):
            self._pressed = heard
            return heard
        wanted, self._aim, self._pressed = self._aim[1], ("", ()), None
        return self._offers(stop, " ".join(wanted), heard) if heard else self._gives_up(prompt)

    def _offers(self, stop: Stop, value: str, heard: Heard | None) -> Heard | None:
        self._offering = (stop, value)
        return heard

    # ------------------------------------------------------------ what became of it

    def hears(self, walk: Walk, turn: Turn) -> bool:
        """Learn from the turn: the answer was taken, or refused and why. Whether the walk can still be used."""
        experience = self._experience
        for change in turn.changes:
            if isinstance(change, AnswerKept):
                path = generic(change.path)
                experience.coverage.answered(walk.form, path, change.value)
                experience.taken[path][change.value] += 1
                if turn.session.status is Status.SUBMITTED:
                    experience.last.add((path, change.value))
        if self._offering is None:
            return True
        (stop, value), self._offering = self._offering, None
        if any(isinstance(change, AnswerKept) and change.path == stop.ref for change in turn.changes):
            self._tried[stop.place].clear()
            return True
        return self._is_refused(walk, stop, value, turn)

    def _is_refused(self, walk: Walk, stop: Stop, value: str, turn: Turn) -> bool:
        reason = reason_against(walk, stop, value)
        with_words = any(block.style is Style.NOTICE and block.text.strip() for block in turn.prompt.blocks)
        self._experience.coverage.refused(stop.control.path, reason, with_words=with_words)
        self._experience.refused[stop.control.path][value] += 1
        if not reason and turn.prompt.kind in (Kind.ONE, Kind.SCALE):
            self._insists = value
        return bool(reason)


def reason_against(walk: Walk, stop: Stop, value: str) -> str:
    """Why the questionnaire does not take this value; "" where it would, so that the words were not understood.

    The walk is of no use afterwards.
    """
    refused = walk.filled.answer(stop.ref, value)
    return refused.reason if isinstance(refused, Refused) else ""


def generic(ref: str) -> str:
    """/data/rep[2]/q -> /data/rep/q."""
    if "[" not in ref:
        return ref
    return "/".join(step.partition("[")[0] for step in ref.split("/"))
