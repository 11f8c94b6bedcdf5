"""Somebody who answers the example questionnaire by a plan made of chance, and remembers what was given.

Reacts to what stands in the chat and to nothing else, as people do: to a question asked twice only once.
"""

import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from openpyxl import load_workbook

from bot.markdown import read_markdown
from conversations.phrases import phrases_for
from tests.bot.telegram_peer import Message, Person

EXAMPLE = Path(__file__).parents[2] / "examples" / "zone_omogenee_po.xlsx"

_say = phrases_for("it").say
TAKE_PART, DONE, SUBMIT = map(_say, ("Take part", "Done", "Submit my answers"))
RECEIPT = _say("Receipt: {code}", code="")
ALONE = {"nessuno", "nessuna", "non_so"}
"""Choices that the questionnaire lets nobody combine with others."""


ASKED = {"select_one", "select_multiple", "text", "integer", "range"}
PREFERRED = {
    "partecipo": ("si",),
    "supporto_comuni": ("parte", "marginale", "nulla"),
    "bp_conosce": ("si", "no", "no", "no"),
}
"""Where chance is guided, so that most walks are short and some are long."""


class Question(NamedTuple):
    """A row of the survey sheet."""

    kind: str
    name: str
    choices: dict[str, str]  # label -> name


def questions_of(workbook: bytes) -> dict[str, Question]:
    """The questions by their Italian label, as it is read."""
    book = load_workbook(BytesIO(workbook), read_only=True)
    lists: dict[str, dict[str, str]] = {}
    for row in _rows(book["choices"]):
        lists.setdefault(row["list_name"], {})[row["label::Italiano (it)"]] = row["name"]
    questions = {}
    for row in _rows(book["survey"]):
        kind, _, choices = row["type"].partition(" ")
        if kind in ASKED:
            label = _plain(row["label::Italiano (it)"])
            questions[label] = Question(kind, row["name"], lists.get(choices, {}))
    return questions


def _rows(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    filled = ({name: str(cell or "") for name, cell in zip(head, row, strict=True)} for row in rows if row[0])
    return [row for row in filled if row.get("name")]


def _plain(markdown: str) -> str:
    return "\n".join("".join(span.text for span in line.spans) for line in read_markdown(markdown))


class Respondent:
    """`given` holds each answer by the question's name, with the number of its row: "bp_zona[2]"."""

    def __init__(self, person: Person, questions: dict[str, Question], chance: Random) -> None:
        self.person = person
        self.given: dict[str, str] = {}
        self._questions = questions
        self._chance = chance
        self._done: set[str] = set()
        self._acted: tuple[int, int] | None = None

    async def answers_all(self, token: str) -> None:
        """From the link to the receipt."""
        self.person.starts(token)
        while RECEIPT not in (message := await self._something_new()).text:
            self._react(message)

    async def _something_new(self) -> Message:
        def look() -> Message | None:
            messages = self.person.chat.messages
            if not messages or (messages[-1].id, messages[-1].edits) == self._acted:
                return None
            return messages[-1]

        message = await self.person.peer.until(look, f"something new for {self.person.id}")
        self._acted = (message.id, message.edits)
        return message

    def _react(self, message: Message) -> None:
        for label in (TAKE_PART, SUBMIT):
            if message.code(label):
                self.person.presses(label, message)
                return
        paragraphs = message.text.split("\n\n")
        question = next((self._questions[text] for text in paragraphs if text in self._questions), None)
        if question is None or not re.search(r"^Domanda \d", message.text, re.MULTILINE):
            return
        if question.kind == "select_multiple":
            self._tick(message, question, self._key(question, paragraphs))
        elif question.kind == "text" and message.code(DONE):
            self.person.presses(DONE, message)
        elif message.text not in self._done:
            self._done.add(message.text)
            self._answer(message, question, self._key(question, paragraphs))

    @staticmethod
    def _key(question: Question, paragraphs: list[str]) -> str:
        title = next((before for before, text in pairwise(paragraphs) if text.startswith("Domanda ")), "")
        row = re.search(r" (\d+)$", title)
        return f"{question.name}[{row[1]}]" if row else question.name

    def _answer(self, message: Message, question: Question, key: str) -> None:
        if question.kind == "select_one":
            names = self._offered(message, question)
            self.given[key] = self._chance.choice(PREFERRED.get(question.name) or list(names))
            self.person.taps(message.code(names[self.given[key]]) or "", message.id)
        elif question.kind == "range":
            self.given[key] = str(self._chance.randint(0, 10))
            self.person.presses(self.given[key], message)
        else:
            self.given[key] = self._words(question)
            self.person.says(self.given[key])

    def _words(self, question: Question) -> str:
        if question.kind == "integer":
            return str(self._chance.randint(1, 2))
        return "https://example.org/uno" if question.name == "bp_link" else f"{question.name} di {self.person.id}"

    def _tick(self, message: Message, question: Question, key: str) -> None:
        """One tick towards the plan, or done."""
        offered = self._offered(message, question)
        if key not in self.given:
            free = sorted(offered.keys() - ALONE)
            self.given[key] = " ".join(self._chance.sample(free, self._chance.randint(1, 2)))
        wanted = self.given[key].split()
        ticked = {button.removeprefix("✓ ") for button in message.buttons if button.startswith("✓ ")}
        missing = [name for name in wanted if offered[name] not in ticked]
        self.person.taps(message.code(offered[missing[0]] if missing else DONE) or "", message.id)

    @staticmethod
    def _offered(message: Message, question: Question) -> dict[str, str]:
        """Name -> label of its button, which may be a number of the list in the text."""
        lines = re.findall(r"^(\d+)\. (?:✓ )?(.*)$", message.text, re.MULTILINE)
        listed = {label: number for number, label in lines}
        buttons = {button.removeprefix("✓ ") for button in message.buttons}
        labels = {name: listed.get(label, label) for label, name in question.choices.items()}
        return {name: label for name, label in labels.items() if label in buttons}
