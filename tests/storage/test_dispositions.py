"""Everybody in the register has exactly one disposition, and where people have stopped is counted."""

from collections import Counter
from itertools import product

import pytest

from conversations.protocol import Mode, Status
from storage.dispositions import Disposition, count_dispositions, parting_column, register_columns
from storage.engine import snapshot
from storage.reading import count_breakdown, count_places
from tests.storage.crowd import One, add
from tests.storage.field import Field, plan_survey

PROGRESS = [(0, 0), (0, 9), (1, 9), (4, 9), (5, 9), (4, 8), (9, 9)]


def expected(one: One) -> Disposition:
    """The rules, as they are written in the README of admin_scripts."""
    if one.excluded:
        return Disposition.NOT_ELIGIBLE
    if one.status is None:
        return Disposition.UNDELIVERABLE if one.undeliverable else Disposition.NON_CONTACT
    if one.status is Status.ANSWERING:
        if one.asked and not one.done:
            return Disposition.OPENED
        return Disposition.PARTIAL if one.asked and one.done * 2 >= one.asked else Disposition.BREAK_OFF
    return {
        Status.SUBMITTED: Disposition.COMPLETE,
        Status.DECLINED: Disposition.REFUSAL,
        Status.NOTIFIED: Disposition.OPENED,
        Status.REVIEWING: Disposition.PARTIAL,
        Status.STOPPED: Disposition.BREAK_OFF,
    }[one.status]


EVERYBODY = [
    One(status, *progress, undeliverable=undeliverable, excluded=excluded, attributes={"status": str(status)})
    for status, progress, undeliverable, excluded in product(
        [None, *Status], PROGRESS, ["", "5.1.1"], ["", "has left the organisation"]
    )
]


@pytest.fixture
async def empty(field: Field) -> Field:
    """A survey with nobody in its register."""
    return await plan_survey(field.engine, "crowd", Mode.CONFIDENTIAL, people=())


async def test_the_dispositions_part_the_register(empty: Field):
    """Whatever a person's status, progress, address and eligibility are together."""
    await add(empty.engine, empty.survey, *EVERYBODY)

    async with snapshot(empty.engine) as connection:
        found = await count_dispositions(connection, empty.survey.id)

    assert found == {"": Counter(map(expected, EVERYBODY))}
    assert sum(found[""].values()) == len(EVERYBODY)
    assert found[""].keys() == set(Disposition)


async def test_the_groups_of_a_column_add_up_to_everybody(empty: Field):
    """Each person is in one group, whoever has no value in the column in the group ""."""
    await add(empty.engine, empty.survey, *EVERYBODY, One(), One(attributes={"status": ""}))

    async with snapshot(empty.engine) as connection:
        found = await count_dispositions(connection, empty.survey.id, "status")

    assert found[""] == {Disposition.NON_CONTACT: 2}
    assert found.keys() == {"", "None", *Status}
    for status in Status:
        assert found[status] == Counter(expected(one) for one in EVERYBODY if one.status is status)


@pytest.mark.parametrize(
    ("progress", "has_more", "disposition"),
    [
        ((1, 1), True, Disposition.REFUSAL),
        ((0, 0), True, Disposition.REFUSAL),
        ((1, 1), False, Disposition.COMPLETE),
        ((2, 2), True, Disposition.COMPLETE),
    ],
)
async def test_whoever_was_asked_one_question_of_several_has_said_no(empty: Field, progress, has_more, disposition):
    """Neither is he among the complete ones of his channel."""
    await add(empty.engine, empty.survey, One(Status.SUBMITTED, *progress))

    async with snapshot(empty.engine) as connection:
        found = await count_dispositions(connection, empty.survey.id, has_more=has_more)
        channels = (await count_breakdown(connection, empty.survey.id, has_more=has_more)).channels

    assert found == {"": {disposition: 1}}
    assert channels == ({"web": 1} if disposition is Disposition.COMPLETE else {})


async def test_people_of_another_survey_are_not_counted(empty: Field, identified: Field):
    """Nor are those of this one counted there."""
    await add(empty.engine, empty.survey, One(Status.SUBMITTED), One(Status.ANSWERING, 1, 9, "/data/q"))

    async with snapshot(empty.engine) as connection:
        assert await count_dispositions(connection, identified.survey.id) == {"": {Disposition.NON_CONTACT: 3}}
        assert await count_places(connection, identified.survey.id) == {}
        assert (await count_breakdown(connection, identified.survey.id)).channels == {}


async def test_a_register_of_nobody_has_no_dispositions(empty: Field):
    """And no columns."""
    async with snapshot(empty.engine) as connection:
        assert await count_dispositions(connection, empty.survey.id, "area") == {}
        assert await register_columns(connection, empty.survey.id) == []
        assert await parting_column(connection, empty.survey.id) == ""


@pytest.mark.parametrize("column", ["Unità operativa", "a.b", "l'area", "$", "[0]", "100%", ":x"])
async def test_a_column_may_be_called_anything(empty: Field, column):
    """It is a title that somebody wrote into a spreadsheet."""
    await add(empty.engine, empty.survey, One(attributes={column: "north"}))

    async with snapshot(empty.engine) as connection:
        found = await count_dispositions(connection, empty.survey.id, column)

    assert found.keys() == {"north"}


# ---------------------------------------------------------------- the column that is shown


def parted(*sizes: int, column: str = "area", **more: str) -> list[One]:
    """People in groups of these sizes."""
    return [One(attributes={column: f"{n}"} | more) for n, size in enumerate(sizes) for _ in range(size)]


@pytest.mark.parametrize(
    ("sizes", "is_good"),
    [
        ((5, 5), True),
        ((28, 28, 20, 18, 17, 13, 10), True),
        ((5,) * 20, True),
        ((5,) * 21, False),
        ((50,), False),
        ((50, 4), False),
        ((50, 1), False),
    ],
)
async def test_a_column_is_chosen_if_its_groups_can_be_shown(empty: Field, sizes, is_good):
    """From 2 to 20 of them, none of fewer than five people."""
    await add(empty.engine, empty.survey, *parted(*sizes))

    async with snapshot(empty.engine) as connection:
        assert await parting_column(connection, empty.survey.id) == ("area" if is_good else "")


async def test_the_first_such_column_of_the_register_is_chosen(empty: Field):
    """In the order in which the register has them."""
    people = [One(attributes={"badge": f"{n}", "site": f"{n % 2}", "area": f"{n % 3}"}) for n in range(30)]
    await add(empty.engine, empty.survey, *people)

    async with snapshot(empty.engine) as connection:
        assert await register_columns(connection, empty.survey.id) == ["badge", "site", "area"]
        assert await parting_column(connection, empty.survey.id) == "site"


async def test_who_is_not_eligible_makes_no_group_large_enough(empty: Field):
    """A rate is of the others, and they would be four."""
    await add(empty.engine, empty.survey, *parted(9, 4), One(excluded="on leave", attributes={"area": "1"}))

    async with snapshot(empty.engine) as connection:
        assert await parting_column(connection, empty.survey.id) == ""


# ---------------------------------------------------------------- where people have stopped


async def test_the_unfinished_are_counted_where_they_are_asked(empty: Field):
    """Neither those who have handed in or said no, nor who is not eligible."""
    await add(
        empty.engine,
        empty.survey,
        One(Status.ANSWERING, 1, 9, "/data/q"),
        One(Status.ANSWERING, 2, 9, "/data/q"),
        One(Status.ANSWERING, 2, 9, "/data/rows[2]/q"),
        One(Status.REVIEWING, 9, 9, "~review"),
        One(Status.SUBMITTED, 9, 9, "~receipt"),
        One(Status.NOTIFIED, 0, 0, "~welcome"),
        One(Status.DECLINED, 0, 0, "~declined"),
        One(Status.ANSWERING, 1, 9, "/data/q", excluded="has left"),
        One(Status.STOPPED, 1, 9, "~stopped", ("/data/q",), excluded="has left"),
    )

    async with snapshot(empty.engine) as connection:
        found = await count_places(connection, empty.survey.id)

    assert found == {"/data/q": 2, "/data/rows[2]/q": 1, "~review": 1}


async def test_who_said_stop_is_counted_at_the_last_answer(empty: Field):
    """The session itself says no more where that was; without any answer it was at the beginning."""
    await add(
        empty.engine,
        empty.survey,
        One(Status.STOPPED, 2, 9, "~stopped", ("/data/a", "/data/b")),
        One(Status.STOPPED, 3, 9, "~stopped", ("/data/a", "/data/b", "/data/a")),
        One(Status.STOPPED, 0, 9, "~stopped"),
        One(Status.ANSWERING, 2, 9, "/data/b", ("/data/a",)),
    )

    async with snapshot(empty.engine) as connection:
        assert await count_places(connection, empty.survey.id) == {"/data/a": 1, "/data/b": 2, "": 1}


async def test_channels_are_those_of_the_complete_ones(empty: Field):
    """Of the eligible; a person whose invitation was renewed has no channel any more."""
    await add(
        empty.engine,
        empty.survey,
        One(Status.SUBMITTED),
        One(Status.SUBMITTED, channel="telegram"),
        One(Status.SUBMITTED, channel="telegram", excluded="has left"),
        One(Status.ANSWERING, 1, 9),
    )

    async with snapshot(empty.engine) as connection:
        assert (await count_breakdown(connection, empty.survey.id)).channels == {"web": 1, "telegram": 1}
