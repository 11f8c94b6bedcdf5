"""Protected exports that somebody has side by side: they cannot be joined, and none tells what another withholds."""

from collections import Counter
from uuid import uuid4

import pandas as pd
import pytest
from sqlalchemy import delete, insert, select

from admin_scripts.__main__ import main
from admin_scripts.disclosure.exports import Rows, why_not_described
from admin_scripts.exporting.record import LetOut, record
from admin_scripts.frames import wide
from admin_scripts.refusal import Refused
from storage.engine import snapshot, transaction
from storage.releases import Kind, Release, log_release
from storage.surveys import Survey, close_survey, get_survey
from storage.tables import response_links, responses
from tests.admin_scripts.disclosure.datasets import SURVEY
from tests.admin_scripts.field_work import NOON, field, on, submits
from tests.sheets import workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PHOTO = f"{'a' * 32}.jpg"
FORM = """
| survey |
| | type | name | label::Italiano (it) | x_disclosure |
| | select_one area | area | Dove? | quasi |
| | text | word | Una parola? | |
| | image | view | Che cosa vede? | |
| | begin_repeat | child | Figli | |
| | text | called | Come si chiama? | |
| | end_repeat | | | |
| choices |
| | list_name | name | label::Italiano (it) |
| | area | a | A |
| | area | b | B |
| settings |
| | form_title | form_id | version | default_language |
| | Gita | trip | 1 | Italiano (it) |
"""


class Trip:
    """A survey of the tests: people answer, the coordinator exports."""

    def __init__(self, url, folder):
        self.url, self.folder, self.said = url, folder, 0

    def answered(self, areas):
        """One more response from each of these areas, each with a word and two rows of its own."""

        async def add(engine):
            async with transaction(engine) as connection:
                first = (await connection.execute(select(responses).order_by(responses.c.submitted_on))).mappings()
                one = dict(next(iter(first)))
                for area in areas:
                    self.said += 1
                    told = [
                        ["/data/area", area],
                        ["/data/word", f"word {self.said}"],
                        ["/data/view", PHOTO],
                        ["/data/child[1]/called", f"first of {self.said}"],
                        ["/data/child[2]/called", f"second of {self.said}"],
                    ]
                    await connection.execute(insert(responses), {**one, "id": uuid4().hex, "answers": told})

        on(self.url, add)

    def close(self):
        async def end(engine):
            async with transaction(engine) as connection:
                await close_survey(connection, "trip", now=NOON)

        on(self.url, end)

    def export(self, name, *options):
        """The tables of an export, by their titles; None where it was refused."""
        out = self.folder / name
        if main(["export", "trip", "--out", str(out), *options]):
            return None
        files = {path.name: path for path in out.glob("*.csv")}
        return {name.removeprefix("trip.").removesuffix(".csv"): pd.read_csv(path) for name, path in files.items()}


@pytest.fixture
def survey(configured, tmp_path, monkeypatch):
    """Open, with ten responses of area a and three of b."""
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path / "data"))
    book, register = tmp_path / "trip.xlsx", tmp_path / "people.csv"
    book.write_bytes(workbook(FORM))
    register.write_text("id,language\np1,it\n")
    kept = tmp_path / "data" / "media" / PHOTO[:2] / PHOTO
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"picture")

    async def begin(engine):
        await field(engine, book, register, name="trip")
        await submits(engine, "p1", {"/data/area": "a"}, name="trip")

    async def forget(engine):
        async with transaction(engine) as connection:
            await connection.execute(delete(response_links))
            await connection.execute(delete(responses).where(responses.c.id.in_(ids)))

    async def look(engine):
        async with snapshot(engine) as connection:
            ids.extend(await connection.scalars(select(responses.c.id)))

    ids = []
    on(configured, begin, look)
    found = Trip(configured, tmp_path)
    found.answered("a" * 10 + "b" * 3)
    on(configured, forget)
    return found


def words_in_order(tables):
    return tables["responses"]["word"].tolist()


def test_an_export_has_ids_of_its_own_in_all_its_tables(survey):
    """Neither those of the database nor those of an export of other responses; the same export is the same."""
    survey.close()
    whole = survey.export("whole", "--whole", "--purpose", "test")
    one = survey.export("one")
    again = survey.export("again")
    survey.answered("a" * 5)
    later = survey.export("later")

    ids = [set(tables["responses"]["response_id"]) for tables in (whole, one, later)]
    assert [len(found) for found in ids] == [13, 13, 18]
    assert len(set.union(*ids)) == 13 + 13 + 18
    for title, table in one.items():
        pd.testing.assert_frame_equal(table, again[title])
    rows = one["child"].merge(one["responses"], on="response_id")
    assert [told.split()[-1] for told in rows["called"]] == [told.split()[-1] for told in rows["word"]]
    assert (rows["_parent_index"] == rows["_index_y"]).all()
    assert one["responses.missing"]["response_id"].tolist() == one["responses"]["response_id"].tolist()
    assert one["child.missing"]["response_id"].tolist() == one["child"]["response_id"].tolist()


def test_the_order_of_one_export_says_nothing_of_another(survey):
    """Whose words are the same; by the number of the row they would be joined where there is nothing else."""
    survey.close()
    whole, one = survey.export("whole", "--whole", "--purpose", "test"), survey.export("one")
    survey.answered("a" * 5)
    later = survey.export("later")
    assert sorted(words_in_order(whole)) == sorted(words_in_order(one))
    assert words_in_order(whole) != words_in_order(one)
    assert [word for word in words_in_order(later) if word in words_in_order(one)] != words_in_order(one)


def test_files_have_names_of_their_own(survey):
    """In the answers and in the folder beside them; everything has those of the installation."""
    survey.close()
    (name,) = set(survey.export("one")["responses"]["view"])
    assert name != PHOTO
    assert [path.name for path in (survey.folder / "one" / "trip-media").iterdir()] == [name]
    assert (survey.folder / "one" / "trip-media" / name).read_bytes() == b"picture"
    assert set(survey.export("whole", "--whole", "--purpose", "test")["responses"]["view"]) == {PHOTO}


def test_frames_of_one_survey_go_together(survey):
    """Rows and their repeats are read one after the other, under the same ids; also from a database that is named."""
    for database in (None, survey.url):
        ids = [set(wide("trip", table=table, database=database)["response_id"]) for table in ("", "child")]
        assert ids[0] == ids[1]


def test_what_describes_people_comes_after_the_close(survey, capsys):
    """Until then it is withheld of all, and it is said why."""
    tables = survey.export("open")
    assert tables["responses"]["area"].isna().all()
    assert set(tables["responses.missing"]["area"]) == {"withheld"}
    assert "withheld until the survey is closed" in " ".join(capsys.readouterr().out.split())
    survey.close()
    survey.answered("b" * 5)
    assert Counter(survey.export("closed")["responses"]["area"]) == {"a": 10, "b": 8}


def test_what_describes_people_is_let_out_of_one_set_of_responses(survey, capsys):
    """Three of b were withheld; of eight of b who share it later it would show which are the three, by their words."""
    survey.close()
    first = survey.export("first")
    assert first["responses"]["area"].isna().all()  # three of b cannot be told apart from the ten of a
    survey.answered("b" * 5)
    assert survey.export("later")["responses"]["area"].isna().all()
    assert "has it of other responses" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("more", ["a", "abab"])
def test_a_few_more_than_in_an_earlier_export_are_not_let_out(survey, capsys, more):
    """Whose rows they are would be known to whoever knows who came in between; everything can still be had."""
    survey.export("first")
    survey.answered(more)
    assert survey.export("second") is None
    assert f"there are {len(more)} more or fewer now" in " ".join(capsys.readouterr().err.split())
    assert not list((survey.folder / "second").glob("*"))
    assert survey.export("whole", "--whole", "--purpose", "test")
    survey.answered("a" * (5 - len(more)))
    assert survey.export("second")


@pytest.mark.usefixtures("database_url")
def test_what_describes_those_who_stopped_is_let_out_of_one_set_of_them():
    """With and without them go together; two sets of them do not."""
    earlier = [Release(NOON.date(), Kind.PROTECTED, "", "", 9, "same", {"format": "csv", "describes people": True})]
    survey = Survey(**SURVEY | {"closed_at": NOON})
    assert why_not_described(survey, Rows(9, "same"), earlier, NOON) == ""
    assert why_not_described(survey, Rows(9, "same", "three"), earlier, NOON) == ""
    three = [*earlier, Release(NOON.date(), Kind.PROTECTED, "", "", 9, "same", {"format": "csv", "half-way": "three"})]
    assert why_not_described(survey, Rows(9, "same", "four"), three, NOON)
    assert why_not_described(survey, Rows(9, "same", "three"), three, NOON) == ""


def test_who_exports_rows_is_told_of_results_by_groups(survey, capsys):
    """Together they tell more than each by itself."""
    survey.close()
    survey.export("before")
    assert "Results by" not in capsys.readouterr().out

    async def publish(engine):
        async with transaction(engine) as connection:
            one = await get_survey(connection, "trip")
            await log_release(connection, one.id, Release(NOON.date(), Kind.PUBLISHED, "", "", 13, "", {"by": "area"}))

    on(survey.url, publish)
    survey.export("after")
    assert "Results by area are on record" in " ".join(capsys.readouterr().out.split())


async def test_two_exports_at_the_same_moment_are_not_let_out_beside_each_other(engine):
    """One of them has come on record while the other was written."""
    survey = await field(engine)
    await record(engine, survey, "", {"format": "csv"}, LetOut(Kind.PROTECTED, 20, "some"))
    with pytest.raises(Refused, match="there are 2 more or fewer now"):
        await record(engine, survey, "", {"format": "csv"}, LetOut(Kind.PROTECTED, 22, "others"))
    await record(engine, survey, "", {"command": "coding list"}, LetOut(Kind.PROTECTED, 21, "texts"))
