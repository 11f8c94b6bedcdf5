"""The ids and versions of a survey's responses are read in their order without the answers, which are long."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index(
        op.f("ix_responses_survey_id_id_form_hash"), "responses", ["survey_id", "id", "form_hash"], unique=False
    )
    op.drop_index(op.f("ix_responses_survey_id"), "responses")
