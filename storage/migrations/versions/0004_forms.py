"""Files beside a questionnaire, its compiled form, and surveys that nobody answers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "form_files",
        sa.Column("form_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["form_hash"], ["forms.hash"], name=op.f("fk_form_files_form_hash")),
        sa.PrimaryKeyConstraint("form_hash", "name", name=op.f("pk_form_files")),
    )
    op.create_table(
        "compiled_forms",
        sa.Column("form_hash", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["form_hash"], ["forms.hash"], name=op.f("fk_compiled_forms_form_hash")),
        sa.PrimaryKeyConstraint("form_hash", name=op.f("pk_compiled_forms")),
    )
    op.add_column("surveys", sa.Column("is_synthetic", sa.Boolean(), nullable=False, server_default=sa.false()))
