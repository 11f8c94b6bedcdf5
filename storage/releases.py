"""The log of what was let out of a survey: publications and exports."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.result_tables import releases

_COLUMNS = ("day", "kind", "who", "purpose", "responses", "data_hash", "options", "bases")
_LOG = (
    select(*(releases.c[name] for name in _COLUMNS))
    .where(releases.c.survey_id == bindparam("survey"))
    .order_by(releases.c.id)
)


class Kind(StrEnum):
    """How much was let out."""

    PUBLISHED = "published"  # aggregates, through the gate
    PROTECTED = "protected"  # micro-data without what singles somebody out
    WHOLE = "whole"  # micro-data as they are


@dataclass(frozen=True, slots=True)
class Release:
    """One release. `bases`: [question, by, [group, ...], people], as they were told; none of micro-data."""

    day: date
    kind: Kind
    who: str
    purpose: str
    responses: int
    data_hash: str
    options: Mapping[str, Any] = field(default_factory=dict)
    bases: Sequence[Sequence[Any]] = ()


async def log_release(connection: AsyncConnection, survey_id: int, release: Release) -> None:
    """Add it to the log of its survey."""
    await connection.execute(insert(releases), {"survey_id": survey_id, **asdict(release)})


async def list_releases(connection: AsyncConnection, survey_id: int) -> tuple[Release, ...]:
    """Everything that was let out of the survey, the first one first."""
    rows = await connection.execute(_LOG, {"survey": survey_id})
    return tuple(Release(row.day, Kind(row.kind), *row[2:]) for row in rows)
