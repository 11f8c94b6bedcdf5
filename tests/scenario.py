"""A conversation as a test reads it: each step goes on from the stored copy, each expectation names the place."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from conversations.forms import FormDefinition
from conversations.protocol import (
    AnswerKept,
    Block,
    Button,
    Change,
    Chosen,
    Command,
    Commanded,
    Edited,
    Heard,
    Mode,
    Pressed,
    Prompt,
    Style,
    Submitted,
    Terms,
    Turn,
    Typed,
    Unreadable,
)
from conversations.session.record import from_record, to_record
from conversations.turn import begin, history, prompt_for, take_turn

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Rome"))
TERMS = Terms(title="Indagine", sender="Ente", mode=Mode.CONFIDENTIAL, contact="indagine@example.org")


@dataclass
class Said:
    """One prompt that was shown, with its buttons, so that a test can press an old one."""

    prompt: Prompt

    def button(self, label: str) -> Button:
        """The button of that label; the one whose label begins so if none is exact."""
        grid = self.prompt.grid.rows if self.prompt.grid is not None else ()
        cells = (button for row in grid for button in row)
        buttons = [*self.prompt.choices, *cells, *(entry.button for entry in self.prompt.entries), *self.prompt.actions]
        found = [b for b in buttons if b.label == label] or [b for b in buttons if b.label.startswith(label)]
        assert found, f"no button {label!r} among {[b.label for b in buttons]}"
        return found[0]


class Scenario:
    """Somebody answers; every verb returns the scenario, so that a test reads as a transcript."""

    def __init__(self, form: FormDefinition, *, terms: Terms = TERMS, language: str = "", now: datetime = NOON) -> None:
        self.form, self.terms, self.now, self.away = form, terms, now, timedelta()
        self.changes: list[Change] = []
        self.said: list[Said] = []
        self._after(begin(form, terms, language=language, seed=20261122, now=now))

    # ---------------------------------------------------------------- what the person does

    def takes_part(self) -> Self:
        """Press the first button of the welcome."""
        return self.hears(Pressed(self.prompt.actions[0].code))

    def types(self, text: str, message: str = "") -> Self:
        return self.hears(Typed(text, message))

    def presses(self, *labels: str) -> Self:
        for label in labels:
            self.hears(Pressed(self.said[-1].button(label).code))
        return self

    def presses_at(self, said: Said, label: str) -> Self:
        """Press a button of an earlier prompt."""
        return self.hears(Pressed(said.button(label).code))

    def edits(self, message: str, text: str) -> Self:
        return self.hears(Edited(text, message))

    def ticks(self, *names: str, and_presses: str = "") -> Self:
        """A form of check boxes, by the choices' names, sent by its own button or by another."""
        code = self.said[-1].button(and_presses).code if and_presses else ""
        return self.hears(Chosen(names, self.prompt.place, code))

    def commands(self, name: str) -> Self:
        return self.hears(Commanded(Command(name)))

    def sends(self, kind: str) -> Self:
        return self.hears(Unreadable(kind))

    def is_away(self, hours: int) -> Self:
        """Until the next step."""
        self.away = timedelta(hours=hours)
        return self

    def answers(self, **answers: str) -> Self:
        """Type each answer, checking that its question is the one asked."""
        for name, text in answers.items():
            self.asks(name).types(text)
        return self

    def hears(self, heard: Heard) -> Self:
        self._after(take_turn(self.form, self.terms, self.session, heard, now=self.now, away=self.away))
        self.away = timedelta()
        return self

    def _after(self, turn: Turn) -> None:
        """Keep only what a database would: the record, as JSON text."""
        self.turn = turn
        self.changes += turn.changes
        self.session = from_record(json.loads(json.dumps(to_record(turn.session))))
        assert self.session == turn.session
        self.said.append(Said(turn.prompt))

    # ---------------------------------------------------------------- what is expected

    @property
    def prompt(self) -> Prompt:
        return self.said[-1].prompt

    @property
    def derived(self) -> Prompt:
        """The prompt as it would be said again after a restart."""
        return prompt_for(self.form, self.terms, self.session, now=self.now)

    def asks(self, name: str) -> Self:
        """Expect the question of that name (or `repeat+`, `~review`) to be the one that stands."""
        place = self.prompt.place
        assert place.rsplit("/", 1)[-1] == name, f"expected {name}, the prompt is {place}: {self.text}"
        return self

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.prompt.blocks)

    def notices(self) -> list[str]:
        return [block.text for block in self.prompt.blocks if block.style is Style.NOTICE]

    def says(self, words: str) -> Self:
        assert words in self.text, f"{words!r} is not in: {self.text}"
        return self

    def offers(self, *labels: str) -> Self:
        assert [b.label for b in self.prompt.choices] == list(labels)
        return self

    def actions(self) -> list[str]:
        return [b.label for b in self.prompt.actions]

    def kept(self) -> dict[str, str]:
        """The answers given so far, by name, the last of each."""
        return {c.path.rsplit("/", 1)[-1]: c.value for c in self.changes if isinstance(c, AnswerKept)}

    def submitted(self) -> dict[str, str]:
        """The response, by path."""
        [response] = [c for c in self.changes if isinstance(c, Submitted)]
        return dict(response.answers)

    def settled(self) -> list[Block]:
        return list(self.turn.settled)

    def chat(self) -> list[tuple[str, str]]:
        return [(e.question, e.answer) for e in history(self.form, self.terms, self.session, now=self.now)]
