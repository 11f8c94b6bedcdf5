"""What was answered is what is exported, as CSV and XLSX, on both databases."""

import openpyxl
import pandas as pd
import pytest

from admin_scripts.__main__ import main
from admin_scripts.export import Format, read_from, sink_of
from admin_scripts.exporting.run import Wish, write_export
from admin_scripts.refusal import Refused
from conversations.protocol import Mode
from storage.engine import snapshot
from storage.media import MediaFolder
from storage.releases import Kind, list_releases
from storage.surveys import get_survey
from tests.admin_scripts.field_work import EXAMPLES, field, hands_in, on, submits
from tests.admin_scripts.managers import MANAGER

REFUSAL = {"/data/partecipo": "no"}
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KNOWN = ["_index", "response_id", "form_version", "language", "submitted_on"]


def ignore(*_):
    """Nobody waits, and nothing gets out."""


@pytest.fixture
def frames(tmp_path):
    """Everything that an export says, by table: as Parquet, read by pandas."""

    async def read(engine, labels=None, *, is_whole=True):
        async with snapshot(engine) as connection:
            source, total = await read_from(connection, "zone")
        wish = Wish(sink_of(Format.PARQUET), tmp_path / "frames", labels, is_whole)
        written = write_export(source, total, wish, MediaFolder(tmp_path / "media"), on_progress=ignore, record=ignore)
        return {path.name.split(".", 1)[1].removesuffix(".parquet"): pd.read_parquet(path) for path in written.paths}

    return read


@pytest.fixture
async def answered(engine):
    """Two managers took part, one of them only to say no."""
    await field(engine)
    await submits(engine, "PO001", MANAGER)
    await submits(engine, "PO002", REFUSAL)
    return engine


async def test_there_is_one_row_for_each_response(answered, frames):
    """With its random id, version, language and day; no person and no time in confidential mode."""
    table = (await frames(answered))["responses"]
    assert list(table.columns[:6]) == [*KNOWN, "partecipo"]
    assert list(table["form_version"]) == ["2026112201", "2026112201"]
    assert set(table["language"]) == {"it"}
    assert set(map(str, table["submitted_on"])) == {"2026-11-23"}
    assert not {"person_id", "submitted_at", "register_area"} & set(table.columns)


async def test_every_answer_is_what_was_given(answered, frames):
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
    assert table.loc["no"].drop(KNOWN).isna().sum() > 40


async def test_several_answers_are_also_columns_of_zeros_and_ones(answered, frames):
    """Blank where the question was not asked."""
    table = (await frames(answered))["responses"].set_index("partecipo")
    spread = [name for name in table.columns if name.startswith("tipo_servizi/")]
    assert len(spread) == 8
    assert [name.partition("/")[2] for name in spread if table.loc["si", name] == 1] == ["pareri", "gare", "altro"]
    assert set(table.loc["si", spread]) == {0, 1}
    assert table.loc["no", spread].isna().all()


async def test_repeats_are_tables_linked_by_index(answered, frames):
    """As in ODK's exports, and by the response's id."""
    tables = await frames(answered)
    responses, rows = tables["responses"].set_index("partecipo"), tables["buona_pratica"]
    assert list(rows.columns[:4]) == ["_index", "response_id", "_parent_table", "_parent_index"]
    assert list(rows["bp_titolo"]) == ["Sportello", "-Rete"]
    assert list(rows["_index"]) == [1, 2]
    assert set(rows["_parent_index"]) == {responses.loc["si", "_index"]}
    assert set(rows["response_id"]) == {responses.loc["si", "response_id"]}


async def test_labels_take_the_place_of_codes_in_the_language_asked_for(answered, frames):
    """Also where there are several; the columns of zeros and ones keep their names."""
    given = (await frames(answered, "en"))["responses"].set_index("partecipo").loc["Yes"]
    assert given["area"] == "Environment and land protection"
    assert given["tipo_servizi"].count("; ") == 2
    assert given["tipo_servizi/gare"] == 1
    assert given["commenti"] == "È ora.\nDavvero."


async def test_labels_in_a_language_that_the_questionnaire_lacks_are_refused(answered, frames):
    """With the languages it has."""
    with pytest.raises(Refused, match="Choose one of: it, en"):
        await frames(answered, "fr")


async def test_the_codebook_explains_every_column(answered, frames):
    """Every table's, in its order; wording and choices in all languages, condition, measure, counts."""
    tables = await frames(answered)
    codebook = tables.pop("codebook")
    for name, table in ((name, table) for name, table in tables.items() if not name.endswith(".missing")):
        assert list(codebook[codebook["table"] == name]["variable"]) == list(table.columns)
    area = codebook.set_index("variable").loc["area"]
    assert area["type"] == "select_one"
    assert area["measure"] == "nominal"
    assert area["question (it)"] == "In quale Area lavora?"
    assert area["question (en)"] == "Which Area do you work in?"
    assert "ambiente=" in area["choices (it)"]
    assert area["relevant"] == "${partecipo} = 'si'"
    assert (area["asked"], area["answered"], area["skipped"], area["not_asked"]) == (1, 1, 0, 1)
    assert "ambiente=5" in area["codes"]
    assert (area["spss"], area["stata"]) == ("area", "area")
    gare = codebook.set_index("variable").loc["tipo_servizi/gare"]
    assert gare["spss"] == "tipo_servizi_gare"


async def test_the_codebook_tells_not_answered_from_not_asked(answered, frames):
    """A question left blank is skipped; one that was not relevant was not asked; "9" is that one would rather not."""
    codebook = (await frames(answered))["codebook"].set_index("variable")
    reason = codebook.loc["consiglio_motivo"]
    assert (reason["asked"], reason["answered"], reason["skipped"], reason["not_asked"]) == (1, 0, 1, 1)
    opinion = codebook.loc["op_piccoli_comuni"]
    assert (opinion["asked"], opinion["answered"], opinion["prefer_not"]) == (1, 0, 1)


async def test_a_rank_is_a_text_and_the_place_of_each_choice(engine, frames):
    """1 is the first."""
    await field(engine, EXAMPLES / "zone_omogenee_sindaci.xlsx", EXAMPLES / "sindaci.csv")
    ranked = "/data/sez_aspettative/priorita"
    names = rank_names((await frames(engine))["responses"])
    await hands_in(engine, "SI001", ((ranked, " ".join(reversed(names))),))
    row = (await frames(engine))["responses"].iloc[0]
    assert row["priorita"] == " ".join(reversed(names))
    assert [row[f"priorita/{name}"] for name in names] == [5, 4, 3, 2, 1]


def rank_names(table):
    return [name.partition("/")[2] for name in table.columns if name.startswith("priorita/")]


async def test_an_open_repeat_has_its_rows(engine, frames):
    """Rows that the respondent added."""
    await field(engine, EXAMPLES / "zone_omogenee_sindaci.xlsx", EXAMPLES / "sindaci.csv")
    row = "/data/sez_accordi/accordo_attivo[{}]/acc_titolo"
    await hands_in(engine, "SI001", ((row.format(1), "A"), (row.format(2), "B")))
    assert list((await frames(engine))["accordo_attivo"]["acc_titolo"]) == ["A", "B"]


async def test_the_identified_mode_tells_person_and_register(engine, frames):
    """And the moment, in the survey's time zone."""
    await field(engine, mode=Mode.IDENTIFIED)
    await submits(engine, "PO001", REFUSAL)
    row = (await frames(engine))["responses"].iloc[0]
    assert row["person_id"] == "PO001"
    assert row["register_area"] == "infrastrutture"
    assert row["register_weight"] == 1
    assert str(row["submitted_at"]) == "2026-11-23 12:00:00"


async def test_a_survey_without_responses_has_its_columns(engine, frames):
    """So that a coordinator sees before the start what will come."""
    await field(engine)
    tables = await frames(engine)
    assert list(tables) == [
        "responses",
        "buona_pratica",
        "responses.missing",
        "buona_pratica.missing",
        "codebook",
    ]
    assert len(tables["responses"]) == 0
    assert "tipo_servizi/gare" in tables["responses"].columns


WHOLE = ["--whole", "--purpose", "coding"]


async def two_answers(engine):
    await field(engine)
    await submits(engine, "PO001", MANAGER)
    await submits(engine, "PO002", REFUSAL)


def test_the_command_writes_a_file_for_each_table(configured, tmp_path):
    """CSV: responses, repeats, codebook; what was text is text."""
    on(configured, two_answers)
    assert main(["export", "zone", "--format", "csv", "--out", str(tmp_path / "out"), *WHOLE]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "zone.buona_pratica.csv",
        "zone.buona_pratica.missing.csv",
        "zone.codebook.csv",
        "zone.responses.csv",
        "zone.responses.missing.csv",
    ]
    read = pd.read_csv(tmp_path / "out" / "zone.responses.csv")
    assert set(read["tipo_servizi_altro"].dropna()) == {"'=1+1"}


@ON_SQLITE
def test_the_command_writes_one_workbook(configured, tmp_path):
    """A sheet for each table; a second run replaces it."""
    on(configured, two_answers)
    for _ in range(2):
        assert main(["export", "zone", "--format", "xlsx", "--out", str(tmp_path / "out"), "--labels", "it"]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["zone.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "out" / "zone.xlsx")
    assert book.sheetnames == [
        "responses",
        "buona_pratica",
        "responses.missing",
        "buona_pratica.missing",
        "codebook",
    ]
    assert book["responses"].max_row == 3


def test_an_export_of_other_tables_is_not_mixed_with_this_one(configured, tmp_path, capsys):
    """A file that would be left over from an earlier export could be taken for this one's."""
    on(configured, two_answers)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "zone.old_repeat.csv").touch()
    assert main(["export", "zone", "--out", str(tmp_path / "out")]) == 1
    assert "holds another export: zone.old_repeat.csv" in capsys.readouterr().err
    assert len(list((tmp_path / "out").iterdir())) == 1


@ON_SQLITE
def test_every_format_is_written_by_the_command(configured, tmp_path):
    """Each in the same folder as the others."""
    on(configured, two_answers)
    for form in Format:
        assert main(["export", "zone", "--format", form, "--out", str(tmp_path / "out"), "--labels", "en"]) == 0
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"zone.xlsx", "zone.responses.sav", "zone.buona_pratica.dta", "zone-odk", "zone-codebook.csv"} <= there


async def test_what_could_tell_who_somebody_is_is_withheld(answered, frames):
    """No day; of the variables that do so together only what five share; the reason stands where the answer was."""
    tables = await frames(answered, is_whole=False)
    table, why = tables["responses"], tables["responses.missing"]
    assert "submitted_on" not in table.columns
    assert table["area"].isna().all()
    assert set(why["area"]) == {"withheld"}
    assert sorted(table["partecipo"]) == ["no", "si"]


@ON_SQLITE
def test_the_command_says_what_was_withheld(configured, tmp_path, capsys):
    """And how to get it; everything only with the reason why."""
    on(configured, two_answers)
    assert main(["export", "zone", "--out", str(tmp_path / "out")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Withheld, since it could tell who somebody is: submitted_on, " in said
    assert "area of 2 rows" in said
    assert "2 responses." in said
    assert main(["export", "zone", "--out", str(tmp_path / "out"), "--whole"]) == 1
    assert "--purpose" in capsys.readouterr().err
    assert main(["export", "zone", "--out", str(tmp_path / "out"), *WHOLE]) == 0
    assert "Withheld" not in capsys.readouterr().out


def test_every_export_is_on_record(configured, tmp_path):
    """How much of what was let out, by whom and what for; of an export that failed nothing."""
    on(configured, two_answers)
    assert main(["export", "zone", "--out", str(tmp_path / "out")]) == 0
    assert main(["export", "zone", "--out", str(tmp_path / "out"), "--format", "json", *WHOLE]) == 0
    (tmp_path / "file").touch()
    assert main(["export", "zone", "--out", str(tmp_path / "file"), *WHOLE]) == 1
    found = []

    async def look(engine):
        async with snapshot(engine) as connection:
            survey = await get_survey(connection, "zone")
            found.extend(await list_releases(connection, survey.id))

    on(configured, look)
    protected, whole = found
    assert (protected.kind, whole.kind, whole.purpose) == (Kind.PROTECTED, Kind.WHOLE, "coding")
    assert whole.options == {"format": "json", "partial": False}
    assert protected.responses == 2
    assert protected.data_hash == whole.data_hash
    assert protected.who


@ON_SQLITE
@pytest.mark.parametrize(("form", "beyond"), [("xlsx", "x" * 32_768), ("sav", "è" * 16_384), ("csv", "")])
def test_a_text_that_was_cut_is_told_of(configured, tmp_path, capsys, form, beyond):
    """On the screen and in the codebook, under the name of its column; formats that have room cut nothing."""
    asked = "/data/sez_finale/commenti"

    async def answers(engine):
        await field(engine)
        await hands_in(engine, "PO001", ((asked, beyond or "x" * 40_000),))
        await hands_in(engine, "PO002", ((asked, "x" * 16_000),))

    on(configured, answers)
    assert main(["export", "zone", "--format", form, "--out", str(tmp_path / "out"), *WHOLE]) == 0
    said = " ".join(capsys.readouterr().out.split())
    warning = "Warning: cut, since this format has no room for more than 32,767: commenti of 1 text."
    assert (warning in said) == bool(beyond)
    files = {path.name: path for path in (tmp_path / "out").iterdir()}
    if form == "xlsx":
        book = pd.read_excel(files["zone.xlsx"], sheet_name="codebook")
    else:
        book = pd.read_csv(files["zone-codebook.csv" if form == "sav" else "zone.codebook.csv"])
    notes = dict(zip(book["variable"], book["note"], strict=True))
    assert (notes["commenti"] == "1 text was cut: there was room for 32,767 only") == bool(beyond)
    assert not [name for name, note in notes.items() if "cut" in str(note) and name != "commenti"]
