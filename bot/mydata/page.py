"""The file: one page of HTML that needs nothing beside itself, with the same as JSON at its end."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.mydata.sections import Section
from conversations.letters.deadline import moment_in_words
from conversations.phrases import Phrases
from storage.surveys import Survey

_JINJA = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class File:
    """All that stands in it; `survey` is None where it is about none; `now` is when it was read."""

    phrases: Phrases
    survey: Survey | None
    now: datetime
    sections: Sequence[Section]


def page_of(file: File) -> bytes:
    """The file as it is sent. Half a character, as a broken file may hold, cannot be encoded."""
    words = _words(file)
    values = {"file": file, "words": words, "document": _document(file, words)}
    return _JINJA.get_template("mydata.html").render(values).encode(errors="replace")


def _words(file: File) -> dict[str, str]:
    say, survey = file.phrases.say, file.survey
    contact = survey.contact if survey is not None else ""
    return {
        "title": say("All that is stored about you in the survey “{title}”", title=survey.title)
        if survey is not None
        else say("All that is stored about you"),
        "read_at": say("As it was on {moment}.", moment=moment_in_words(file.now, file.phrases)),
        "note": say(
            "Your personal link and the chat itself are not stored, only what recognises them. Files that you have "
            "sent, answers that nobody may read over your shoulder and what was worked out from these are named here, "
            "but not shown."
        ),
        "contact": contact and say("For your rights and for questions: {contact}", contact=contact),
        "nothing": say("Nothing is stored."),
        "for_programs": say("The same for programs (JSON)"),
    }


def _document(file: File, words: dict[str, str]) -> str:
    document = {
        "title": words["title"],
        "survey": file.survey.name if file.survey is not None else "",
        "read_at": file.now,
        "note": words["note"],
        "sections": [
            {
                "name": section.name,
                "title": section.title,
                "entries": [
                    [{"name": part.name, "label": part.label, "value": part.value} for part in entry]
                    for entry in section.entries
                ],
            }
            for section in file.sections
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_in_iso)


def _in_iso(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value).__name__)
