"""What was answered is what is exported, as CSV and XLSX, on both databases."""

from datetime import date

import openpyxl
import pandas as pd
import pytest

from admin_scripts.__main__ import main
from admin_scripts.export import Format, frames_of, harvest, write_export
from admin_scripts.refusal import Refused
from conversations.protocol import Mode
from storage.engine import snapshot
from tests.admin_scripts.field_work import EXAMPLES, field, hands_in, on, submits
from tests.admin_scripts.managers import MANAGER

REFUSAL = {"/data/partecipo": "no"}


async def frames(engine, labels=None):
    async with snapshot(engine) as connection:
        harvested = await harvest(connection, "zone")
    return frames_of(harvested, labels)


@pytest.fixture
async def answered(engine):
    """Two managers took part, one of them only to say no."""
    await field(engine)
    await submits(engine, "PO001", MANAGER)
    await submits(engine, "PO002", REFUSAL)
    return engine


async def test_there_is_one_row_for_each_response(answered):
    """With its random id, version, language and day; no person and no time in confidential mode."""
    table = (await frames(answered))["responses"]
    assert list(table.columns[:6]) == ["_index", "response_id", "form_version", "language", "submitted_on", "partecipo"]
    assert list(table["form_version"]) == ["2026112201", "2026112201"]
    assert set(table["language"]) == {"it"}
    assert set(table["submitted_on"]) == {date(2026, 11, 23)}
    assert not {"person_id", "submitted_at", "register_area"} & set(table.columns)


async def test_every_answer_is_what_was_given(answered):
    """Numbers are numbers, calculations too, texts are untouched."""
    table = (await frames(answered))["responses"].set_index("partecipo")
    given = table.loc["si"]
    assert given["tipo_servizi"] == "pareri gare altro"
    assert given["tipo_servizi_altro"] == "=1+1"
    assert given["incontri_numero"] == 12
    assert given["op_valide"] == 5
    assert given["op_piccoli_comuni"] == 9
    assert given["indice_favore"] == 4
    assert given["consiglio"] == 8
    assert given["commenti"] == "È ora.\nDavvero."
    assert table.loc["no"].drop(["_index", "response_id", "form_version", "language", "submitted_on"]).isna().sum() > 40


async def test_several_answers_are_also_columns_of_zeros_and_ones(answered):
    """Blank where the question was not asked."""
    table = (await frames(answered))["responses"].set_index("partecipo")
    spread = [name for name in table.columns if name.startswith("tipo_servizi/")]
    assert len(spread) == 8
    assert [name.partition("/")[2] for name in spread if table.loc["si", name] == 1] == ["pareri", "gare", "altro"]
    assert set(table.loc["si", spread]) == {0, 1}
    assert table.loc["no", spread].isna().all()


async def test_repeats_are_tables_linked_by_index(answered):
    """As in ODK's exports, and by the response's id."""
    tables = await frames(answered)
    responses, rows = tables["responses"].set_index("partecipo"), tables["buona_pratica"]
    assert list(rows.columns[:4]) == ["_index", "response_id", "_parent_table", "_parent_index"]
    assert list(rows["bp_titolo"]) == ["Sportello", "-Rete"]
    assert list(rows["_index"]) == [1, 2]
    assert set(rows["_parent_index"]) == {responses.loc["si", "_index"]}
    assert set(rows["response_id"]) == {responses.loc["si", "response_id"]}


async def test_labels_take_the_place_of_codes_in_the_language_asked_for(answered):
    """Also where there are several; the columns of zeros and ones keep their names."""
    given = (await frames(answered, "en"))["responses"].set_index("partecipo").loc["Yes"]
    assert given["area"] == "Environment and land protection"
    assert given["tipo_servizi"].count("; ") == 2
    assert given["tipo_servizi/gare"] == 1
    assert given["commenti"] == "È ora.\nDavvero."


async def test_labels_in_a_language_that_the_questionnaire_lacks_are_refused(answered):
    """With the languages it has."""
    with pytest.raises(Refused, match="Choose one of: it, en"):
        await frames(answered, "fr")


async def test_the_codebook_explains_every_column(answered):
    """Every table's, in its order; wording and choices in all languages, condition, measure, counts."""
    tables = await frames(answered)
    codebook = tables.pop("codebook")
    for name, table in tables.items():
        assert list(codebook[codebook["table"] == name]["variable"]) == list(table.columns)
    area = codebook.set_index("variable").loc["area"]
    assert area["type"] == "select_one"
    assert area["measure"] == "nominal"
    assert area["question (it)"] == "In quale Area lavora?"
    assert area["question (en)"] == "Which Area do you work in?"
    assert "ambiente=" in area["choices (it)"]
    assert area["relevant"] == "${partecipo} = 'si'"
    assert (area["asked"], area["answered"], area["missing"], area["not_asked"]) == (1, 1, 0, 1)


async def test_the_codebook_tells_not_answered_from_not_asked(answered):
    """A question left blank is missing; one that was not relevant was not asked."""
    reason = (await frames(answered))["codebook"].set_index("variable").loc["consiglio_motivo"]
    assert (reason["asked"], reason["answered"], reason["missing"], reason["not_asked"]) == (1, 0, 1, 1)


async def test_a_rank_is_a_text_and_the_place_of_each_choice(engine):
    """1 is the first."""
    await field(engine, EXAMPLES / "zone_omogenee_sindaci.xlsx", EXAMPLES / "sindaci.csv")
    ranked = "/data/sez_aspettative/priorita"
    names = await rank_names(engine)
    await hands_in(engine, "SI001", ((ranked, " ".join(reversed(names))),))
    row = (await frames(engine))["responses"].iloc[0]
    assert row["priorita"] == " ".join(reversed(names))
    assert [row[f"priorita/{name}"] for name in names] == [5, 4, 3, 2, 1]


async def rank_names(engine):
    table = (await frames(engine))["responses"]
    return [name.partition("/")[2] for name in table.columns if name.startswith("priorita/")]


async def test_an_open_repeat_has_its_rows(engine):
    """Rows that the respondent added."""
    await field(engine, EXAMPLES / "zone_omogenee_sindaci.xlsx", EXAMPLES / "sindaci.csv")
    row = "/data/sez_accordi/accordo_attivo[{}]/acc_titolo"
    await hands_in(engine, "SI001", ((row.format(1), "A"), (row.format(2), "B")))
    assert list((await frames(engine))["accordo_attivo"]["acc_titolo"]) == ["A", "B"]


async def test_the_identified_mode_tells_person_and_register(engine):
    """And the moment, in the survey's time zone."""
    await field(engine, mode=Mode.IDENTIFIED)
    await submits(engine, "PO001", REFUSAL)
    row = (await frames(engine))["responses"].iloc[0]
    assert row["person_id"] == "PO001"
    assert row["register_area"] == "infrastrutture"
    assert row["register_weight"] == 1
    assert str(row["submitted_at"]) == "2026-11-23 12:00:00"


async def test_a_survey_without_responses_has_its_columns(engine):
    """So that a coordinator sees before the start what will come."""
    await field(engine)
    tables = await frames(engine)
    assert list(tables) == ["responses", "buona_pratica", "codebook"]
    assert len(tables["responses"]) == 0
    assert "tipo_servizi/gare" in tables["responses"].columns


async def test_the_same_data_give_the_same_csv(answered, tmp_path):
    """Byte by byte."""
    first = write_export(await frames(answered), "zone", Format.CSV, tmp_path / "first")
    second = write_export(await frames(answered), "zone", Format.CSV, tmp_path / "second")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


async def two_answers(engine):
    await field(engine)
    await submits(engine, "PO001", MANAGER)
    await submits(engine, "PO002", REFUSAL)


def test_the_command_writes_a_file_for_each_table(configured, tmp_path):
    """CSV: responses, repeats, codebook; what was text is text."""
    on(configured, two_answers)
    assert main(["export", "zone", "--format", "csv", "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "zone.buona_pratica.csv",
        "zone.codebook.csv",
        "zone.responses.csv",
    ]
    read = pd.read_csv(tmp_path / "out" / "zone.responses.csv")
    assert set(read["tipo_servizi_altro"].dropna()) == {"'=1+1"}


def test_the_command_writes_one_workbook(configured, tmp_path):
    """A sheet for each table; a second run replaces it."""
    on(configured, two_answers)
    for _ in range(2):
        assert main(["export", "zone", "--format", "xlsx", "--out", str(tmp_path / "out"), "--labels", "it"]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["zone.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "out" / "zone.xlsx")
    assert book.sheetnames == ["responses", "buona_pratica", "codebook"]
    assert book["responses"].max_row == 3


def test_an_export_of_other_tables_is_not_mixed_with_this_one(configured, tmp_path, capsys):
    """A file that would be left over from an earlier export could be taken for this one's."""
    on(configured, two_answers)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "zone.old_repeat.csv").touch()
    assert main(["export", "zone", "--out", str(tmp_path / "out")]) == 1
    assert "holds another export: zone.old_repeat.csv" in capsys.readouterr().err
    assert len(list((tmp_path / "out").iterdir())) == 1
