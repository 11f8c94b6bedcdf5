"""Who coordinates which surveys in a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_IN_OFFICE = sa.text("is_over = false")
_BOUND = sa.text("is_over = false AND address IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "coordinators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("link_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_over", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinators")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_coordinators_token_hash")),
    )
    for name, columns, where in (
        ("uq_coordinators_name", ["name"], _IN_OFFICE),
        ("uq_coordinators_address", ["channel", "address"], _BOUND),
    ):
        op.create_index(name, "coordinators", columns, unique=True, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "coordinated_surveys",
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["coordinators.id"],
            name=op.f("fk_coordinated_surveys_coordinator_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_coordinated_surveys_survey_id")),
        sa.PrimaryKeyConstraint("coordinator_id", "survey_id", name=op.f("pk_coordinated_surveys")),
    )
