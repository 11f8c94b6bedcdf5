"""A survey's own words go to a file and come back; what is left as it was stays ours, and mistakes come all at once."""

import csv

import openpyxl
import pytest

from admin_scripts.__main__ import main
from admin_scripts.refusal import Refused
from admin_scripts.survey_change import Anew, change
from admin_scripts.texts import all_texts, import_texts, write_texts
from admin_scripts.texts_file import MEANINGS, OCCASIONS
from conversations.letters import PLACES, Occasion, OwnWords
from storage.engine import snapshot
from storage.texts import load_texts
from tests.admin_scripts.field_work import NOON, field, on

KINDS = ("texts.xlsx", "texts.csv")
OURS = "{title}: il suo invito"


def said(capsys):
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


async def stored(engine, survey):
    async with snapshot(engine) as connection:
        return await load_texts(connection, survey.id)


def filled_in(path, change):
    """The file after somebody has changed its rows; `change` gets and gives rows of cells, the heading first."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        rows = change([list(row) for row in sheet.iter_rows(values_only=True)])
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = change(list(csv.reader(file)))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


async def written(engine, path, change=lambda rows: rows):
    write_texts(path, await all_texts(engine, "zone"))
    filled_in(path, change)
    return path


# ---------------------------------------------------------------- there and back


@pytest.mark.parametrize("name", KINDS)
async def test_a_file_that_is_left_as_it_is_changes_nothing(engine, tmp_path, name):
    """A later version of Colloquio may then find better words; so it is after the survey got a sender and an end."""
    survey = await field(engine)
    path = await written(engine, tmp_path / name)
    assert await import_texts(engine, "zone", path) == 0
    await change(engine, "zone", Anew(sender="Ente", closes="2026-12-18"), now=NOON)
    assert await import_texts(engine, "zone", path) == 0
    assert await stored(engine, survey) == {}


@pytest.mark.parametrize("name", KINDS)
async def test_own_words_are_kept_and_exported_again(engine, tmp_path, name):
    """Also those that look like a formula; ours stand beside them."""
    survey = await field(engine)

    def mine(rows):
        return [
            [*row[:2], "Una domanda", "-Buongiorno {name}\n\nDue righe"] if row[:2] == ["invitation", "it"] else row
            for row in rows
        ]

    path = await written(engine, tmp_path / name, mine)
    assert await import_texts(engine, "zone", path) == 1
    words = OwnWords("Una domanda", "-Buongiorno {name}\n\nDue righe")
    assert await stored(engine, survey) == {(Occasion.INVITATION, "it"): words}
    texts = await all_texts(engine, "zone")
    assert texts[Occasion.INVITATION, "it"] == words
    assert texts[Occasion.INVITATION, "en"].subject == "{title}: your invitation"
    assert await import_texts(engine, "zone", await written(engine, path)) == 1


async def test_a_subject_alone_can_be_ones_own(engine, tmp_path):
    """The text below it stays ours, in all its forms."""
    survey = await field(engine)

    def mine(rows):
        return [[*row[:2], "A te", row[3]] if row[:2] == ["opened", "it"] else row for row in rows]

    await import_texts(engine, "zone", await written(engine, tmp_path / "texts.csv", mine))
    assert await stored(engine, survey) == {(Occasion.OPENED, "it"): OwnWords("A te", "")}


async def test_a_row_that_is_deleted_is_ours_again(engine, tmp_path):
    """The file is the whole of it; columns may be moved, and others added."""
    survey = await field(engine)

    def mine(rows):
        return [["note", *reversed(rows[0])], ["x", "Testo", "Oggetto", "it", "closed"]]

    await import_texts(engine, "zone", await written(engine, tmp_path / "texts.csv", mine))
    assert await stored(engine, survey) == {(Occasion.CLOSED, "it"): OwnWords("Oggetto", "Testo")}
    await import_texts(engine, "zone", await written(engine, tmp_path / "texts.csv", lambda rows: rows[:1] + rows[2:3]))
    assert await stored(engine, survey) == {}


def test_the_workbook_explains_every_occasion_and_place(configured, tmp_path, capsys):
    """On a sheet of its own, and on the screen; the file is for the owner alone and not overwritten by mistake."""
    on(configured, field)
    assert main(["texts", "export", "zone", "texts.xlsx"]) == 0
    words = said(capsys)
    assert "14 texts are in texts.xlsx" in words
    assert "colloquio texts import zone texts.xlsx" in words
    book = openpyxl.load_workbook(tmp_path / "texts.xlsx")
    assert [cell.value for cell in book["texts"][1]] == ["occasion", "language", "subject", "text"]
    explained = {row[0] for row in book["explanation"].iter_rows(values_only=True)}
    assert set(OCCASIONS) | {f"{{{place}}}" for place in PLACES} <= explained
    assert all(f"{{{place}}} {meaning}" in words for place, meaning in MEANINGS.items())
    assert set(OCCASIONS) == set(Occasion)
    assert (tmp_path / "texts.xlsx").stat().st_mode & 0o777 == 0o600
    assert main(["texts", "export", "zone", "texts.xlsx"]) == 1
    assert "add --overwrite" in said(capsys)
    assert main(["texts", "import", "zone", "texts.xlsx"]) == 0
    assert "No text differs from ours" in said(capsys)


# ---------------------------------------------------------------- mistakes

WRONG = [
    ["occasion", "language", "subject", "text"],
    ["birthday", "it", "S", "T"],
    ["opened", "klingon", "S", "T"],
    ["opened", "it", "two\nlines", ""],
    ["closed", "it", "s" * 201, "t" * 4001],
    ["closed", "it", "S {nome}", "{name} {surname} {deadline}"],
]


def test_all_mistakes_come_at_once_with_cell_and_remedy(configured, tmp_path, capsys):
    """Of a workbook by its cells; and nothing is imported."""
    on(configured, field)
    main(["texts", "export", "zone", "texts.xlsx"])
    filled_in(tmp_path / "texts.xlsx", lambda _: WRONG)
    capsys.readouterr()
    assert main(["texts", "import", "zone", "texts.xlsx"]) == 1
    words = said(capsys)
    for cell, what in [
        ("A2", "'birthday' is no occasion │ Write one of: invitation,"),
        ("B3", "'klingon' is no language here │ Write one of: it, en."),
        ("D4", "there is no text │"),
        ("C4", "there is a line break │"),
        ("D5", "4001 characters are too many │ Shorten the text to 4000."),
        ("C5", "201 characters are too many │ Shorten the subject to 200."),
        ("A6", "closed in it is already in line 5 │ Keep one of the two."),
        ("C6", "{nome} is no place that can be filled │ Write one of: {name}, {title},"),
        ("D6", "{surname} is no place that can be filled │"),
        ("D6", "{deadline} would be empty: the survey does not say it │"),
    ]:
        assert f"{cell} │ {what}" in words, (cell, what)
    assert "texts.xlsx has 10 mistakes and nothing was imported" in words
    main(["texts", "export", "zone", "again.csv"])
    assert OURS in (tmp_path / "again.csv").read_text()


async def test_mistakes_of_a_csv_are_named_by_line(engine, tmp_path):
    """There are no cells with names in it."""
    await field(engine)
    path = await written(engine, tmp_path / "texts.csv", lambda _: [WRONG[0], ["opened", "it", "S", "{x}"]])
    with pytest.raises(Refused, match="has 1 mistake and nothing"):
        await import_texts(engine, "zone", path)


async def test_a_place_that_the_survey_fills_can_be_used(engine, tmp_path):
    """Once it says when it closes."""
    survey = await field(engine)
    rows = [WRONG[0], ["opened", "it", "", "Entro { deadline }"]]
    path = await written(engine, tmp_path / "texts.csv", lambda _: rows)
    with pytest.raises(Refused, match="1 mistake"):
        await import_texts(engine, "zone", path)
    await change(engine, "zone", Anew(closes="2026-12-18"), now=NOON)
    await import_texts(engine, "zone", path)
    assert await stored(engine, survey) == {(Occasion.OPENED, "it"): OwnWords("", "Entro { deadline }")}


@pytest.mark.parametrize("body", ["Fino a deadline}", "Fino a {deadline", "{}", "{1}", "{{name}}"])
async def test_a_brace_that_stands_alone_is_refused(engine, tmp_path, capsys, body):
    """Somebody has mistyped a place, and people would read it."""
    await field(engine)
    path = await written(engine, tmp_path / "texts.csv", lambda _: [WRONG[0], ["opened", "it", "", body]])
    with pytest.raises(Refused, match="has 1 mistake"):
        await import_texts(engine, "zone", path)
    assert "a brace stands alone" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("texts.csv", "occasion,language\nopened,it\n", "has no column subject, text. Take the file that"),
        ("texts.csv", "", "is empty"),
        ("texts.doc", "x", "Only .csv and .xlsx files are read"),
        ("texts.xlsx", "x", "is no Excel workbook"),
    ],
)
def test_another_file_is_refused(configured, tmp_path, capsys, name, content, sentence):
    """In one sentence."""
    on(configured, field)
    (tmp_path / name).write_text(content)
    assert main(["texts", "import", "zone", name]) == 1
    assert sentence in said(capsys)
    assert main(["texts", "export", "zone", "texts.odt"]) == 1
    assert "Texts are written as .xlsx or .csv" in said(capsys)
