"""Waves, what is to be sent, and what is known of people's wishes and addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _widen()
    op.create_table(
        "waves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_waves_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waves")),
        sa.UniqueConstraint("survey_id", "kind", "planned_at", name=op.f("uq_waves_survey_id_kind_planned_at")),
    )
    op.create_table(
        "outbox",
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=24), nullable=False),
        sa.Column("wave_id", sa.Integer()),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_outbox_participant_id")),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name=op.f("fk_outbox_wave_id")),
        sa.PrimaryKeyConstraint("participant_id", "occasion", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_wave_id"), "outbox", ["wave_id"])
    op.create_index(
        op.f("ix_outbox_channel_state_due_at_participant_id"),
        "outbox",
        ["channel", "state", "due_at", "participant_id"],
    )
    leased = sa.text("lease_until IS NOT NULL")
    op.create_index(
        op.f("ix_outbox_lease_until"), "outbox", ["lease_until"], sqlite_where=leased, postgresql_where=leased
    )
    op.create_table(
        "rates",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("next_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_rates")),
    )
    op.create_table(
        "texts",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=16), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_texts_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "occasion", "language", name=op.f("pk_texts")),
    )


def _widen() -> None:
    """Columns only, so that no table has to be written anew."""
    for column in (
        sa.Column("next_token_hash", sa.String(length=64)),
        sa.Column("is_quiet", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("undeliverable", sa.Text(), nullable=False, server_default=""),
        sa.Column("excluded", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("participants", column)
    op.create_index("uq_participants_next_token_hash", "participants", ["next_token_hash"], unique=True)
    op.add_column("chats", sa.Column("is_blocked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_chats_id"), "chats", ["id"])
    op.create_index(op.f("ix_sessions_chat_id"), "sessions", ["chat_id"])
    op.add_column("sessions", sa.Column("sealed_for", sa.String(length=32)))
    op.add_column("sessions", sa.Column("active_at", sa.DateTime(timezone=True)))
    op.add_column("sessions", sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sessions", sa.Column("asked", sa.Integer(), nullable=False, server_default="0"))
