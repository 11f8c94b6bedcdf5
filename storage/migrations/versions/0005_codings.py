"""Codes for open answers: the frames, and what coders made of each text."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "code_frames",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("variable", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_code_frames_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "variable", "code", name=op.f("pk_code_frames")),
    )
    op.create_table(
        "codings",
        sa.Column("response_id", sa.String(length=32), nullable=False),
        sa.Column("variable", sa.Text(), nullable=False),
        sa.Column("row", sa.String(length=32), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_codings_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "variable", "row", "coder", name=op.f("pk_codings")),
        sqlite_with_rowid=False,
    )
