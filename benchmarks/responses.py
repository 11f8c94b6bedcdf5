"""A survey of 30 questions with as many responses as wanted, written straight into a SQLite database of our schema.

python -m benchmarks.responses DATABASE COUNT
"""

import asyncio
import json
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from benchmarks.questions import LISTS, QUESTIONS
from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Mode
from storage.engine import open_engine, transaction
from storage.forms import save_form
from storage.migrate import migrate
from storage.surveys import NewSurvey, create_survey

NAME = "benchmark"
BLOCK = 10_000
LEFT_OUT = 0.1
WORDS = (
    "rules",
    "staff",
    "delays",
    "funds",
    "towns",
    "zones",
    "offices",
    "plans",
    "roads",
    "water",
    "schools",
    "energy",
)
INSERT = "INSERT INTO responses (id, survey_id, form_hash, language, submitted_on, answers) VALUES (?, ?, ?, ?, ?, ?)"
DRAWN: Mapping[str, Callable[[random.Random], str]] = {
    "select_one steps": lambda draw: draw.choice(LISTS["steps"]),
    "select_one towns": lambda draw: draw.choice(LISTS["towns"]),
    "select_multiple services": lambda draw: " ".join(draw.sample(LISTS["services"], draw.randint(1, 3))),
    "integer": lambda draw: str(draw.randrange(300)),
    "decimal": lambda draw: f"{draw.uniform(0, 1000):.2f}",
    "date": lambda draw: str(date(2026, 1, 1) + timedelta(days=draw.randrange(365))),
    "text": lambda draw: " ".join(draw.choices(WORDS, k=6)),
}


async def make(database: Path, count: int) -> None:
    """The survey with so many responses, in a new database."""
    engine = open_engine(f"sqlite:///{database}")
    await migrate(engine)
    source = _workbook()
    async with transaction(engine) as connection:
        form_hash = await save_form(connection, read_xlsform(source).xform or "", source)
        survey = await create_survey(connection, NewSurvey(NAME, "Benchmark", form_hash, Mode.CONFIDENTIAL))
    await engine.dispose()
    with closing(sqlite3.connect(database)) as file, file:
        file.execute("PRAGMA synchronous = OFF")
        file.executemany(
            INSERT,
            ((f"{number:032x}", survey.id, form_hash, "", "2026-11-23", text) for number, text in _answers(count)),
        )


def _answers(count: int) -> Iterator[tuple[int, str]]:
    """The JSON of each response; every tenth answer is left out."""
    draw = random.Random(count)  # noqa: S311 - no secret
    drawn = [[_answer(name, kind, draw) for _ in range(1000)] for name, kind in QUESTIONS]
    for first in range(0, count, BLOCK):
        columns = [draw.choices(answers, k=min(BLOCK, count - first)) for answers in drawn]
        for number, row in enumerate(zip(*columns, strict=True), start=first):
            yield number, f"[{','.join(row)}]"


def _answer(name: str, kind: str, draw: random.Random) -> str:
    value = "" if draw.random() < LEFT_OUT else DRAWN[kind](draw)
    return json.dumps([f"/data/{name}", value], separators=(",", ":"))


def _workbook() -> bytes:
    book, held = Workbook(), BytesIO()
    survey, choices = book.active, book.create_sheet("choices")
    survey.title = "survey"
    survey.append(("type", "name", "label"))
    for name, kind in QUESTIONS:
        survey.append((kind, name, f"Question {name}"))
    choices.append(("list_name", "name", "label"))
    for list_name, names in LISTS.items():
        for name in names:
            choices.append((list_name, name, f"Choice {name}"))
    book.save(held)
    return held.getvalue()


if __name__ == "__main__":
    asyncio.run(make(Path(sys.argv[1]), int(sys.argv[2])))
