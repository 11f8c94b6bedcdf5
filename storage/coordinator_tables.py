"""The tables of who coordinates which surveys in a chat. They know neither participants nor responses."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false, text

from storage.columns import Moment
from storage.schema import schema

_IN_OFFICE = text("is_over = false")
_BOUND = text("is_over = false AND address IS NOT NULL")

coordinators = Table(
    "coordinators",
    schema,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),  # as the administrator calls this person
    Column("token_hash", String(64), nullable=False, unique=True),  # of the one-time link
    Column("link_ends_at", Moment, nullable=False),
    Column("channel", String(16)),  # whose account it is, once the link was used
    Column("address", Text),
    Column("bound_at", Moment),
    Column("is_over", Boolean, nullable=False, server_default=false()),  # removed, but the chat has its menu still
    Index("uq_coordinators_name", "name", unique=True, sqlite_where=_IN_OFFICE, postgresql_where=_IN_OFFICE),
    Index("uq_coordinators_address", "channel", "address", unique=True, sqlite_where=_BOUND, postgresql_where=_BOUND),
)

coordinated_surveys = Table(
    "coordinated_surveys",
    schema,
    Column("coordinator_id", ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True),
    Column("survey_id", ForeignKey("surveys.id"), primary_key=True),
)
