"""Importing people and renewing invitations."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from storage.engine import snapshot, transaction
from storage.errors import PersonTwice, PersonUnknown, SecretChanged, SurveyUnknown
from storage.register import (
    Imported,
    Participant,
    Person,
    get_participant,
    import_people,
    participants,
    renew_invitation,
)
from storage.tables import participants as table
from storage.tokens import token_hash
from tests.storage.field import PEOPLE, SECRET, Field


async def bring(field: Field, people: list[Person]) -> Imported:
    async with transaction(field.engine) as connection:
        return await import_people(connection, field.survey.id, people, secret=SECRET)


async def everybody(field: Field) -> list[Participant]:
    async with snapshot(field.engine) as connection:
        return await participants(connection, field.survey.id)


async def test_importing_twice_changes_nothing(field: Field):
    """The second time everybody is unchanged, and so is every link."""
    before = await everybody(field)

    assert await bring(field, PEOPLE) == Imported(0, 0, 3)
    assert await everybody(field) == before


async def test_a_changed_row_keeps_its_link(field: Field):
    """Name, address, language, weight and attributes follow the register; the token stays; nobody is removed."""
    bea = replace(PEOPLE[1], email="bea@example.net", attributes={"area": "east", "role": "head"})

    assert await bring(field, [bea, Person("P9", "Dan")]) == Imported(1, 1, 0)

    found = {one.person.person_id: one for one in await everybody(field)}
    assert found["P2"].person == bea
    assert found["P2"].token(SECRET) == field.tokens["P2"]
    assert set(found) == {"P1", "P2", "P3", "P9"}


async def test_a_person_named_twice_is_refused(field: Field):
    """Two rows of one person would be two invitations."""
    with pytest.raises(PersonTwice, match="P9"):
        await bring(field, [Person("P9"), Person("P9", "again")])

    assert len(await everybody(field)) == 3


async def test_people_need_a_survey(field: Field):
    """A survey that is not there is named in the refusal."""
    with pytest.raises(SurveyUnknown, match="999"):
        async with transaction(field.engine) as connection:
            await import_people(connection, 999, PEOPLE, secret=SECRET)


async def test_the_same_person_has_another_link_in_another_survey(field: Field, identified: Field):
    """Surveys share nobody."""
    assert field.tokens.keys() == identified.tokens.keys()
    assert not set(field.tokens.values()) & set(identified.tokens.values())


async def test_only_the_hash_of_a_token_is_stored(field: Field):
    """Who reads the database cannot answer for anybody."""
    async with snapshot(field.engine) as connection:
        rows = str((await connection.execute(select(table))).all())

    assert not any(token in rows for token in field.tokens.values())
    assert all(token_hash(token) in rows for token in field.tokens.values())


async def test_another_secret_is_noticed(field: Field):
    """Links made with it would open nothing."""
    with pytest.raises(SecretChanged, match="secret key"):
        (await everybody(field))[0].token(b"another secret")


async def test_a_renewed_invitation_has_another_token(field: Field):
    """The earlier ones are never given again."""
    tokens = [field.tokens["P1"]]
    for _ in range(2):
        async with transaction(field.engine) as connection:
            tokens.append(await renew_invitation(connection, field.survey.id, "P1", secret=SECRET))

    assert len(set(tokens)) == 3
    assert (await everybody(field))[0].token(SECRET) == tokens[-1]


async def test_only_people_of_the_register_can_be_renewed(field: Field):
    """The person is named in the refusal."""
    with pytest.raises(PersonUnknown, match="P7"):
        async with transaction(field.engine) as connection:
            await renew_invitation(connection, field.survey.id, "P7", secret=SECRET)


async def test_one_person_can_be_looked_up(field: Field):
    """With the invitation as it is now; who is not in the register is named in the refusal."""
    async with snapshot(field.engine) as connection:
        found = await get_participant(connection, field.survey.id, "P2")
        with pytest.raises(PersonUnknown, match="P7"):
            await get_participant(connection, field.survey.id, "P7")

    assert (found.person, found.token(SECRET)) == (PEOPLE[1], field.tokens["P2"])
