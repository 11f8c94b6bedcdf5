"""What stands in chats, so that it can be deleted there."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "chat_messages",
        sa.Column("bucket", sa.SmallInteger(), nullable=False),
        sa.Column("chat_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "chat_id", "number", name=op.f("pk_chat_messages")),
        sqlite_with_rowid=False,
    )
    op.add_column("chats", sa.Column("clear_to", sa.BigInteger()))
