"""Printed cards: the code leads where the address says, in everybody's language, names in any script are legible."""

import base64
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import segno

from admin_scripts import card_sheets
from admin_scripts.__main__ import main
from admin_scripts.card_sheets import CODE, FONTS, Card, write_cards
from admin_scripts.invitation_cards import print_cards, sorted_by
from admin_scripts.links import Links
from admin_scripts.refusal import Refused
from storage.engine import snapshot, transaction
from storage.participation import exclude
from storage.register import Participant, Person, participants
from tests.admin_scripts.field_work import SECRET, field, on

LINK = "https://survey.example.org/s/aB3_-xYz0123456789abcdef"
LINKS = Links("", "https://survey.example.org")
CARD = Card("P1", "Ada", "", "A title", "An office", "Point here.", "Until Friday.", LINK)


def said(capsys):
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def sheets_in(path: Path) -> list[str]:
    """What is drawn on each sheet, in the language of PDF; letters of ASCII are readable in it."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\n?endstream", path.read_bytes(), re.DOTALL)
    encoded = [stream.strip() for stream in streams if stream.strip().endswith(b"~>")]
    unpacked = [zlib.decompress(base64.a85decode(one.removesuffix(b"~>"))) for one in encoded]
    return [one.decode("latin-1") for one in unpacked if b" re" in one]


def matrix_in(sheet: str) -> tuple[tuple[int, ...], ...]:
    """The squares of the first code on a sheet, from the rectangles that are drawn."""
    rectangles = [tuple(map(float, found)) for found in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", sheet)]
    side = rectangles[0][3]
    size = round(CODE / side)
    left, bottom = min(r[0] for r in rectangles), min(r[1] for r in rectangles)
    squares = [[0] * size for _ in range(size)]
    for x, y, width, _ in rectangles:
        for column in range(round((x - left) / side), round((x - left + width) / side)):
            squares[size - 1 - round((y - bottom) / side)][column] = 1
    return tuple(map(tuple, squares))


def words_on(sheet: str) -> str:
    return " ".join(re.findall(r"\(((?:[^()\\]|\\.)*)\) Tj", sheet))


# ---------------------------------------------------------------- what is drawn


def test_the_code_on_the_card_is_the_link(tmp_path):
    """Square for square what a scanner expects; the address can be typed without https://."""
    assert write_cards(tmp_path / "cards.pdf", [CARD], names=None) == []
    (sheet,) = sheets_in(tmp_path / "cards.pdf")
    assert matrix_in(sheet) == tuple(map(tuple, segno.make(LINK, micro=False, error="m").matrix))
    for words in ("Ada", "A title", "An office", "Point here.", "Until Friday.", LINK.removeprefix("https://")):
        assert words in words_on(sheet)


def test_eight_cards_fill_a_sheet(tmp_path):
    """The ninth begins the next one; the same cards are the same bytes."""
    for name in ("a.pdf", "b.pdf"):
        write_cards(tmp_path / name, [CARD] * 9, names=None)
    assert len(sheets_in(tmp_path / "a.pdf")) == 2
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(
    ("name", "is_written"),
    [
        ("Łukasz Żółć", True),
        ("Олена Шевченко", True),
        ("Γιώργος Ăţ", True),
        ("Rossi\u0301", True),
        ("李小龍", False),
        ("محمد علي", False),
        ("משה", False),
        ("अनिता", False),
        ("\U00020bb7\u7530", False),
    ],
)
def test_a_name_is_written_or_the_id_stands_for_it(tmp_path, name, is_written):
    """Never boxes, nor letters in a wrong order; whose names are missing is told."""
    card = Card("P17", name, "", "T", "", "W", "", LINK)
    assert write_cards(tmp_path / "cards.pdf", [card], names=None) == ([] if is_written else ["P17"])
    (sheet,) = sheets_in(tmp_path / "cards.pdf")
    assert ("P17" in words_on(sheet)) is not is_written


def test_who_has_no_name_is_called_by_the_id(tmp_path):
    """That is no trouble to be told of."""
    assert write_cards(tmp_path / "cards.pdf", [Card("P17", "", "", "T", "", "W", "", LINK)], names=None) == []
    assert "P17" in words_on(sheets_in(tmp_path / "cards.pdf")[0])


def test_long_words_do_not_leave_the_card(tmp_path):
    """They are broken, made smaller or cut."""
    long = Card("P1", "Donaudampfschifffahrt" * 9, "g" * 99, "title " * 99, "s" * 99, "w " * 999, "d " * 99, LINK * 3)
    assert write_cards(tmp_path / "cards.pdf", [long], names=None) == []
    assert len(sheets_in(tmp_path / "cards.pdf")) == 1


def test_another_font_can_be_given_for_names(tmp_path):
    """A file that is none is refused."""
    assert write_cards(tmp_path / "cards.pdf", [CARD], names=FONTS / "DejaVuSansMono.ttf") == []
    (tmp_path / "font.ttf").write_text("no font")
    for name in ("font.ttf", "nowhere.ttf"):
        with pytest.raises(Refused, match="is no TrueType font"):
            write_cards(tmp_path / "cards.pdf", [CARD], names=tmp_path / name)


# ---------------------------------------------------------------- who gets which


async def test_everybody_who_is_eligible_gets_a_card_in_the_own_language(engine, tmp_path):
    """With the link that the export has; whoever was excluded gets none."""
    survey = await field(engine)
    async with transaction(engine) as connection:
        await exclude(connection, survey.id, "PO001", "has left")
    out = tmp_path / "cards.pdf"
    printed = await print_cards(engine, "zone", out, links=LINKS, secret=SECRET, by="", font=None)
    async with snapshot(engine) as connection:
        people = await participants(connection, survey.id)
    assert (printed.cards, printed.excluded, printed.nameless) == (133, 1, [])
    words = " ".join(map(words_on, sheets_in(out)))
    assert "Inquadri il codice con la fotocamera" in words
    assert "Point the camera of your phone" in words
    tokens = {one.person.person_id: one.token(SECRET).replace("\\", "") for one in people}
    assert tokens["PO002"] in words
    assert tokens["PO001"] not in words


def person(number: str, name: str, area: str) -> Participant:
    return Participant(number, 1, 0, "", Person(number, name, attributes={"area": area} if area else {}))


def test_cards_are_sorted_as_they_are_handed_out():
    """By name, or by a column and then by name; who has nothing in the column comes first."""
    people = [
        person("1", "bea", "south"),
        person("2", "Ada", "south"),
        person("3", "Cleo", "North"),
        person("4", "D", ""),
    ]
    assert [one.id for one in sorted_by(people, "")] == ["2", "1", "3", "4"]
    assert [one.id for one in sorted_by(people, "area")] == ["4", "3", "2", "1"]
    assert [one.id for one in sorted_by(people, "person_id")] == ["1", "2", "3", "4"]
    with pytest.raises(Refused, match=r"no column 'office'. Sort by one of: person_id, name, email, language, area"):
        sorted_by(people, "office")


def test_cards_are_a_file_for_the_owner_alone(configured, tmp_path, monkeypatch, capsys):
    """It is not overwritten by mistake, and says on how many sheets it is printed."""
    on(configured, field)
    monkeypatch.setenv("COLLOQUIO_PUBLIC_URL", "https://survey.example.org")
    assert main(["invitations", "cards", "zone", "cards.pdf", "--by", "area"]) == 0
    assert "134 cards are in cards.pdf, on 17 sheets of A4" in said(capsys)
    assert (tmp_path / "cards.pdf").stat().st_mode & 0o777 == 0o600
    assert main(["invitations", "cards", "zone", "cards.pdf"]) == 1
    assert "add --overwrite" in said(capsys)
    before = (tmp_path / "cards.pdf").read_bytes()
    assert main(["invitations", "cards", "zone", "cards.pdf", "--overwrite", "--by", "nothing"]) == 1
    assert (tmp_path / "cards.pdf").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == ["cards.pdf"]


def test_cards_without_a_public_address_are_warned_of(configured, capsys, tmp_path):
    """They would lead to the machine of whoever holds them; names that are missing are listed by id."""
    register = tmp_path / "register.csv"
    register.write_text("matricola;nome_completo\n1;李小龍\n2;Ada\n")
    on(configured, lambda engine: field(engine, register=register))
    assert main(["invitations", "cards", "zone", "cards.pdf"]) == 0
    words = said(capsys)
    assert "set COLLOQUIO_PUBLIC_URL" in words
    assert "so the id is printed instead: 1." in words


def test_a_name_without_end_is_not_measured_to_its_end(tmp_path, monkeypatch):
    """No card has room for it."""
    measured = []
    width = card_sheets.stringWidth

    def measure(text, *how):
        measured.append(len(text))
        return width(text, *how)

    monkeypatch.setattr(card_sheets, "stringWidth", measure)
    card = replace(CARD, name="x" * 100_000)
    write_cards(tmp_path / "cards.pdf", [card], names=None)
    assert max(measured) <= card_sheets.LONGEST + 1
