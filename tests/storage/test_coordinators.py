"""Coordinators in the database: one link, one account, some surveys."""

from datetime import timedelta

from sqlalchemy import select

from storage.coordinator_tables import coordinators
from storage.coordinators import (
    LINK_LASTS,
    Link,
    bound_and_over,
    find_coordinator,
    forget_coordinator,
    list_coordinators,
    name_coordinator,
    remove_coordinator,
    use_link,
)
from storage.engine import transaction
from tests.storage.field import NOON, Field, Sender

ANNA, EVE = Sender("telegram", "501"), Sender("telegram", "502")


async def test_the_token_is_not_in_the_database(field: Field):
    """Whoever copies the database can bind nothing with it."""
    async with transaction(field.engine) as connection:
        _, token = await name_coordinator(connection, "Anna", [field.survey], now=NOON)
        (row,) = await connection.execute(select(coordinators))
    assert token not in str(row)


async def test_a_link_binds_the_first_account_only(field: Field):
    """Opened again by the same account it is still its own; to another one it means nothing."""
    async with transaction(field.engine) as connection:
        _, token = await name_coordinator(connection, "Anna", [field.survey], now=NOON)
        assert await use_link(connection, "coord-made-up", ANNA, now=NOON) is Link.UNKNOWN
        assert await use_link(connection, token, ANNA, now=NOON) is Link.BOUND
        assert await use_link(connection, token, ANNA, now=NOON) is Link.BOUND
        assert await use_link(connection, token, EVE, now=NOON) is Link.UNKNOWN
        found = await find_coordinator(connection, ANNA)
        assert found is not None
        assert (found.name, [survey.name for survey in found.surveys]) == ("Anna", ["zones"])
        assert await find_coordinator(connection, EVE) is None


async def test_a_new_link_ends_the_one_before(field: Field):
    """As long as none was used; then there is no other."""
    async with transaction(field.engine) as connection:
        _, first = await name_coordinator(connection, "Anna", [field.survey], now=NOON)
        _, second = await name_coordinator(connection, "Anna", [field.survey], now=NOON)
        assert await use_link(connection, first, ANNA, now=NOON) is Link.UNKNOWN
        assert await use_link(connection, second, ANNA, now=NOON + LINK_LASTS) is Link.EXPIRED
        assert await use_link(connection, second, ANNA, now=NOON + LINK_LASTS - timedelta(1)) is Link.BOUND
        assert (await name_coordinator(connection, "Anna", [], now=NOON))[1] == ""


async def test_whoever_is_removed_ends_at_once_and_leaves_nothing(field: Field):
    """The number of the account is kept until its menu is gone; the same name and account may come again."""
    async with transaction(field.engine) as connection:
        for _ in range(2):
            _, token = await name_coordinator(connection, "Anna", [field.survey], now=NOON)
            assert await use_link(connection, token, ANNA, now=NOON) is Link.BOUND
            assert await remove_coordinator(connection, "Anna")
            assert await find_coordinator(connection, ANNA) is None
            assert await use_link(connection, token, ANNA, now=NOON) is Link.UNKNOWN
        assert not await list_coordinators(connection)
        bound, over = await bound_and_over(connection, "telegram")
        assert (bound, [sender for _, sender in over]) == ([], [ANNA, ANNA])
        for known, _ in over:
            await forget_coordinator(connection, known)
        assert not (await connection.execute(select(coordinators))).all()
