"""A register as people really keep it is understood, and every bad line is named."""

import pytest
from openpyxl import Workbook

from admin_scripts.refusal import Refused
from admin_scripts.register_file import Line, read_register
from admin_scripts.register_people import BadLine, understand
from storage.register import Person
from tests.admin_scripts.field_work import EXAMPLES

LANGUAGES = ("Italiano (it)", "English (en)")


def read(tmp_path, content, name="register.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return understand(read_register(path), LANGUAGES)


def test_the_real_register_is_understood_without_a_bad_line():
    """134 people, blank weights are 1, other columns are attributes."""
    register = understand(read_register(EXAMPLES / "staff.csv"), LANGUAGES)
    assert (len(register.people), register.bad) == (134, ())
    assert register.people[0] == Person(
        "PO001",
        "Sara Modelloponti",
        "sara.modelloponti@example.org",
        "it",
        1.0,
        {"area": "infrastrutture", "direzione": "edilizia_scolastica", "ruolo": "po_responsabile_servizio"},
    )


@pytest.mark.parametrize(
    "heading",
    [
        "staff_id,full_name,email,language,weight",
        "Matricola;Nome e Cognome;E-mail;Lingua;Peso",
        "ID\tNominativo\tPosta elettronica\tLANG\tweight",
    ],
)
def test_columns_are_known_by_their_usual_names_whatever_the_delimiter(tmp_path, heading):
    """Italian and English headings, comma, semicolon and tab."""
    delimiter = next(mark for mark in ",;\t" if mark in heading)
    line = delimiter.join(["7", "Tizia Prova", "t@example.org", "en", "2.5"])
    assert read(tmp_path, f"{heading}\n{line}\n").people == (Person("7", "Tizia Prova", "t@example.org", "en", 2.5),)


def test_name_and_surname_may_be_two_columns(tmp_path):
    """They are joined."""
    assert read(tmp_path, "matricola,nome,cognome\n7,Tizia,Prova\n").people[0].name == "Tizia Prova"


def test_a_delimiter_inside_quotes_cuts_nothing(tmp_path):
    """The heading is cut where most columns come out."""
    found = read(tmp_path, '"id";"nome, cognome e titolo, per esteso"\n"7";"Prova, Tizia"\n').people[0]
    assert found.attributes == {"nome, cognome e titolo, per esteso": "Prova, Tizia"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_every_usual_encoding(tmp_path, encoding):
    """As Excel writes them, old and new."""
    assert read(tmp_path, "id,nome\n7,Niccolò Città\n".encode(encoding)).people[0].name == "Niccolò Città"


def test_a_workbook_is_read_like_a_text(tmp_path):
    """Numbers without decimals are ids, empty lines are skipped, line numbers are the sheet's."""
    book = Workbook()
    for row in (["matricola", "nome", "peso"], [1042.0, "Tizia", 1.5], [None, None, None], [None, "Caia", 1]):
        book.active.append(row)
    book.save(tmp_path / "register.xlsx")
    register = understand(read_register(tmp_path / "register.xlsx"), LANGUAGES)
    assert register.people == (Person("1042", "Tizia", weight=1.5),)
    assert register.bad == (BadLine(4, ("the id is missing",)),)


@pytest.mark.parametrize("email", ["àda@example.org", f"{'x' * 65}@example.org", "a..b@example.org", "ada@straße.de"])
def test_an_address_that_cannot_be_written_to_is_named_at_the_import(tmp_path, email):
    """By the very check with which messages are sent; one with an accent after the @ can be."""
    register = read(tmp_path, f"id,email\n1,{email}\n2,ada@città.it\n")
    (bad,) = register.bad
    assert (bad.number, [person.person_id for person in register.people]) == (2, ["2"])
    assert f"no e-mail can be sent to '{email}'" in bad.reasons[0]


def test_every_bad_line_is_named_with_every_reason(tmp_path):
    """All at once, each with the line an editor shows."""
    register = read(
        tmp_path,
        "id,email,language,weight,note\n"
        "1,a@example.org,it,1,\n"
        '1,,,,"two\nlines"\n'
        ",b@example,fr,-1,\n"
        "4,,,abc,,,extra\n"
        "5,,,nan,\n"
        "6,,,0,\n",
    )
    assert [person.person_id for person in register.people] == ["1"]
    assert register.bad == (
        BadLine(
            3,
            ("its cell 5 holds a line break or another control character", "the id '1' is already on line 2"),
        ),
        BadLine(
            5,
            (
                "the id is missing",
                "'b@example' is no e-mail address",
                "the questionnaire has no language 'fr', only it, en",
                "the weight '-1' is not a positive number",
            ),
        ),
        BadLine(6, ("it has more cells than the heading", "the weight 'abc' is not a positive number")),
        BadLine(7, ("the weight 'nan' is not a positive number",)),
        BadLine(8, ("the weight '0' is not a positive number",)),
    )


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\t", "\x1b", "\x7f", "\x85", "\u2028"])
@pytest.mark.parametrize("cells", ['"1{}2",Tizia,', '7,"Ti{}zia",', '7,Tizia,"a{}b"'], ids=["id", "name", "attribute"])
def test_a_control_character_in_any_cell_makes_a_bad_line(tmp_path, cells, mark):
    """It would break a line of a message, or of a file that is written from it."""
    register = read(tmp_path, "id,full_name,note\n" + cells.format(mark) + "\n")
    assert [line.number for line in register.bad] == [2]
    assert "control character" in register.bad[0].reasons[0]


def test_a_zero_byte_that_no_file_can_hold_makes_a_bad_line_too():
    """Whatever the lines were read from."""
    register = understand([Line(1, ("id", "nome")), Line(2, ("7", "Ti\0zia"))], LANGUAGES)
    assert register.bad == (BadLine(2, ("its cell 2 holds a line break or another control character",)),)


def test_one_id_written_in_two_ways_is_one_id(tmp_path):
    """Composed or not, with characters of no width or without; a cell of nothing else is blank."""
    register = read(tmp_path, "id\nè1\ne\u03001\n\u200bè\u00ad1\ufeff\n\u200b \u200d\n")
    assert [person.person_id for person in register.people] == ["è1"]
    assert [line.reasons for line in register.bad] == [("the id 'è1' is already on line 2",)] * 2 + [
        ("the id is missing",)
    ]


def test_accents_are_part_of_their_letters_in_headings_and_cells(tmp_path):
    """As a Mac writes them they are two characters."""
    found = read(tmp_path, "id,nome,citta\u0300\n7,Niccolo\u0300,Forli\u0300\n").people[0]
    assert (found.name, found.attributes) == ("Niccolò", {"città": "Forlì"})


@pytest.mark.parametrize("written", ["1_0", "1e1", "+1", "٣", "inf", "1.", '"1,5,5"', "9" * 400])
def test_a_weight_is_written_in_digits_with_one_decimal_mark_at_most(tmp_path, written):
    """What only a programming language takes for a number is a slip of the keyboard."""
    register = read(tmp_path, f"id,peso\n7,{written}\n")
    assert [line.reasons for line in register.bad] == [
        (f"the weight '{written.strip(chr(34))}' is not a positive number",)
    ]


@pytest.mark.parametrize(("written", "tag"), [("IT", "it"), ("Italiano", "it"), ("english (EN)", "en"), ("", "")])
def test_a_language_may_be_written_as_tag_or_name(tmp_path, written, tag):
    """It is kept as its tag; a blank leaves the choice to the respondent."""
    assert read(tmp_path, f"id,lingua\n7,{written}\n").people[0].language == tag


def test_a_questionnaire_that_names_no_language_takes_any_tag(tmp_path):
    """There is nothing to compare with."""
    path = tmp_path / "register.csv"
    path.write_text("id,lingua\n7,fr\n8,francese\n")
    register = understand(read_register(path), ())
    assert [person.language for person in register.people] == ["fr"]
    assert register.bad == (BadLine(3, ("the questionnaire has no language 'francese'",)),)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("r.csv", b"", "is empty"),
        ("r.csv", b"nome,cognome\nA,B\n", "No column holds a person's id"),
        ("r.csv", b"id,matricola\n1,2\n", "mean the same"),
        ("r.csv", b"\x81\x8d\x8f", "neither UTF-8 nor Windows"),
        ("r.csv", "id,nome\n1,Niccolò\n".encode("utf-16-le"), "Save it as 'CSV UTF-8'"),
        ("r.xls", b"x", "Save it as one of the two"),
        ("r.xlsx", b"x", "is no Excel workbook"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_sentence(tmp_path, name, content, sentence):
    """The sentence says what to do."""
    with pytest.raises(Refused, match=sentence):
        read(tmp_path, content, name)


@pytest.mark.parametrize(
    "content",
    ['id,nome\n1,A\n2,"B\n3,C\n4,D', 'id,nome\n1,A\n2,"B\n3,"C"\n', 'id,nome\n1,A\n2,"' + "3,C\n" * 50_000],
    ids=["to the end", "to the next mark", "longer than a cell may be"],
)
def test_a_quotation_mark_that_is_not_closed_swallows_nobody(tmp_path, content):
    """The file is refused, and the sentence names the line where the mark stands."""
    with pytest.raises(Refused, match="from line 3 on: is a quotation mark not closed there"):
        read(tmp_path, content)


def test_a_register_that_is_not_there_is_refused(tmp_path):
    """With the name that was looked for."""
    with pytest.raises(Refused, match=r"nowhere\.csv cannot be read"):
        read_register(tmp_path / "nowhere.csv")
