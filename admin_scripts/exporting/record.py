"""The record of micro-data that were let out: when, by whom, what for, and which responses."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.disclosure.exports import Rows, refuse_few
from storage.engine import transaction
from storage.releases import Kind, Release, list_releases, log_release
from storage.surveys import Survey


@dataclass(frozen=True, slots=True)
class LetOut:
    """What an export lets out; `data_hash` says which responses, whatever is told of them, `beside` what else."""

    kind: Kind
    responses: int
    data_hash: str
    beside: Mapping[str, object] = field(default_factory=dict)


async def record(
    engine: AsyncEngine,
    survey: Survey,
    purpose: str,
    options: Mapping[str, object],
    let_out: LetOut,
    *,
    who: str = "",
) -> None:
    """Put it on record; what was let out to the same person for the same purpose on the same day is there once.

    `who` is "" for the user of this machine. Refused if another export that it may not stand beside has come meanwhile.
    """
    day = datetime.now(survey.zone).date()
    told = Release(
        day, let_out.kind, who or _who(), purpose, let_out.responses, let_out.data_hash, {**options, **let_out.beside}
    )
    async with transaction(engine) as connection:
        earlier = await list_releases(connection, survey.id)
        if let_out.kind is Kind.PROTECTED and "format" in options:
            refuse_few(Rows(let_out.responses, let_out.data_hash), earlier)
        if told not in [replace(one, bases=()) for one in earlier]:
            await log_release(connection, survey.id, told)


def _who() -> str:
    """The operating system's user, by number where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
