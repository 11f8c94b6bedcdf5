"""Every column that holds something about a person is told to this person, or is here with the reason why not."""

from sqlalchemy import Column

from bot.mydata import labels
from conversations.phrases import phrases_for
from conversations.protocol import Session
from storage.mydata import ALL
from storage.tables import metadata

OF_NOBODY = {
    *("bots", "claims", "code_frames", "compiled_forms", "form_files", "forms", "rates", "releases", "surveys"),
    *("texts", "waves", "coordinated_surveys"),
}
"""No row of these is about one person; of `claims` nobody can tell. What of them is told stands under TOLD."""

TOLD = {
    *(f"participants.{name}" for name in ("person_id", "name", "email", "language", "weight", "attributes")),
    *(f"participants.{name}" for name in ("generation", "is_quiet", "undeliverable", "excluded")),
    *(f"sessions.{name}" for name in ("status", "active_at", "done", "asked", "form_hash")),
    *(f"chats.{name}" for name in ("channel", "address", "is_blocked")),
    *(f"outbox.{name}" for name in ("occasion", "channel", "state", "due_at", "sent_at", "reason", "attempts")),
    *(f"answers.{name}" for name in ("path", "value")),
    *(f"responses.{name}" for name in ("language", "submitted_on", "submitted_at", "form_hash", "answers")),
    *(f"codings.{name}" for name in ("variable", "row", "codes")),
    *(f"coordinators.{name}" for name in ("name", "bound_at", "is_over")),
    *("waves.kind", "surveys.title"),
}

_NUMBER = "a number of ours, which says nothing about the person"
_HASH = "recognises a link and tells nothing; shown, it would only be one more thing to keep"
_SAME = "the same as is told of the chat, or of the session"
_MESSAGES = "the channel's number of a message; how many there are is told"
_SPREAD = "which of 256 parts of the table a row is in"

NOT_TOLD = {
    "participants.id": _NUMBER,
    "participants.survey_id": "the survey that the title of the file names",
    "participants.token_hash": _HASH,
    "participants.next_token_hash": _HASH,
    "chats.bucket": _SPREAD,
    "chats.id": _NUMBER,
    "chats.session_bucket": _SPREAD,
    "chats.session_id": _NUMBER,
    "chats.shown_message": _MESSAGES,
    "chats.shown_place": "the place is told, which is the same unless a message is on its way",
    "chats.shown_revision": _NUMBER,
    "chats.clear_to": _MESSAGES,
    "chat_messages.bucket": _SPREAD,
    "chat_messages.chat_id": _NUMBER,
    "chat_messages.number": _MESSAGES,
    "chat_messages.said_at": "the hour of a message that stands in the chat with its time; gone after 48 hours",
    "sessions.bucket": _SPREAD,
    "sessions.id": _NUMBER,
    "sessions.survey_id": "the survey that the title of the file names",
    "sessions.participant_id": _NUMBER,
    "sessions.chat_id": _NUMBER,
    "sessions.sealed_for": "which chat may go on after a link was renewed: the one that is told",
    "sessions.revision": "counts what was heard",
    "sessions.record": "field by field, below",
    "answers.bucket": _SPREAD,
    "answers.session_id": _NUMBER,
    "answers.revision": "the answers are told in this order",
    "outbox.participant_id": _NUMBER,
    "outbox.wave_id": _NUMBER,
    "outbox.lease_until": "until when a process holds a message, some seconds",
    "outbox.said": "in which words it was sent, told as its kind",
    "responses.id": "with it, whoever sees the file could find the row in an export",
    "responses.survey_id": "the survey that the title of the file names",
    "response_links.participant_id": _NUMBER,
    "response_links.response_id": "as responses.id",
    "codings.response_id": "as responses.id",
    "codings.coder": "another person's name",
    "coordinators.id": _NUMBER,
    "coordinators.token_hash": _HASH,
    "coordinators.link_ends_at": "of a link that was used",
    "coordinators.channel": _SAME,
    "coordinators.address": _SAME,
}

TOLD_OF_SESSION = {
    "status": "in its column",
    "language": "as it is",
    "place": "as it is",
    "draft": "in words, as not confirmed yet",
    "left": "its draft in words, as not confirmed yet",
    "part": "as it is",
    "typed": "how many messages",
    "receipt": "as it is",
    "progress": "in the columns done and asked",
    "filled": "as answers, in words; secrets and what follows from them are named",
}
NOT_TOLD_OF_SESSION = {
    "seed": "a die: the order of choices follows from it, and the receipt, which is told",
    "revision": "counts what was heard",
    "page": "which page of choices the chat shows",
    "seen": "which questions were asked: those with an answer, and the next",
    "passed": "which questions were left out: those without an answer",
    "cleared": "which answers do not stand in the chat any more",
    "renewal": "what the next message will say of a newer version: some of the answers that are told",
    "unknown": "of a later version of the program, which tells it",
}


def columns() -> set[str]:
    """All of the tables that know people."""
    tables = (table for table in metadata.sorted_tables if table.name not in OF_NOBODY)
    return {f"{table.name}.{column.name}" for table in tables for column in table.columns}


def test_every_column_about_a_person_is_told_or_has_a_reason_not_to_be():
    """A new one, and a new table, have to be argued for here."""
    assert metadata.tables.keys() >= OF_NOBODY
    assert columns() == (TOLD - {"waves.kind", "surveys.title"}) | NOT_TOLD.keys()
    assert not TOLD & NOT_TOLD.keys()


def test_every_field_of_a_session_is_told_or_has_a_reason_not_to_be():
    """What a row of `sessions` holds as one document."""
    assert set(Session.__dataclass_fields__) == TOLD_OF_SESSION.keys() | NOT_TOLD_OF_SESSION.keys()
    assert not TOLD_OF_SESSION.keys() & NOT_TOLD_OF_SESSION.keys()


def test_what_the_table_says_is_told_is_what_is_read():
    """Column by column; the number of messages is counted."""
    selected = {column for statement in ALL.values() for column in statement.selected_columns}
    assert {f"{one.table.name}.{one.name}" for one in selected if isinstance(one, Column)} == TOLD


def test_all_that_is_read_has_a_label_in_the_file():
    """Answers have their questions."""
    phrases = phrases_for("it")
    by_name = {
        "person": labels.of_person,
        "session": labels.of_session,
        "chat": labels.of_chat,
        "letters": labels.of_letters,
        "response": labels.of_response,
        "codes": labels.of_codes,
        "coordinates": labels.of_coordinated,
    }
    for name, words in by_name.items():
        read = {column.name for column in ALL[name].selected_columns}
        assert read - {"answers"} <= words(phrases).keys(), name
    assert ALL.keys() - by_name.keys() == {"history"}
