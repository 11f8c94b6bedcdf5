"""Open answers, coded by people: listed, imported, compared, and in every table."""

import math
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import delete, insert, select

from admin_scripts.coding import frame_changes, import_codes, listed, write_differing, write_list
from admin_scripts.microdata.coded import FINAL, UNFIT
from admin_scripts.microdata.loading import load_dataset
from admin_scripts.microdata.source import read_source
from admin_scripts.microdata.stream import opened_stream
from admin_scripts.microdata.variables import CODED, Missing
from admin_scripts.open_answers.agreeing import agreement_of, verdict
from admin_scripts.open_answers.sheets import NONE_FITS
from admin_scripts.refusal import Refused
from storage.codings import load_codings
from storage.engine import snapshot, transaction
from storage.releases import Kind, list_releases
from storage.tables import response_links, responses
from tests.admin_scripts.field_work import field, submits
from tests.admin_scripts.managers import MANAGER

SECRET = b"a secret of the tests alone, never used"
REASON, COMMENT = "/data/sez_finale/consiglio_motivo", "/data/sez_finale/commenti"
PEOPLE = 11
FRAME = (("cost", "Costi", "Costs"), ("staff", "Personale", "Staff"))


@dataclass
class Desk:
    """Where coders work: a survey with answers, and a folder."""

    engine: object
    folder: Path

    async def list(self, question="consiglio_motivo", coder="", language="en"):
        """The file for a coder."""
        path = self.folder / f"{question}-{coder}.xlsx"
        await write_list(self.engine, await listed(self.engine, "zone", question, SECRET), coder, path, language)
        return path

    async def code(self, coder, codes, frame=FRAME):
        """What a coder does: the codes by the number in the text; then the file is imported."""
        path = await self.list(coder=coder)
        book = openpyxl.load_workbook(path)
        for row, line in enumerate(frame, start=2):
            for column, cell in enumerate(line, start=1):
                book["code frame"].cell(row, column, cell)
        for row in book["texts"].iter_rows(min_row=2):
            row[2].value = codes.get(int(row[1].value.split()[-1]))
        book.save(path)
        return await import_codes(self.engine, "zone", path, coder, SECRET)

    async def kept(self):
        async with snapshot(self.engine) as connection:
            survey = (await read_source(connection, "zone")).survey
            return await load_codings(connection, survey.id)


@pytest.fixture
async def desk(engine, tmp_path):
    """Eleven people have given a reason, and a comment with the same number; for the rest they answer alike."""
    await field(engine)
    await submits(engine, "PO001", MANAGER | {"/data/sez_finale/consiglio": "7", REASON: "reason", COMMENT: "comment"})
    async with transaction(engine) as connection:
        (one,) = (await connection.execute(select(responses))).mappings()
        for number in range(PEOPLE):
            texts = {REASON: f"=Motivo {number}", COMMENT: f"Commento {number}"}
            answers = [[path, texts.get(path, value)] for path, value in one["answers"]]
            await connection.execute(insert(responses), {**one, "id": uuid4().hex, "answers": answers})
        await connection.execute(delete(response_links))
        await connection.execute(delete(responses).where(responses.c.id == one["id"]))
    return Desk(engine, tmp_path)


def rows_in(path, sheet="texts"):
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True))


async def test_texts_of_two_questions_cannot_be_joined(desk):
    """The ids and the order of one question say nothing of another: not a single person's two texts share either."""
    reasons, comments = rows_in(await desk.list()), rows_in(await desk.list("commenti"))

    assert len(reasons) == len(comments) == PEOPLE
    assert not {row[0] for row in reasons} & {row[0] for row in comments}
    assert [row[1].split()[-1] for row in reasons] != [row[1].split()[-1] for row in comments]


async def test_the_list_is_the_same_each_time_and_text_stays_text(desk):
    """What looks like a formula too; and how it is done stands in the file."""
    path = await desk.list()
    first = path.read_bytes()

    assert (await desk.list()).read_bytes() == first
    cells = [row[1] for row in openpyxl.load_workbook(path)["texts"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert dict(row[:2] for row in rows_in(path, "how to"))["question"] == "consiglio_motivo"


async def test_that_texts_were_let_out_is_on_record(desk):
    """When, by whom, what for, of how many."""
    await desk.list()

    async with snapshot(desk.engine) as connection:
        survey = (await read_source(connection, "zone")).survey
        (release,) = await list_releases(connection, survey.id)
    assert (release.kind, release.responses) == (Kind.PROTECTED, PEOPLE)
    assert release.options["question"] == "consiglio_motivo"


async def test_texts_of_few_people_are_not_listed(desk):
    """Whoever knows them would know who wrote what; and only open questions can be coded."""
    with pytest.raises(Refused, match="fewer than 10 people"):
        await desk.list("ostacolo_altro")
    with pytest.raises(Refused, match="'area' is no open question"):
        await desk.list("area")


async def test_a_coder_takes_up_where_they_stopped(desk):
    """The file has the codes and the frame given so far; importing again replaces this coder's codes only."""
    await desk.code("bea", dict.fromkeys(range(3), "cost"))
    done = await desk.code("anna", {0: "Staff cost", 1: "-"}, (FRAME[0], ("staff", "Chi", "Who"), ("x", "X", "X")))
    assert (done.question, done.coded, done.uncoded) == ("consiglio_motivo", 2, PEOPLE - 2)
    assert frame_changes(done.before, done.after) == "1 new code, 1 label changed"

    path = await desk.list(coder="anna")
    assert sorted(filter(None, (row[2] for row in rows_in(path)))) == ["-", "staff cost"]
    assert rows_in(path, "code frame")[0] == FRAME[0]
    assert (await import_codes(desk.engine, "zone", path, "anna", SECRET)).coded == 2
    assert sorted(one.coder for one in await desk.kept()) == ["anna"] * 2 + ["bea"] * 3


async def test_every_mistake_is_told_with_its_cell_and_nothing_is_imported(desk, capsys):
    """An unknown code, a foreign id, a text twice, a code without a label, one that cannot be a code, one twice."""
    await desk.code("bea", {0: "staff"})
    path = await desk.list(coder="anna")
    book = openpyxl.load_workbook(path)
    texts, frame = book["texts"], book["code frame"]
    texts["C2"], texts["A3"], texts["A5"] = "- heat", "nowhere", texts["A4"].value
    for row, line in enumerate([("cost", "Costi"), ("cost", "Costi"), ("the heat", "Caldo"), ("x", None)], start=2):
        frame.cell(row, 1, line[0])
        frame.cell(row, 2, line[1])
        frame.cell(row, 3, None)
    frame["C5"] = None
    book.save(path)

    with pytest.raises(Refused, match="mistakes and nothing was imported"):
        await import_codes(desk.engine, "zone", path, "anna", SECRET)

    said = capsys.readouterr().out
    for cell in ("texts!C2", "texts!A3", "texts!A5", "code frame!A3", "code frame!A4", "code frame!A1"):
        assert cell in said
    assert f"Write {NONE_FITS} alone" in " ".join(said.split())
    assert {one.coder for one in await desk.kept()} == {"bea"}


async def test_a_file_without_one_of_its_sheets_is_refused(desk):
    """With the remedy."""
    for sheet in ("texts", "code frame", "how to"):
        path = await desk.list()
        book = openpyxl.load_workbook(path)
        del book[sheet]
        book.save(path)
        with pytest.raises(Refused, match=f"no sheet '{sheet}'"):
            await import_codes(desk.engine, "zone", path, "anna", SECRET)


async def test_a_file_in_another_language_is_read_back_like_any(desk):
    """The questionnaire's own without a wish; sheets, columns and cells that are wrong are called as in the file."""
    await desk.code("bea", {0: "cost"})
    path = await desk.list(coder="bea", language=None)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["testi", "quadro dei codici", "istruzioni"]
    assert [cell.value for cell in book["quadro dei codici"][1]] == ["codice", "etichetta (it)", "etichetta (en)"]
    told = dict(row[:2] for row in rows_in(path, "istruzioni"))
    assert told["domanda"] == "consiglio_motivo"
    assert "«testi»" in told["2. I testi"]
    done = await import_codes(desk.engine, "zone", path, "bea", SECRET)
    assert (done.question, done.coded, done.before) == ("consiglio_motivo", 1, done.after)
    del book["testi"]
    book.save(path)
    with pytest.raises(Refused, match="no sheet 'texts' or 'testi'"):
        await import_codes(desk.engine, "zone", path, "bea", SECRET)


async def test_what_is_no_workbook_is_refused(desk):
    """Whatever its name."""
    path = desk.folder / "codes.xlsx"
    path.write_text("id,text")
    with pytest.raises(Refused, match="no Excel workbook"):
        await import_codes(desk.engine, "zone", path, "anna", SECRET)
    with pytest.raises(Refused, match="cannot be a coder's name"):
        await import_codes(desk.engine, "zone", path, "Anna B.", SECRET)


async def test_coded_answers_are_a_question_with_several_answers(desk):
    """In tables and in exports alike: where coders differ what more than half gave counts, unless they have agreed."""
    await desk.code("anna", {0: "cost", 1: "cost", 2: "cost staff", 3: "-"})
    await desk.code("bea", {0: "cost", 1: "staff", 2: "cost", 3: "-"})
    await desk.code(FINAL, {1: "staff"})

    async with snapshot(desk.engine) as connection:
        dataset = await load_dataset(connection, "zone")
        source = await read_source(connection, "zone")
    column, said = (dataset.tables[""].columns[name] for name in ("consiglio_motivo_coded", "consiglio_motivo"))
    assert (column.variable.kind, [one.name for one in column.variable.choices]) == (CODED, ["cost", "staff", UNFIT])
    given = {int(text.split()[-1]): row for text, row in zip(said.values, column.values.tolist(), strict=True)}
    assert [given[number] for number in range(4)] == [
        [True, False, False],
        [False, True, False],
        [True, False, False],
        [False, False, True],
    ]
    assert (column.missing == Missing.SKIPPED).sum() == PEOPLE - 4  # nobody has coded them
    with opened_stream(source) as stream:
        (chunk,) = stream.chunks()
    exported = {row["consiglio_motivo"]: row for row in chunk.tables[""].to_pylist()}
    assert exported["=Motivo 2"]["consiglio_motivo_coded/cost"] == 1
    assert exported["=Motivo 1"]["consiglio_motivo_coded"] == "staff"
    assert exported["=Motivo 9"]["consiglio_motivo_coded"] is None


async def test_two_coders_are_compared_code_by_code(desk):
    """Alpha over all and of each code, and the texts on which they differ, as a workbook."""
    codes = {number: ("cost", "staff")[number % 2] for number in range(PEOPLE)}
    await desk.code("anna", codes)
    await desk.code("bea", codes | {0: "staff"})
    listing = await listed(desk.engine, "zone", "consiglio_motivo", SECRET)

    found = agreement_of(listing)

    assert (found.coders, found.texts) == (("anna", "bea"), PEOPLE)
    assert 0.8 < found.alpha < 0.9
    assert [(one.name, one.times) for one in found.codes] == [("cost", (6, 5)), ("staff", (5, 6))]
    path = desk.folder / "different.xlsx"
    await write_differing(desk.engine, listing, found, path)
    assert [row[1:] for row in rows_in(path, "different codes")] == [("=Motivo 0", "cost", "staff")]


async def test_one_coder_agrees_with_nobody(desk):
    """And what two have agreed on is no third opinion."""
    await desk.code("anna", {0: "cost"})
    await desk.code(FINAL, {0: "staff"})
    with pytest.raises(Refused, match="only anna has coded"):
        agreement_of(await listed(desk.engine, "zone", "consiglio_motivo", SECRET))
    await desk.code("bea", {1: "staff"})
    with pytest.raises(Refused, match="No text has been coded by two"):
        agreement_of(await listed(desk.engine, "zone", "consiglio_motivo", SECRET))


@pytest.mark.parametrize(
    ("alpha", "words"),
    [(0.9, "reliable (0.8 and more)"), (0.7, "to be used with care"), (0.5, "not reliable"), (math.nan, "nothing")],
)
def test_alpha_is_told_in_words(alpha, words):
    """By Krippendorff's own limits."""
    assert verdict(alpha).startswith(words)
