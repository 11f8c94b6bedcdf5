"""What has become of everybody in the register, in AAPOR's terms: counted in the database, never who."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import (
    BindParameter,
    Boolean,
    Case,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Status
from storage.tables import participants, sessions

SMALLEST_GROUP = 5
"""A group of fewer people is never shown by itself."""

MOST_GROUPS = 20
"""A column with more is no unit that anybody compares, unless it is asked for."""


class Disposition(StrEnum):
    """The outcome of one person; each person of a register has exactly one."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # not handed in, at least half of the questions done
    BREAK_OFF = "break-off"  # less than half, or said stop
    REFUSAL = "refusal"  # said no, also inside the questionnaire
    OPENED = "opened"  # came and answered nothing: an implicit refusal
    NON_CONTACT = "non-contact"
    UNDELIVERABLE = "undeliverable"
    NOT_ELIGIBLE = "not eligible"


Counts = Mapping[Disposition, int]
"""People by disposition; those of nobody are left out."""

_OF_SURVEY: BindParameter[int] = bindparam("survey")
_STATUS = sessions.c.status
_HAS_MORE: BindParameter[bool] = bindparam("has_more", type_=Boolean())
_NEVER_CAME = _STATUS.is_(None)
_HALF = and_(sessions.c.asked > 0, sessions.c.done * 2 >= sessions.c.asked)
_NOTHING = and_(sessions.c.asked > 0, sessions.c.done == 0)
SAID_NO_INSIDE = and_(_STATUS == Status.SUBMITTED, sessions.c.asked <= 1, _HAS_MORE)
"""Handed in when only one question had been asked, although the questionnaire `has_more`: the answer was no."""

DISPOSITION: Case[str] = case(
    (participants.c.excluded != "", Disposition.NOT_ELIGIBLE),
    (and_(_NEVER_CAME, participants.c.undeliverable != ""), Disposition.UNDELIVERABLE),
    (_NEVER_CAME, Disposition.NON_CONTACT),
    (or_(_STATUS == Status.DECLINED, SAID_NO_INSIDE), Disposition.REFUSAL),
    (_STATUS == Status.SUBMITTED, Disposition.COMPLETE),
    (or_(_STATUS == Status.NOTIFIED, and_(_STATUS == Status.ANSWERING, _NOTHING)), Disposition.OPENED),
    (or_(_STATUS == Status.REVIEWING, and_(_STATUS == Status.ANSWERING, _HALF)), Disposition.PARTIAL),
    else_=Disposition.BREAK_OFF,
)
_PEOPLE = participants.outerjoin(sessions, sessions.c.participant_id == participants.c.id)
_FIRST_PERSON = (
    select(participants.c.attributes)
    .where(participants.c.survey_id == _OF_SURVEY)
    .order_by(participants.c.person_id)
    .limit(1)
)


async def count_dispositions(
    connection: AsyncConnection, survey_id: int, column: str = "", *, has_more: bool = False
) -> dict[str, Counts]:
    """The people of each group of a register's column, by disposition; one group "" of all without a column.

    `has_more`: the questionnaire has more than one question, so that whoever was asked only one has said no.
    """
    group = _value(column) if column else literal("")
    judged = (
        select(group.label("name"), DISPOSITION.label("disposition"))
        .select_from(_PEOPLE)
        .where(participants.c.survey_id == _OF_SURVEY)
        .subquery()
    )
    counted = select(judged.c.name, judged.c.disposition, func.count()).group_by(judged.c.name, judged.c.disposition)
    of_survey = {"survey": survey_id, "has_more": has_more}
    groups: dict[str, dict[Disposition, int]] = {}
    for name, disposition, number in await connection.execute(counted, of_survey):
        groups.setdefault(name, {})[Disposition(disposition)] = number
    return dict(groups)


async def register_columns(connection: AsyncConnection, survey_id: int) -> list[str]:
    """The register's own columns, in its order."""
    return list(await connection.scalar(_FIRST_PERSON, {"survey": survey_id}) or {})


async def parting_column(connection: AsyncConnection, survey_id: int) -> str:
    """The first column that parts the eligible into 2 to 20 groups of at least 5; "" if none does."""
    for column in await register_columns(connection, survey_id):
        sizes = list(await connection.scalars(_sizes(column), {"survey": survey_id}))
        if 1 < len(sizes) <= MOST_GROUPS and min(sizes) >= SMALLEST_GROUP:
            return column
    return ""


def _sizes(column: str) -> Select[int]:
    eligible = (
        select(_value(column).label("name"))
        .where(participants.c.survey_id == _OF_SURVEY, participants.c.excluded == "")
        .subquery()
    )
    return select(func.count()).select_from(eligible).group_by(eligible.c.name).limit(MOST_GROUPS + 1)


def _value(column: str) -> ColumnElement[str]:
    """A person's value in a column of the register; "" for a blank one.

    SQLite finds no column whose title has a quotation mark or a backslash.
    """
    return func.coalesce(participants.c.attributes[column].as_string(), "")
