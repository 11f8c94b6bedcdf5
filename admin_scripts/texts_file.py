"""A survey's own words as a table for people to fill in, and back, with every mistake by its cell and its remedy."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from admin_scripts.formulas import as_meant
from admin_scripts.refusal import Refused
from admin_scripts.register_file import Line, read_register
from conversations.letters import Occasion, OwnWords, lone_braces, unknown_places
from conversations.protocol import Terms
from storage.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("occasion", "language", "subject", "text")
TEXTS, EXPLAINED = "texts", "explanation"
LONGEST, LONGEST_SUBJECT = 4000, 200

OCCASIONS = {
    Occasion.INVITATION: "the invitation",
    Occasion.NOT_OPENED: "a reminder, to who has not opened the link",
    Occasion.OPENED: "a reminder, to who has opened the link and not begun",
    Occasion.HALF_WAY: "a reminder, to who has begun: half-way, or with only the submission missing",
    Occasion.LAST_DAY: "a reminder in the last day and a half, to all who have not answered, begun or not",
    Occasion.CLOSED: "the survey has closed, to who was half-way",
    Occasion.NEW_LINK: "a new personal link, to who has asked for one or was given one",
}
MEANINGS = {
    "name": "the person's name",
    "title": "the survey's title",
    "sender": "who asks",
    "contact": "whom one can ask",
    "deadline": "when the survey closes, in words, as “venerdì 18 dicembre 2026 alle 23:59”",
    "minutes": "how many minutes what is still open takes, as “4”",
    "done": "how many questions the person has answered, as “14”",
    "total": "how many questions there are for the person, as “22”",
}
RULES = (
    ("", "Write your own words in place of ours; a row that is left as it is, or deleted, says ours."),
    ("", "An empty line begins a new paragraph. Bold, links and pictures cannot be written."),
    ("", "The greeting, the link with its QR code, the deadline, whom to ask and “no more reminders” are added."),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a cell, and what to do about it."""

    cell: str
    what: str
    remedy: str


# ---------------------------------------------------------------- to a file


def frames_of(texts: Texts) -> "dict[str, pd.DataFrame]":
    """The texts, and a sheet that explains them."""
    import pandas as pd  # noqa: PLC0415 - pandas takes a second

    rows = [(occasion, language, words.subject, words.body) for (occasion, language), words in texts.items()]
    explained = [
        *RULES,
        *((occasion, meaning) for occasion, meaning in OCCASIONS.items()),
        *((f"{{{place}}}", meaning) for place, meaning in MEANINGS.items()),
    ]
    return {
        TEXTS: pd.DataFrame(rows, columns=list(HEADINGS)),
        EXPLAINED: pd.DataFrame(explained, columns=["what", "meaning"]),
    }


# ---------------------------------------------------------------- from a file


class TextsFile:
    """The lines of a file of texts."""

    def __init__(self, path: Path) -> None:
        self._is_workbook = path.suffix.lower() == ".xlsx"
        heading, *self._lines = read_register(path)
        titles = [title.casefold() for title in heading.cells]
        missing = [title for title in HEADINGS if title not in titles]
        if missing:
            raise Refused(
                f"{path} has no column {', '.join(missing)}."
                " Take the file that `colloquio texts export` writes, and change the texts in it only."
            )
        self._columns = {title: titles.index(title) for title in HEADINGS}

    def read(self, languages: Sequence[str], terms: Terms) -> tuple[Texts, list[Mistake]]:
        """Every text that is there, and everything that is wrong; the texts are good if nothing is."""
        texts: dict[tuple[Occasion, str], OwnWords] = {}
        mistakes: list[Mistake] = []
        seen: dict[tuple[str, str], int] = {}
        for line in self._lines:
            occasion, language, subject, body = (self._text(line, title) for title in HEADINGS)
            mistakes += self._wrong_keys(line, occasion, language, languages, seen)
            mistakes += self._wrong_words(line, subject, body, terms)
            if occasion in OCCASIONS and language in languages:
                texts[Occasion(occasion), language] = OwnWords(subject, body)
        return texts, mistakes

    def _text(self, line: Line, title: str) -> str:
        column = self._columns[title]
        cell = line.cells[column] if column < len(line.cells) else ""
        return cell if self._is_workbook else as_meant(cell)

    def _cell(self, line: Line, title: str) -> str:
        """As "C5" of a workbook, or where a text editor finds it."""
        if self._is_workbook:
            from openpyxl.utils import get_column_letter  # noqa: PLC0415 - half a second, unless it is there already

            return f"{get_column_letter(self._columns[title] + 1)}{line.number}"
        return f"line {line.number}, {title}"

    def _wrong_keys(
        self, line: Line, occasion: str, language: str, languages: Sequence[str], seen: dict[tuple[str, str], int]
    ) -> Iterator[Mistake]:
        if occasion not in OCCASIONS:
            known = ", ".join(OCCASIONS)
            yield Mistake(self._cell(line, "occasion"), f"'{occasion}' is no occasion", f"Write one of: {known}.")
        if language not in languages:
            known = ", ".join(languages)
            yield Mistake(self._cell(line, "language"), f"'{language}' is no language here", f"Write one of: {known}.")
        if seen.setdefault((occasion, language), line.number) != line.number:
            what = f"{occasion} in {language} is already in line {seen[occasion, language]}"
            yield Mistake(self._cell(line, "occasion"), what, "Keep one of the two.")

    def _wrong_words(self, line: Line, subject: str, body: str, terms: Terms) -> Iterator[Mistake]:
        if not body:
            remedy = "Write it, or delete the whole row to have ours."
            yield Mistake(self._cell(line, "text"), "there is no text", remedy)
        if len(body) > LONGEST:
            what, remedy = f"{len(body)} characters are too many", f"Shorten the text to {LONGEST}."
            yield Mistake(self._cell(line, "text"), what, remedy)
        if len(subject) > LONGEST_SUBJECT:
            what, remedy = f"{len(subject)} characters are too many", f"Shorten the subject to {LONGEST_SUBJECT}."
            yield Mistake(self._cell(line, "subject"), what, remedy)
        if len(subject.splitlines()) > 1:
            yield Mistake(self._cell(line, "subject"), "there is a line break", "Write the subject in one line.")
        for title, text in (("subject", subject), ("text", body)):
            for what, remedy in _wrong_places(text, terms):
                yield Mistake(self._cell(line, title), what, remedy)


def _wrong_places(text: str, terms: Terms) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do."""
    places = ", ".join(f"{{{place}}}" for place in MEANINGS)
    for place in unknown_places(text):
        yield f"{{{place}}} is no place that can be filled", f"Write one of: {places}."
    if lone_braces(text):
        yield "a brace stands alone, or around something that is no name", f"Take it out, or write one of: {places}."
    unsaid: Mapping[str, object] = {"sender": terms.sender, "contact": terms.contact, "deadline": terms.closes_at}
    for place in unsaid:
        if not unsaid[place] and re.search(rf"\{{ *{place} *\}}", text):
            option = "--closes" if place == "deadline" else f"--{place}"
            yield (
                f"{{{place}}} would be empty: the survey does not say it",
                f"Take it out, or say it: colloquio survey change NAME {option} ...",
            )
