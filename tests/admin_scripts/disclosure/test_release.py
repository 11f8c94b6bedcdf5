"""The door for commands: every release is on record, and none can be subtracted from an earlier one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from admin_scripts.disclosure.differences import differences
from admin_scripts.disclosure.fingerprint import data_hash, sealed
from admin_scripts.disclosure.gate import Wanted, publish
from admin_scripts.disclosure.release import cautions, refuse_differences, refuse_second_breakdown, release, release_of
from admin_scripts.microdata.variables import CODED
from admin_scripts.refusal import Refused
from storage.engine import open_engine, snapshot
from storage.releases import Kind, list_releases
from tests.admin_scripts.disclosure.datasets import dataset_of
from tests.admin_scripts.field_work import field, submits
from tests.admin_scripts.managers import MANAGER

DAY = date(2026, 11, 23)
ROWS = [{"area": "abcd"[n % 4], "opinion": str(1 + n % 5), "helps": "yes", "level": "all"} for n in range(40)]

LEVELS = ("all", "part", "none")


def released(rows, **wanted):
    """A publication and its line in the log."""
    publication = publish(dataset_of(rows), Wanted(**wanted))
    return publication, release_of(publication, Wanted(**wanted), DAY)


@pytest.mark.parametrize("more", [1, 4])
def test_p63_a_few_more_answers_are_refused(more):
    """Who compares the two would learn what these few have said; the sentence says what to do."""
    _, before = released(ROWS)
    later, _ = released(ROWS + ROWS[:more])
    with pytest.raises(
        Refused, match=f"Results of 40 responses were released on 2026-11-23, and now there are {more} more"
    ):
        refuse_differences(later, [before])


def test_p63_many_more_answers_or_none_are_released():
    """Five are enough; the same answers can be published as often as one likes, also by groups."""
    same, before = released(ROWS)
    later, _ = released(ROWS + ROWS[:5])
    by, _ = released(ROWS, by="area")
    for publication in (same, later, by):
        refuse_differences(publication, [before])


def test_p63_a_group_that_has_grown_by_few_is_refused():
    """Six more in all, but one in an area: without the breakdown it would go."""
    _, before = released(ROWS, by="area")
    rows = ROWS + [ROWS[0]] * 5 + [ROWS[1]]
    with pytest.raises(Refused, match=r"1 more or fewer of area b: .* publish without that breakdown"):
        refuse_differences(released(rows, by="area")[0], [before])
    refuse_differences(released(rows)[0], [before])


def in_areas(**people):
    """So many of each area, who say one thing and the other in turn."""
    return [
        {"area": area, "opinion": str(1 + n % 5), "helps": ("yes", "no")[n % 2], "level": LEVELS[n // 2 % 3]}
        for area, number in people.items()
        for n in range(number)
    ]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"a": 10, "b": 4, "c": 4}, {"a": 15, "b": 5, "c": 5}, "2 more or fewer of area b\\+c"),
        ({"a": 15, "b": 5, "c": 5}, {"a": 25, "b": 4, "c": 4}, "2 more or fewer of area b\\+c"),
        ({"a": 9, "b": 4, "c": 3, "d": 9}, {"a": 14, "b": 8, "c": 3, "d": 6}, "1 more or fewer of area b\\+c\\+d"),
        ({"a": 9, "b": 5}, {"a": 14, "b": 5, "c": 1}, "1 more or fewer of area b\\+c"),
        ({"a": 10, "b": 4, "c": 4}, {"a": 15, "b": 6, "c": 7}, None),
    ],
)
def test_p63_groups_that_were_merged_otherwise_are_compared_as_what_they_make_together(before, after, found):
    """Two areas were one group and are two now: their sum has grown by few. Whatever merges how, and new groups too."""
    earlier, log = released(in_areas(**before), by="area")
    later, _ = released(in_areas(**after), by="area")
    learnt = [finding.place for finding in differences([earlier, later]) if finding.place.startswith("s, area")]
    if found is None:
        refuse_differences(later, [log])
        assert learnt == []
        return
    with pytest.raises(Refused, match=found):
        refuse_differences(later, [log])
    assert learnt


def test_p63_the_hidden_groups_are_compared_as_everybody_without_the_others():
    """Nothing is told of b and c, but of all and of the others: one more in b is one more in the difference."""
    alike = [{"area": "b", "helps": "yes"}] * 7
    rows = in_areas(a=12, c=6, d=12) + alike
    more = in_areas(a=6, d=6)
    one, same, few, many = (
        released(later, by="area")[0] for later in (rows, rows + more, rows + more + alike[:1], rows + more + alike[:5])
    )
    assert "s, helps, area of the others" in {finding.place for finding in differences([one, few])}
    assert not [*differences([one, same]), *differences([one, many])]


def test_p63_as_many_but_other_answers_are_refused():
    """One answer that was changed would be the difference."""
    _, before = released(ROWS)
    changed, _ = released([{**ROWS[0], "opinion": "3"}, *ROWS[1:]])
    with pytest.raises(Refused, match="some are others"):
        refuse_differences(changed, [before])
    refuse_differences(changed, [replace(before, kind=Kind.WHOLE)])


async def test_each_publication_is_on_record(database_url, monkeypatch, tmp_path):
    """With the day, who made it, and how many people every figure was about; a second one after one more is refused."""
    monkeypatch.setenv("COLLOQUIO_DATABASE_URL", database_url)
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path))
    engine = open_engine(database_url)
    await field(engine)
    for number in range(1, 7):
        await submits(engine, f"PO{number:03}", MANAGER)
    publication, (path,) = await release("zone", Wanted(), files(tmp_path))
    assert path.read_text() == "6"
    async with snapshot(engine) as connection:
        (line,) = await list_releases(connection, 1)
    assert (line.kind, line.responses, line.data_hash) == (Kind.PUBLISHED, 6, publication.data_hash)
    assert line.who
    assert ["", "", [], 6] in [list(base) for base in line.bases]
    await submits(engine, "PO007", MANAGER)
    with pytest.raises(Refused, match="1 more or fewer"):
        await release("zone", Wanted(), files(tmp_path))
    assert path.read_text() == "6"
    await engine.dispose()


async def test_of_a_few_nothing_is_published_nor_recorded(database_url, monkeypatch, tmp_path):
    """A report that was tried too early does not stand in the way of the real one."""
    monkeypatch.setenv("COLLOQUIO_DATABASE_URL", database_url)
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path))
    engine = open_engine(database_url)
    await field(engine)
    await submits(engine, "PO001", MANAGER)
    with pytest.raises(Refused, match="So far 1 person has answered, and nothing is told of fewer than 5"):
        await release("zone", Wanted(), files(tmp_path))
    for number in range(2, 7):
        await submits(engine, f"PO{number:03}", MANAGER)
    await release("zone", Wanted(), files(tmp_path))
    await engine.dispose()


async def test_who_publishes_from_an_open_survey_is_told_what_follows(database_url, monkeypatch, tmp_path, capsys):
    """How many more there must be before the next results."""
    monkeypatch.setenv("COLLOQUIO_DATABASE_URL", database_url)
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path))
    engine = open_engine(database_url)
    survey = await field(engine)
    for number in range(1, 7):
        await submits(engine, f"PO{number:03}", MANAGER)
    publication, _ = await release("zone", Wanted(), files(tmp_path))
    assert "The survey is still open." in capsys.readouterr().out
    closed = replace(survey, closed_at=survey.opened_at)
    assert list(cautions(closed, publication, datetime.now(UTC))) == []
    await engine.dispose()


def test_a_second_break_down_of_a_survey_is_refused():
    """One group may lie in another: the rest could be one person. The same one again is none."""
    publication, _ = released(ROWS)
    by_area = replace(publication, by="area")
    earlier = [release_of(publication, Wanted(by="direzione"), DAY)]
    with pytest.raises(Refused, match="Results by direzione are on record"):
        refuse_second_breakdown(by_area, earlier)
    refuse_second_breakdown(publication, earlier)
    refuse_second_breakdown(by_area, [release_of(by_area, Wanted(by="area"), DAY)])


def test_nobody_can_try_out_which_answers_give_the_published_fingerprint():
    """Of few people all possible answers are soon tried: so it is sealed with the installation's secret."""
    fingerprint = data_hash(dataset_of(ROWS))
    assert len({fingerprint, sealed(fingerprint, b"one"), sealed(fingerprint, b"other")}) == 3
    assert sealed(fingerprint, b"one") == sealed(fingerprint, b"one")


def test_coding_the_open_answers_makes_no_other_answers():
    """Tables can be made again, with the codes, whatever was released before."""
    dataset = dataset_of(ROWS)
    answers = dataset.tables[""]
    coded = replace(answers.columns["all"], variable=replace(answers.columns["all"].variable, kind=CODED))
    with_codes = replace(dataset, tables={"": replace(answers, columns={**answers.columns, "why_coded": coded})})
    assert data_hash(with_codes) == data_hash(dataset)


def files(folder):
    """What writes one file: how many have answered."""
    return lambda publication: {folder / "n.txt": lambda path: path.write_text(str(publication.responses))}


async def test_what_could_not_be_written_is_no_release(database_url, monkeypatch, tmp_path):
    """A wrong option or a full disk leaves neither a file nor a line in the log."""
    monkeypatch.setenv("COLLOQUIO_DATABASE_URL", database_url)
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path))
    engine = open_engine(database_url)
    await field(engine)
    for number in range(1, 7):
        await submits(engine, f"PO{number:03}", MANAGER)

    def refuses(_):
        raise Refused("no")

    def fails(_):
        raise OSError(28, "No space left on device")

    for making in (refuses, lambda _: {tmp_path / "n.txt": fails}):
        with pytest.raises(Refused):
            await release("zone", Wanted(), making)
    async with snapshot(engine) as connection:
        assert not await list_releases(connection, 1)
    assert not (tmp_path / "n.txt").exists()
    await engine.dispose()
