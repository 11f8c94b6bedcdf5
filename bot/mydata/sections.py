"""What is stored as sections of the file: every value beside what it is, as it is stored and in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.markdown import read_markdown
from bot.mydata import labels
from bot.mydata.told import AllTold
from bot.mydata.values import Values
from conversations.phrases import Phrases
from conversations.told_back import Told
from storage.mydata import Holding, Row
from storage.sessions import StoredSession


@dataclass(frozen=True, slots=True)
class Part:
    """`words` is "" for what is of use to programs only, and where nothing is stored."""

    name: str
    label: str
    value: object
    words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of parts; `is_told`: they are answers, whose labels are the questions."""

    name: str
    title: str
    entries: Sequence[Sequence[Part]]
    is_told: bool = False


def sections_of(phrases: Phrases, stored: StoredSession, held: Holding, told: AllTold) -> tuple[Section, ...]:
    """All of them, also those without an entry; first what the person has said."""
    say, session = phrases.say, stored.session
    values = Values(phrases, stored.survey.zone)
    extra = {
        "language": session.language,
        "place": session.place,
        "looked_for": session.part,
        "typed": len(session.typed),
        "receipt": session.receipt,
    }
    rows = (
        ("response", say("What you handed in"), held.response, labels.of_response(phrases)),
        ("codes", say("How your answers in your own words were classified"), held.codes, labels.of_codes(phrases)),
        ("session", say("Your progress"), [row | extra for row in held.session], labels.of_session(phrases)),
        ("person", say("You in the list of people who are invited"), held.person, labels.of_person(phrases)),
        ("chat", say("Where you answer"), held.chat, labels.of_chat(phrases)),
        ("messages", say("Messages sent to you about the survey"), held.letters, labels.of_letters(phrases)),
    )
    return (
        Section("answers", say("Your answers"), _told(phrases, told.answers), is_told=True),
        Section("unconfirmed", say("Not confirmed yet"), _told(phrases, told.unconfirmed), is_told=True),
        Section("before", say("Known from the survey before"), _told(phrases, told.before), is_told=True),
        *(Section(name, title, _labelled(values, found, words)) for name, title, found, words in rows),
        coordinated(values, phrases, held.coordinates),
    )


def coordinated(values: Values, phrases: Phrases, rows: Iterable[Row]) -> Section:
    """The surveys that this account may follow."""
    title, words = phrases.say("Surveys that you coordinate"), labels.of_coordinated(phrases)
    return Section("coordinates", title, _labelled(values, rows, words))


def _labelled(values: Values, rows: Iterable[Row], words: Mapping[str, str]) -> list[list[Part]]:
    return [
        [Part(name, label, row[name], values.in_words(name, row[name])) for name, label in words.items()]
        for row in rows
    ]


def _told(phrases: Phrases, told: Sequence[Told]) -> list[list[Part]]:
    latest = {one.ref: number for number, one in enumerate(told)}
    return [_answer(phrases, one, is_changed=latest[one.ref] != number) for number, one in enumerate(told)]


def _answer(phrases: Phrases, told: Told, *, is_changed: bool) -> list[Part]:
    say = phrases.say
    name = told.ref.rpartition("/")[2]
    return [
        Part("name", say("Question by name"), told.ref),
        Part("question", say("Question"), told.question, _plain(told.question) or name),
        Part("answer", say("Your answer"), told.answer, told.answer or say("No answer")),
        Part("value", say("Answer as it is stored"), told.value),
        Part("is_changed", say("Changed later"), is_changed, say("Changed later") if is_changed else ""),
    ]


def _plain(markdown: str) -> str:
    """Without the signs that make words bold."""
    return "\n".join("".join(span.text for span in line.spans) for line in read_markdown(markdown)).strip()
