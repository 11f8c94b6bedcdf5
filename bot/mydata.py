"""What is stored about a person, as a file for this person: JSON in which every value stands beside what it is."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.shelf import FormShelf
from conversations.languages import tag_of
from conversations.phrases import Phrases, phrases_for
from conversations.told_back import Told, told_draft, told_response
from storage.chats import Sender
from storage.mydata import Holding, Row, holding_of
from storage.sessions import StoredSession
from storage.turns import open_turn

FILE_NAME = "mydata.json"


class MyData:
    """The file of each. Reads only; raises StorageError only."""

    def __init__(self, engine: AsyncEngine, forms: FormShelf, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._forms = forms
        self._clock = clock

    async def of(self, sender: Sender) -> bytes | None:
        """All that is stored in the survey this sender is at, and nothing else; None for who is in none."""
        now = self._clock()
        async with open_turn(self._engine, sender, None, now=now) as opened:
            stored = opened.stored
            if stored is None:
                return None
            form = await self._forms.form(opened.connection, stored.form_hash)
            held = await holding_of(opened.connection, stored)
        terms, session, local = stored.survey.terms, stored.session, now.astimezone(stored.survey.zone)
        told: tuple[Told, ...] = ()
        if held.response:
            given = [(ref, value) for ref, value in held.response[0]["answers"]]
            told = told_response(form, terms, session, given, now=local)
        elif session.filled:
            told = told_draft(form, terms, session, held.history, now=local)
        document = _document(phrases_for(tag_of(session.language)), stored, held, told)
        return json.dumps(document, ensure_ascii=False, indent=2, default=_in_iso).encode()


def _document(phrases: Phrases, stored: StoredSession, held: Holding, told: Iterable[Told]) -> dict[str, object]:
    say, survey = phrases.say, stored.survey
    sections = [
        ("person", say("You in the list of people who are invited"), _labelled(held.person, _of_person(phrases))),
        (
            "session",
            say("Your progress"),
            _labelled([row | {"receipt": stored.session.receipt} for row in held.session], _of_session(phrases)),
        ),
        ("chat", say("Where you answer"), _labelled(held.chat, _of_chat(phrases))),
        ("messages", say("Messages sent to you about the survey"), _labelled(held.letters, _of_letters(phrases))),
        ("response", say("What you handed in"), _labelled(held.response, _of_response(phrases))),
        ("answers", say("Your answers"), [_answer(phrases, one) for one in told]),
        ("codes", say("How your answers in your own words were classified"), _labelled(held.codes, _of_codes(phrases))),
    ]
    return {
        "title": say("All that is stored about you in the survey “{title}”", title=survey.title),
        "survey": survey.name,
        "note": say(
            "Your personal link and the chat itself are not stored, only what recognises them. Files that you have "
            "sent and answers that nobody may read over your shoulder are named here, but not shown."
        ),
        "sections": [{"name": name, "title": title, "entries": entries} for name, title, entries in sections],
    }


def _labelled(rows: Iterable[Row], words: Mapping[str, str]) -> list[list[dict[str, object]]]:
    return [[{"name": name, "label": label, "value": row[name]} for name, label in words.items()] for row in rows]


def _answer(phrases: Phrases, told: Told) -> list[dict[str, object]]:
    say = phrases.say
    return [
        {"name": "name", "label": say("Question by name"), "value": told.ref},
        {"name": "question", "label": say("Question"), "value": told.question},
        {"name": "answer", "label": say("Your answer"), "value": told.answer},
        {"name": "value", "label": say("Answer as it is stored"), "value": told.value},
    ]


def _of_person(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {
        "person_id": say("Identifier"),
        "name": say("Name"),
        "email": say("E-mail address"),
        "language": say("Language"),
        "weight": say("Weight in the results"),
        "attributes": say("Further columns of the list"),
        "is_quiet": say("You want no more messages"),
        "undeliverable": say("Why an e-mail came back"),
        "excluded": say("Why you are not asked"),
    }


def _of_session(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {
        "status": say("State"),
        "active_at": say("Hour of your last answer"),
        "done": say("Questions answered"),
        "asked": say("Questions in all"),
        "form_hash": say("Version of the questionnaire"),
        "receipt": say("Receipt"),
    }


def _of_chat(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {
        "channel": say("Channel"),
        "address": say("What recognises your account or browser"),
        "is_blocked": say("You have closed the chat to us"),
        "messages": say("Recent messages whose numbers are kept, to clear the chat"),
    }


def _of_letters(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {
        "occasion": say("Occasion"),
        "channel": say("Channel"),
        "state": say("State"),
        "due_at": say("Planned for"),
        "sent_at": say("Sent on"),
    }


def _of_response(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {
        "language": say("Language"),
        "submitted_on": say("Day"),
        "submitted_at": say("Time, where it is kept"),
    }


def _of_codes(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {"variable": say("Question by name"), "row": say("Row"), "codes": say("Codes")}


def _in_iso(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value).__name__)
