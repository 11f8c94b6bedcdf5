"""colloquio survey upgrade: what a coordinator is shown, what is refused, and what becomes of who is half-way."""

import csv
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from admin_scripts.__main__ import main
from admin_scripts.check import examine
from admin_scripts.upgrade_report import masked
from conversations.protocol import Status, StatusMoved, Submitted
from conversations.session import FormSession
from conversations.session.record import from_record
from conversations.turn import begin
from storage.engine import snapshot, transaction
from storage.forms import load_definition, save_form
from storage.register import participants
from storage.surveys import get_survey
from storage.tables import sessions
from storage.turns import Sender, open_turn
from storage.versions import adopt_version
from tests.admin_scripts.field_work import EXAMPLES, NOON, SECRET, field, on
from tests.sheets import workbook

FORM = EXAMPLES / "zone_omogenee_po.xlsx"
UNIT, SERVICES = "/data/sez_unita", "/data/sez_servizi"
HALF_WAY = {
    "/data/partecipo": "si",
    f"{UNIT}/area": "ambiente",
    f"{UNIT}/direzione": "acque",
    f"{UNIT}/anzianita": "oltre_8",
    f"{SERVICES}/supporto_comuni": "parte",
    f"{SERVICES}/tipo_servizi": "pareri gare",
}
PLACE = f"{SERVICES}/livello_zo"


@pytest.fixture
def database_url(sqlite_template, tmp_path):
    """One database will do: how sessions move on both is tested in tests/bot/test_upgrade.py."""
    shutil.copyfile(sqlite_template, tmp_path / "colloquio.db")
    return f"sqlite:///{tmp_path / 'colloquio.db'}"


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    """The questionnaire with a question more, a choice less and other words."""
    return changed(tmp_path_factory.mktemp("forms") / "newer.xlsx", _amend)


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """The questionnaire with other words only."""
    return changed(tmp_path_factory.mktemp("forms") / "words.xlsx", _reword)


def changed(path, change):
    """The real questionnaire, changed by its author."""
    book = load_workbook(FORM)
    change(book)
    book.save(path)
    return str(path)


def _reword(book):
    _row(book["survey"], "anzianita")[2].value = "Da quanto tempo ha un incarico?"


def _amend(book):
    _reword(book)
    sheet = book["survey"]
    sheet.insert_rows(_row(sheet, "livello_zo")[0].row)
    number = _row(sheet, "livello_zo")[0].row - 1
    for column, text in enumerate(("integer", "comuni_numero", "Quanti Comuni?", "How many municipalities?"), start=1):
        sheet.cell(number, column, text)
    choices = book["choices"]
    gone = next(row for row in choices.iter_rows() if (row[0].value, row[1].value) == ("servizi", "gare"))
    choices.delete_rows(gone[0].row)


def _retype(book):
    _row(book["survey"], "supporto_comuni")[0].value = "select_multiple misura"
    _row(book["survey"], "incontri_numero")[0].value = "decimal"


def _row(sheet, name):
    return next(row for row in sheet.iter_rows() if row[1].value == name)


async def goes(engine, person_id, answers, status=Status.ANSWERING, place=PLACE):
    """Somebody in the web chat answers so far."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, "zone")
        form = await load_definition(connection, survey.form_hash)
        people = await participants(connection, survey.id)
    token = next(one.token(SECRET) for one in people if one.person.person_id == person_id)
    welcome = begin(form, survey.terms, language="it", seed=1, now=NOON).session
    filled = FormSession.restore(form, welcome.filled, now=NOON)
    for path, value in answers.items():
        assert filled.answer(path, value) is None, path
    session = replace(
        welcome, status=status, revision=2, place=place, seen=tuple(answers), filled=filled.snapshot(), progress=(6, 20)
    )
    async with open_turn(engine, Sender("web", person_id), f"{person_id} goes", now=NOON) as turn:
        invitation = await turn.find_invitation(token)
        await turn.start(invitation, session)
        await turn.save(session, (StatusMoved(status),))


async def hands_in(engine, person_id, answers):
    """And hands in what there is."""
    async with open_turn(engine, Sender("web", person_id), f"{person_id} hands in", now=NOON) as turn:
        submitted = replace(turn.stored.session, status=Status.SUBMITTED, revision=3)
        await turn.save(submitted, (Submitted(tuple(answers.items()), "receipt"), StatusMoved(Status.SUBMITTED)))


def half_way(number, answers=HALF_WAY):
    """So many people of the register are half-way."""

    async def go(engine):
        await field(engine)
        async with snapshot(engine) as connection:
            people = await participants(connection, (await get_survey(connection, "zone")).id)
        for one in people[:number]:
            await goes(engine, one.person.person_id, answers)

    return go


def handed_in(number):
    """So many have handed in, and one is half-way."""

    async def go(engine):
        await half_way(number + 1)(engine)
        async with snapshot(engine) as connection:
            people = await participants(connection, (await get_survey(connection, "zone")).id)
        for one in people[:number]:
            await hands_in(engine, one.person.person_id, HALF_WAY)

    return go


def said(capsys):
    """Everything said since the last time, on one line."""
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def known(url):
    """The survey's version, and everybody's version and session."""
    found = []

    async def read(engine):
        async with snapshot(engine) as connection:
            survey = await get_survey(connection, "zone")
            rows = await connection.execute(select(sessions.c.form_hash, sessions.c.record).order_by(sessions.c.id))
            found.append((survey.form_hash, [(version, from_record(record)) for version, record in rows]))

    on(url, read)
    return found[0]


def test_a_dry_run_says_what_changes_and_for_how_many_and_changes_nothing(configured, newer, capsys):
    """Questions, and sessions: counts, never who and never which answer."""
    on(configured, half_way(6))
    before = known(configured)
    assert main(["survey", "upgrade", "zone", newer, "--dry-run"]) == 0
    words = said(capsys)
    for expected in ("added", "comuni_numero", "gone: gare", "anzianita", "in all │ 6", "tipo_servizi │ 6"):
        assert expected in words, expected
    assert "give this one another name" in words
    assert "Nothing was changed" in words
    assert known(configured) == before


def test_then_the_survey_and_everybody_half_way_have_the_new_version(configured, newer, capsys):
    """What fits is kept; the answer with the choice that is gone is asked again."""
    on(configured, half_way(2))
    old, _ = known(configured)
    assert main(["survey", "upgrade", "zone", newer, "--yes"]) == 0
    assert "2 sessions go on with it" in said(capsys)
    version, people = known(configured)
    assert version != old
    for of_session, session in people:
        assert of_session == version
        values = session.filled["values"]
        assert {path for path in HALF_WAY if values.get(path) != HALF_WAY[path]} == {f"{SERVICES}/tipo_servizi"}
        assert (session.place, session.renewal.again, session.renewal.added) == (PLACE, 1, 1)
    assert main(["survey", "upgrade", "zone", newer]) == 0
    assert "Nothing to do" in said(capsys)


def test_few_are_not_counted(configured, newer, capsys):
    """One who is asked again because of a choice is one who had chosen it."""
    on(configured, half_way(1))
    assert main(["survey", "upgrade", "zone", newer, "--dry-run"]) == 0
    words = said(capsys)
    assert "tipo_servizi │ few" in words
    assert "few: fewer than 5, perhaps none." in words


@pytest.mark.parametrize(
    ("number", "total", "told"),
    [
        (0, 9, "0"),
        (3, 9, "few"),
        (7, 9, "all but few"),
        (9, 9, "9"),
        (5, 10, "5"),
        (0, 3, "few"),
    ],
)
def test_neither_a_small_count_nor_its_remainder_is_told(number, total, told):
    """Under five, it might be known who they are."""
    assert masked(number, total) == told


def test_other_words_only_are_said_to_be_that(configured, words, capsys):
    """And everybody goes on as if nothing had been."""
    on(configured, half_way(1))
    assert main(["survey", "upgrade", "zone", words, "--yes"]) == 0
    assert "Only words change." in said(capsys)
    assert known(configured)[1][0][1].renewal is None


def test_a_name_with_another_type_is_refused_with_its_cell(configured, tmp_path, capsys):
    """All of them at once, and nothing is changed."""
    on(configured, half_way(1))
    before = known(configured)
    assert main(["survey", "upgrade", "zone", changed(tmp_path / "types.xlsx", _retype), "--yes"]) == 1
    words = said(capsys)
    assert "survey!A11" in words
    assert "survey!A20" in words
    assert "Give the question a new name" in words
    assert "2 names have another type" in words
    assert known(configured) == before


def test_a_name_cannot_come_back_with_another_type(configured, tmp_path, capsys):
    """Also when the version in between did not have it: an export unites all versions by name."""
    on(configured, handed_in(1))

    def without(book):
        sheet = book["survey"]
        sheet.delete_rows(_row(sheet, "incontri_numero")[0].row)

    assert main(["survey", "upgrade", "zone", changed(tmp_path / "without.xlsx", without), "--yes"]) == 0
    assert main(["survey", "upgrade", "zone", changed(tmp_path / "types.xlsx", _retype), "--yes"]) == 1
    assert "incontri_numero" in said(capsys).replace(" ", "")


def test_a_survey_that_nobody_has_begun_can_have_any_questionnaire(configured, tmp_path, capsys):
    """There is no answer that could be misread."""
    on(configured, field)
    assert main(["survey", "upgrade", "zone", changed(tmp_path / "types.xlsx", _retype), "--yes"]) == 0
    assert "0 sessions go on" in said(capsys)


def test_responses_that_hold_a_choice_that_is_gone_are_counted_and_kept(configured, newer, tmp_path, capsys):
    """The export has every version's choices, and the codebook says of which versions a question is."""
    on(configured, handed_in(5))
    assert main(["survey", "upgrade", "zone", newer, "--yes"]) == 0
    words = said(capsys)
    assert "tipo_servizi │ 5" in words
    assert "Responses stay as they were handed in" in words
    assert main(["export", "zone", "--format", "csv", "--out", "out"]) == 0
    [book] = (tmp_path / "out").rglob("*codebook*.csv")
    rows = list(csv.DictReader(StringIO(book.read_text(encoding="utf-8-sig"))))
    asked = next(row for row in rows if row["variable"] == "tipo_servizi")
    assert "gare=" in asked["choices (it)"]
    assert asked["versions"].count("(") == 2, "the author gave both versions one name"


def test_nobody_is_upgraded_without_being_asked(configured, newer, capsys):
    """Where there is no terminal, --yes stands for the answer."""
    on(configured, half_way(1))
    before = known(configured)
    assert main(["survey", "upgrade", "zone", newer]) == 1
    assert "Add --yes" in said(capsys)
    assert known(configured) == before


def test_what_was_interrupted_goes_on_with_the_same_command(configured, newer, capsys):
    """The survey had the version already, and nobody had been moved."""
    on(configured, half_way(1))

    async def is_interrupted(engine):
        examined = examine(Path(newer))
        async with transaction(engine) as connection:
            survey = await get_survey(connection, "zone")
            version = await save_form(connection, examined.xform, examined.source)
            await adopt_version(connection, survey, version)

    on(configured, is_interrupted)
    assert main(["survey", "upgrade", "zone", newer, "--yes"]) == 0
    words = said(capsys)
    assert "comuni_numero" in words
    assert "1 session goes on with it" in words


def test_the_same_questionnaire_is_nothing_to_do(configured, capsys):
    """Whatever the file is called."""
    on(configured, half_way(1))
    shutil.copyfile(FORM, "other.xlsx")
    assert main(["survey", "upgrade", "zone", "other.xlsx"]) == 0
    assert "Nothing to do" in said(capsys)


def test_a_closed_survey_is_not_upgraded(configured, newer, capsys):
    """Nobody goes on in it."""
    on(configured, field)
    assert main(["survey", "close", "zone"]) == 0
    assert main(["survey", "upgrade", "zone", newer, "--yes"]) == 1
    assert "is closed" in said(capsys)


def test_another_questionnaire_is_refused(configured, capsys):
    """One without any of the survey's questions, also for a look only."""
    on(configured, field)
    Path("other.xlsx").write_bytes(workbook("| survey |\n| | type | name | label |\n| | text | else | Something? |"))
    assert main(["survey", "upgrade", "zone", "other.xlsx", "--dry-run"]) == 1
    assert "No question of survey 'zone' is in this file" in said(capsys)


def test_what_may_be_another_questionnaire_is_said_at_the_end(configured, tmp_path, capsys):
    """Another form_id, or most of the questions gone."""
    on(configured, field)

    def is_another(book):
        sheet, settings = book["survey"], book["settings"]
        last = _row(sheet, "sez_servizi")[0].row
        sheet.delete_rows(last, sheet.max_row - last + 1)
        form_id = next(cell for cell in settings[1] if cell.value == "form_id")
        settings.cell(2, form_id.column, "another_form")

    assert main(["survey", "upgrade", "zone", changed(tmp_path / "another.xlsx", is_another), "--dry-run"]) == 0
    words = said(capsys)
    assert "its form_id is 'another_form', and until now it was" in words
    assert "questions are gone. Check the name of the file." in words


def test_a_questionnaire_with_errors_is_refused(configured, tmp_path, capsys):
    """With its cells, as `check` names them."""
    on(configured, field)

    def breaks(book):
        _row(book["survey"], "anzianita")[0].value = "select_one nowhere"

    assert main(["survey", "upgrade", "zone", changed(tmp_path / "broken.xlsx", breaks), "--yes"]) == 1
    assert "survey!" in said(capsys)
