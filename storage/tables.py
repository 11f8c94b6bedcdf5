"""The schema and nothing else: groups of tables that share as little as possible.

The roster says who may be asked, the sessions what is being said, the responses what was handed in. Only
`response_links` ties a person to a response: the key table of the confidential mode, which can be dropped. What is
made of the responses is in `result_tables`.
Every key of a respondent's rows begins with his bucket, so that the rows can be spread over machines.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage import chat_tables, coordinator_tables, result_tables  # noqa: F401 - they belong to the same schema
from storage.columns import Moment
from storage.schema import schema

metadata = schema
_LEASED = text("lease_until IS NOT NULL")

# ---------------------------------------------------------------- in no group

bots = Table("bots", metadata, Column("username", Text, primary_key=True), Column("seen_at", Moment, nullable=False))

# ---------------------------------------------------------------- roster

forms = Table(
    "forms",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("xform", Text, nullable=False),
    Column("source", LargeBinary, nullable=False),  # the workbook as the author gave it
)

form_files = Table(
    "form_files",
    metadata,
    Column("form_hash", ForeignKey("forms.hash"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),  # a list of choices, a picture: what stands beside the workbook
)

compiled_forms = Table(
    "compiled_forms",
    metadata,
    Column("form_hash", ForeignKey("forms.hash"), primary_key=True),
    Column("engine", String(64), nullable=False),  # which program compiled it; any other compiles it anew
    Column("content", LargeBinary, nullable=False),
)

surveys = Table(
    "surveys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("form_hash", ForeignKey("forms.hash"), nullable=False),
    Column("mode", String(12), nullable=False),
    Column("sender", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("opens_at", Moment),
    Column("closes_at", Moment),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    Column(
        "is_synthetic", Boolean, nullable=False, server_default=false()
    ),  # answered by nobody, for rehearsal; for ever
    CheckConstraint("mode IN ('identified', 'confidential', 'anonymous')", name="mode"),
)

participants = Table(
    "participants",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), nullable=False),
    Column("person_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("weight", Float, nullable=False),
    Column("attributes", JSON, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("next_token_hash", String(64)),  # a link sent anew: it replaces the old one when it is used
    Column("is_quiet", Boolean, nullable=False, server_default=false()),  # wants no reminders
    Column("undeliverable", Text, nullable=False, server_default=""),  # what came back from the address: "5.1.1"
    Column("excluded", Text, nullable=False, server_default=""),  # why this person is not eligible
    UniqueConstraint("survey_id", "person_id"),
    Index("uq_participants_next_token_hash", "next_token_hash", unique=True),
)

# ---------------------------------------------------------------- sessions

chats = Table(
    "chats",
    metadata,
    Column("bucket", SmallInteger, primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("id", String(32), nullable=False),
    Column("session_bucket", SmallInteger),  # a renewed invitation may bring a session to a chat of another bucket
    Column("session_id", String(32)),
    Column("shown_message", Text, nullable=False),
    Column("shown_place", Text, nullable=False),
    Column("shown_revision", Integer, nullable=False),
    Column("is_blocked", Boolean, nullable=False, server_default=false()),  # nobody reads there any more
    Column("clear_to", BigInteger),  # the messages up to this number are still to be deleted there
    Index(None, "id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("bucket", SmallInteger, primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), nullable=False),
    Column("participant_id", ForeignKey("participants.id"), nullable=False, unique=True),
    Column("chat_id", String(32)),  # the chat it is bound to; none after the invitation was renewed
    Column("sealed_for", String(32)),  # the only chat in which it goes on: others have a link that somebody else saw
    Column("form_hash", ForeignKey("forms.hash"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("record", JSON, nullable=False),
    Column("active_at", Moment),  # to the hour, and only until the session is handed in
    Column("done", Integer, nullable=False, server_default="0"),  # questions answered, of
    Column("asked", Integer, nullable=False, server_default="0"),  # those that are relevant
    Index(None, "survey_id", "status"),
    Index(None, "chat_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("bucket", SmallInteger, primary_key=True),
    Column("session_id", String(32), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("value", Text, nullable=False),
    ForeignKeyConstraint(["bucket", "session_id"], ["sessions.bucket", "sessions.id"], ondelete="CASCADE"),
)

claims = Table(
    "claims",
    metadata,
    Column("bucket", SmallInteger, primary_key=True),
    Column("digest", LargeBinary(16), primary_key=True),  # neither an address nor an update's number is kept
    Column("day", Date, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# ---------------------------------------------------------------- what the system says on its own

waves = Table(
    "waves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("ran_at", Moment),
    UniqueConstraint("survey_id", "kind", "planned_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("participant_id", ForeignKey("participants.id"), primary_key=True),
    Column("occasion", String(24), primary_key=True),  # "w12" of a wave, "r3-20261122" of a link sent anew
    Column("wave_id", ForeignKey("waves.id"), index=True),
    Column("channel", String(16), nullable=False),
    Column("state", String(12), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Moment),
    Column("reason", Text, nullable=False),  # why it is not sent, or not yet
    Column("said", String(16), nullable=False),  # the occasion in whose words it was sent
    Column("sent_at", Moment),
    Index(None, "channel", "state", "due_at", "participant_id"),  # in the order in which messages leave
    Index(None, "lease_until", sqlite_where=_LEASED, postgresql_where=_LEASED),
)

rates = Table(
    "rates",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("next_at", Float, nullable=False),  # seconds since the epoch
)

texts = Table(
    "texts",
    metadata,
    Column("survey_id", ForeignKey("surveys.id"), primary_key=True),
    Column("occasion", String(16), primary_key=True),
    Column("language", Text, primary_key=True),  # an IETF tag
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# ---------------------------------------------------------------- responses

responses = Table(
    "responses",
    metadata,
    Column("id", String(32), primary_key=True),  # random
    Column("survey_id", ForeignKey("surveys.id"), nullable=False),
    Column("form_hash", ForeignKey("forms.hash"), nullable=False),
    Column("language", Text, nullable=False),
    Column("submitted_on", Date, nullable=False),  # the day in the survey's time zone
    Column("submitted_at", Moment),  # where the mode allows it
    Column("answers", JSON, nullable=False),  # [[path, value], ...] in document order
    Index(None, "survey_id", "id", "form_hash"),  # in order, without the answers
    sqlite_with_rowid=False,  # the physical order of rows would tell who handed in when
)

response_links = Table(
    "response_links",
    metadata,
    Column("participant_id", ForeignKey("participants.id"), primary_key=True),
    Column(
        "response_id", ForeignKey("responses.id", deferrable=True, initially="DEFERRED"), nullable=False, unique=True
    ),
    sqlite_with_rowid=False,
)
