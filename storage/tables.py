"""The schema and nothing else: three groups of tables that share as little as possible.

The roster says who may be asked, the sessions what is being said, the responses what was handed in. Only
`response_links` ties a person to a response: the key table of the confidential mode, which can be dropped.
Every key of a respondent's rows begins with his bucket, so that the rows can be spread over machines.
"""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Moment

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# ---------------------------------------------------------------- in no group

bots = Table(
    "bots",
    metadata,
    Column("username", Text, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

# ---------------------------------------------------------------- roster

forms = Table(
    "forms",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("xform", Text, nullable=False),
    Column("source", LargeBinary, nullable=False),  # the workbook as the author gave it
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
    UniqueConstraint("survey_id", "person_id"),
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
)

sessions = Table(
    "sessions",
    metadata,
    Column("bucket", SmallInteger, primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), nullable=False),
    Column("participant_id", ForeignKey("participants.id"), nullable=False, unique=True),
    Column("chat_id", String(32)),  # the chat it is bound to; none after the invitation was renewed
    Column("form_hash", ForeignKey("forms.hash"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("record", JSON, nullable=False),
    Index(None, "survey_id", "status"),
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

# ---------------------------------------------------------------- responses

responses = Table(
    "responses",
    metadata,
    Column("id", String(32), primary_key=True),  # random
    Column("survey_id", ForeignKey("surveys.id"), nullable=False, index=True),
    Column("form_hash", ForeignKey("forms.hash"), nullable=False),
    Column("language", Text, nullable=False),
    Column("submitted_on", Date, nullable=False),  # the day in the survey's time zone
    Column("submitted_at", Moment),  # where the mode allows it
    Column("answers", JSON, nullable=False),  # [[path, value], ...] in document order
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
