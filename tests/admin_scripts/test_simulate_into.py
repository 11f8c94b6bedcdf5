"""`colloquio simulate --into`: a whole field period to rehearse with, which nobody can take for a real one."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import func, select

from admin_scripts.__main__ import main
from admin_scripts.simulate import noon, questionnaire
from admin_scripts.simulate_into import Target, fill, rehearsal_of
from bot.refusals import not_open
from conversations.advice import Advice
from conversations.protocol import Mode, Submitted
from storage.engine import transaction
from storage.errors import SurveyNotSynthetic, SurveySynthetic
from storage.rehearsal import Rehearsed, keep_rehearsed
from storage.surveys import change_survey, close_survey, get_survey, open_survey
from storage.tables import answers, participants, responses, sessions
from tests.admin_scripts.field_work import EXAMPLES, field, on
from tests.sheets import workbook

FORM = """
| survey  |
| | type              | name      | label             | required |
| | select_one yes_no | here      | Do you work here? | yes      |
| | text              | why       | Why?              |          |
| | text              | synthetic | A name in the way |          |
| choices |
| | list_name | name | label |
| | yes_no    | yes  | Yes   |
| | yes_no    | no   | No    |
"""
REGISTER = "staff_id,full_name,email,unit\n" + "".join(
    f"P{n:02},Person {n},p{n}@example.org,{'north' if n % 2 else 'south'}\n" for n in range(40)
)


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(FORM))
    return str(path)


@pytest.fixture
def rehearsed(configured, form):
    """A synthetic survey of 40 who came; gives the database's URL."""
    assert main(["simulate", form, "--n", "40", "--into", "rehearsal"]) == 0
    return configured


def counts(url):
    """Rows by table."""
    found = {}

    async def count(engine):
        async with transaction(engine) as connection:
            for table in (participants, sessions, responses, answers):
                found[table.name] = await connection.scalar(select(func.count()).select_from(table))

    on(url, count)
    return found


def test_some_hand_in_some_break_off_and_some_never_come(rehearsed):
    """78 % of the people come, and each has a session; most hand in, and what others have answered is there as well."""
    rows = counts(rehearsed)
    assert rows["participants"] == 52
    assert rows["sessions"] == 40
    assert 20 <= rows["responses"] < 40
    assert rows["answers"]


def test_the_same_command_adds_nothing_twice(rehearsed, form, capsys):
    """The same people have walked already; another seed brings others."""
    before = counts(rehearsed)
    assert main(["simulate", form, "--n", "40", "--into", "rehearsal"]) == 0
    assert "40 were there already" in capsys.readouterr().out
    assert counts(rehearsed) == before
    assert main(["simulate", form, "--n", "40", "--seed", "2", "--into", "rehearsal"]) == 0
    assert counts(rehearsed)["sessions"] == 80


def test_a_register_gives_people_without_their_names(configured, form, tmp_path):
    """So that rates by unit can be rehearsed; an invented answer is nobody's."""
    (tmp_path / "staff.csv").write_text(REGISTER)
    assert main(["simulate", form, "--n", "500", "--into", "units", "--register", str(tmp_path / "staff.csv")]) == 0

    async def look(engine):
        async with transaction(engine) as connection:
            rows = (await connection.execute(select(participants))).mappings().all()
        assert len(rows) == 40
        assert {row["attributes"]["unit"] for row in rows} == {"north", "south"}
        assert not any(row["name"] or row["email"] for row in rows)

    on(configured, look)
    assert counts(configured)["sessions"] == 31


@pytest.mark.usefixtures("rehearsed")
def test_the_mark_is_in_everything_that_is_shown(capsys):
    """In the list, in what a survey says of itself, above the status."""
    capsys.readouterr()
    for words in (["survey", "list"], ["survey", "show", "rehearsal"], ["status", "rehearsal"]):
        assert main(words) == 0
        assert "SYNTHETIC" in capsys.readouterr().out


@pytest.mark.usefixtures("rehearsed")
def test_an_export_cannot_be_mistaken(tmp_path):
    """The files are named so, the first column says 1 in every row, and the codebook explains it."""
    assert main(["export", "rehearsal", "--out", str(tmp_path / "csv")]) == 0
    table = pd.read_csv(tmp_path / "csv" / "SYNTHETIC-rehearsal.responses.csv")
    assert table.columns[0] == "synthetic_"  # the questionnaire has a question of that name
    assert set(table["synthetic_"]) == {1}
    codebook = pd.read_csv(tmp_path / "csv" / "SYNTHETIC-rehearsal.codebook.csv")
    assert "nobody has given these answers" in codebook.loc[0, "note"]

    assert main(["export", "rehearsal", "--format", "xlsx", "--out", str(tmp_path / "xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "SYNTHETIC-rehearsal.xlsx")
    assert book["responses"]["A2"].value == 1


REFUSED = [
    "survey open rehearsal",
    "survey close rehearsal",
    "survey change rehearsal --closes 2030-01-01",
    "invitations send rehearsal",
    "invitations export rehearsal links.csv",
    "invitations cards rehearsal cards.pdf",
    "invitations renew rehearsal SIM-1-0001",
    "waves plan rehearsal --at 2030-01-07",
    "waves run rehearsal",
    "participants import rehearsal staff.csv",
]


def test_nothing_that_is_for_people_can_be_done_with_it(rehearsed, tmp_path, capsys):
    """Each command refuses with a sentence, and the survey stays as it is."""
    (tmp_path / "staff.csv").write_text(REGISTER)
    before = counts(rehearsed)
    capsys.readouterr()
    for words in REFUSED:
        assert main(words.split()) == 1, words
        assert "Create another" in capsys.readouterr().err, words
    assert counts(rehearsed) == before


async def test_people_are_told_that_it_is_closed_whatever_its_dates_say(engine, form):
    """And no function of storage opens it, closes it, changes it, or plans a message."""
    examined, definition = questionnaire(Path(form))
    now = noon("Europe/Rome")
    target = Target("rehearsal", examined, definition, now, b"a secret of the tests, long enough")
    filled = await fill(engine, target, rehearsal_of(definition, [], 0, 1, now), [])
    during = filled.survey.opens_at
    assert not_open(filled.survey, during) is Advice.SURVEY_CLOSED
    for attempt in (open_survey, close_survey):
        with pytest.raises(SurveySynthetic):
            async with transaction(engine) as connection:
                await attempt(connection, "rehearsal", now=during)
    with pytest.raises(SurveySynthetic):
        async with transaction(engine) as connection:
            await change_survey(connection, "rehearsal", {"title": "A real one"})
    async with transaction(engine) as connection:
        assert (await get_survey(connection, "rehearsal")).is_synthetic


async def test_no_invented_answer_comes_into_a_real_survey(engine):
    """The function that writes looks itself."""
    survey = await field(engine, mode=Mode.CONFIDENTIAL)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    with pytest.raises(SurveyNotSynthetic):
        async with transaction(engine) as connection:
            await keep_rehearsed(connection, survey, Rehearsed("p", now, None, (), Submitted((), "r")))


def test_the_command_refuses_a_survey_for_people_and_another_questionnaire(rehearsed, form, capsys, tmp_path):
    """Before anybody walks."""
    form_2 = tmp_path / "other.xlsx"
    form_2.write_bytes(workbook(FORM.replace("Why?", "Why not?")))
    on(rehearsed, field)
    before = counts(rehearsed)
    assert main(["simulate", form, "--into", "zone"]) == 1
    assert "is for people" in capsys.readouterr().err
    assert main(["simulate", str(form_2), "--into", "rehearsal"]) == 1
    assert "another questionnaire" in capsys.readouterr().err
    assert main(["simulate", form, "--into", "no name"]) == 1
    assert main(["simulate", form, "--register", str(EXAMPLES / "staff.csv")]) == 2
    assert counts(rehearsed) == before


@pytest.mark.usefixtures("rehearsed")
def test_a_rehearsal_is_not_upgraded_but_rehearsed_anew(form, capsys):
    """It cannot be opened, so that is not what is advised."""
    assert main(["survey", "upgrade", "rehearsal", form, "--dry-run"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "simulate FORM.xlsx --into NEW_NAME" in said
    assert "survey open" not in said
