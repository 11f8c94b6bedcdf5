"""A kept conversation had again: every difference to the present questionnaire, as far as the walk goes."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from conversations.codes import Verb
from conversations.forms import FormDefinition
from conversations.phrases import phrases_for
from conversations.prompts.life import duration
from conversations.protocol import Kind
from conversations.rehearsal.kept import NUMBER, Kept, KeptTurn, Told, read_kept, told_in
from conversations.rehearsal.saying import button_for
from conversations.rehearsal.transcript import NoSuchButton, Setting, Talk, plain

ALIKE = 0.5
"""From this share of common text on, two questions in one place are one question with other words."""

_LEAVE_OUT = (Verb.SKIP, Verb.NO_MORE_ROWS)
_ENDED = (Kind.RECEIPT, Kind.DECLINED, Kind.STOPPED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, at a line of the file: lines that were kept, and lines that come instead now."""

    line: int
    what: str
    kept: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(slots=True)
class Compared:
    """`said` things came out; from the line `stopped` on (0: none) nothing could be compared, and `why`."""

    differences: list[Difference] = field(default_factory=list)
    said: int = 0
    stopped: int = 0
    why: str = ""


def compare(form: FormDefinition, written: str) -> Compared:
    """Have a kept conversation again. Raises ValueError for a head that cannot be read."""
    return _Replay(Talk(form, Setting.read(written)), read_kept(written)).run()


class _Replay:
    def __init__(self, talk: Talk, kept: Kept) -> None:
        self._talk, self._kept, self._at = talk, kept, 0
        self._found = Compared()
        self._place = ""
        self._worded: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()  # what was said already

    def run(self) -> Compared:
        while self._at < len(self._kept.turns) and not self._found.stopped:
            self._meet(self._kept.turns[self._at])
        if not self._found.stopped:
            self._compare_answers()
        return self._found

    @property
    def _now(self) -> Told:
        return told_in(plain(self._talk.prompt))

    def _differs(self, what: str, kept: Iterable[str] = (), now: Iterable[str] = ()) -> None:
        turns = self._kept.turns
        line = turns[min(self._at, len(turns) - 1)].line
        self._found.differences.append(Difference(line, what, tuple(kept), tuple(now)))

    def _stop(self, why: str) -> None:
        self._found.stopped, self._found.why = self._kept.turns[self._at].line, why

    def _meet(self, turn: KeptTurn) -> None:
        """Find out what has become of the kept turn, and go on by one step."""
        now = self._now
        if turn.told.question == now.question:
            self._go_on(turn)
        elif self._was_refused(turn):
            self._differs("refused then, taken now", turn.told.notices)
            self._at += 1
        elif self._is_refused():
            self._differs("taken then, refused now", (), now.notices)
            self._leave_out("the answer is refused now")
        elif later := self._later(now):
            self._gone(later)
        elif self._talk.prompt.kind in _ENDED:
            self._differs("the conversation ends here now", turn.told.question, now.words)
            self._stop("the conversation is over")
        elif self._is_new(turn):
            self._differs("a question that is new", (), now.question)
            self._leave_out("the new question must be answered")
        else:
            self._go_on(turn)

    def _was_refused(self, turn: KeptTurn) -> bool:
        before = self._kept.turns[self._at - 1] if self._at else None
        return bool(before and turn.told.notices and before.told.question == turn.told.question)

    def _is_refused(self) -> bool:
        is_same = self._talk.prompt.place == self._place
        return is_same and bool(self._now.notices) and self._talk.prompt.kind not in _ENDED

    def _later(self, now: Told) -> int:
        """The place of the kept turn in which this was told; 0 when there is none."""
        turns = enumerate(self._kept.turns[self._at + 1 :], start=self._at + 1)
        return next((place for place, turn in turns if turn.told.question == now.question), 0)

    def _gone(self, later: int) -> None:
        known = set[tuple[str, ...]]()
        while self._at < later:
            question = self._kept.turns[self._at].told.question
            if question not in known:
                self._differs("a question that is gone", question)
            known.add(question)
            self._at += 1

    def _is_new(self, turn: KeptTurn) -> bool:
        """Whether what is asked now is another question, and not the kept one in other words."""
        left = self._tried(self._skip)
        if left is not None and left.question == turn.told.question:
            return True
        answered = self._tried(turn.said)
        if answered is not None and answered.question == turn.told.question:
            return True
        following = self._kept.turns[self._at + 1 : self._at + 2]
        for after in (left, answered):
            if after is not None and any(one.told.question == after.question for one in following):
                return False
        return not _are_alike(turn.told, self._now)

    @property
    def _skip(self) -> str:
        found = next((one for verb in _LEAVE_OUT if (one := button_for(self._talk.prompt, verb))), None)
        return f"[{found.label}]" if found else ""

    def _tried(self, said: str) -> Told | None:
        """What would be told next; None if that cannot be said, or leads nowhere."""
        if not said:
            return None
        talk = copy(self._talk)
        place = talk.prompt.place
        try:
            talk.tries(said)
        except NoSuchButton:
            return None
        return told_in(plain(talk.prompt)) if talk.prompt.place != place else None

    def _leave_out(self, why: str) -> None:
        """Pass the question that stands; where that cannot be, the walk ends."""
        if not self._skip:
            self._stop(why)
            return
        self._place = ""
        self._talk.hears(self._skip)

    # ------------------------------------------------------------ a question that is still there

    def _go_on(self, turn: KeptTurn) -> None:
        """Compare what is told, then say what was said."""
        self._compare(turn.told, self._now)
        if not turn.said:
            self._at += 1
            return
        self._place = self._talk.prompt.place
        try:
            self._talk.hears(self._said(turn))
        except NoSuchButton as error:
            self._differs(f"{error} cannot be pressed any more")
            self._leave_out(f"{error} is not there")
        else:
            self._found.said += 1
        self._at += not self._found.stopped

    def _said(self, turn: KeptTurn) -> str:
        """What was said; a choice that has another label now, by its place if there are as many as before."""
        labels = [choice.label for choice in self._talk.prompt.choices]
        before = turn.told.rows[0] if turn.told.rows else ()
        pressed = turn.said[1:-1] if turn.said.startswith("[") else ""
        if len(before) == len(labels) and pressed in before and pressed not in labels:
            return f"[{labels[before.index(pressed)]}]"
        return turn.said

    def _compare(self, kept: Told, now: Told) -> None:
        aside = {*kept.notices, *now.notices, *self._durations()}
        was, are = (tuple(line for line in told.words if line not in aside) for told in (kept, now))
        if was != are and (was, are) not in self._worded:
            self._worded.add((was, are))
            self._differs("other words", *_parted(was, are))
        if kept.notices != now.notices:
            self._differs("something else is said of the answer", *_parted(kept.notices, now.notices))
        self._compare_buttons(kept, now)

    def _durations(self) -> set[str]:
        """How long it takes is a counter too."""
        phrases = phrases_for(self._talk.prompt.language)
        return {NUMBER.sub("#", duration(phrases, minutes)) for minutes in (1, 2)}

    def _compare_buttons(self, kept: Told, now: Told) -> None:
        prompt = self._talk.prompt
        back = phrases_for(prompt.language).say("Back")
        choices = tuple(choice.label for choice in prompt.choices)
        with_choices = len(kept.rows) > 1 or (kept.rows and set(kept.rows[0]) & set(choices))
        were = kept.rows[0] if with_choices else ()
        if were != choices and (were, choices) not in self._worded:
            self._worded.add((were, choices))
            gone = [f"[{label}]" for label in were if label not in choices]
            new = [f"[{label}]" for label in choices if label not in were]
            self._differs("other choices" if gone or new else "choices in another order", gone, new)
        was, are = (
            {*rows[-1]} - {back} if rows else set() for rows in (kept.rows[bool(were) :], now.rows[bool(choices) :])
        )
        if was != are:
            self._differs(
                "other buttons", sorted(f"[{one}]" for one in was - are), sorted(f"[{one}]" for one in are - was)
            )

    def _compare_answers(self) -> None:
        """At the end, by path; a question that was left out has no answer."""
        before, now = self._kept.answers, self._talk.answers()
        paths = [path for path in {**before, **now} if before.get(path, "") != now.get(path, "")]
        if paths:
            was = (f"{path}: {before[path]}" for path in paths if path in before)
            self._differs("other answers are kept", was, (f"{path}: {now[path]}" for path in paths if path in now))


def _are_alike(one: Told, other: Told) -> bool:
    if one.rows and one.rows[:1] == other.rows[:1]:
        return True
    return SequenceMatcher(None, "\n".join(one.question), "\n".join(other.question)).ratio() >= ALIKE


def _parted(was: tuple[str, ...], are: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Only the lines that the other does not have; all of them where only their order differs."""
    gone, come = [line for line in was if line not in are], [line for line in are if line not in was]
    return (gone, come) if gone or come else (list(was), list(are))
