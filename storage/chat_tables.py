"""The table of what stands in chats: numbers and times of messages, nothing of what they say."""

from sqlalchemy import BigInteger, Column, SmallInteger, String, Table

from storage.columns import Moment
from storage.schema import schema

chat_messages = Table(
    "chat_messages",
    schema,
    Column("bucket", SmallInteger, primary_key=True),
    Column("chat_id", String(32), primary_key=True),
    Column("number", BigInteger, primary_key=True),  # the channel's own
    Column("said_at", Moment, nullable=False),  # to the hour
    sqlite_with_rowid=False,
)
