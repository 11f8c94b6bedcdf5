"""Lists in files beside the workbook: read as ODK reads them, and what an author is told of their mistakes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.forms import FormRefused, files_needed, load_form
from conversations.forms.compiled import pack, unpack
from conversations.forms.data_files import read_data_file
from conversations.forms.lint import check_form
from conversations.forms.media_files import is_known, is_what_it_says
from conversations.forms.xlsform import read_xlsform
from tests.sheets import form, workbook
from tests.walks import Walk

TOWN = """
| survey |
|        | type                           | name | label |
|        | select_one_from_file towns.csv | town | Where? |
"""
PNG = b"\x89PNG\r\n\x1a\n"
CSV = b"name,label,zone\nmi,Milano,a\nmo,Monza,b\nlo,Lodi,b\n"

PARAMETERS = """
| survey |
|        | type                                | name | label  | parameters              |
|        | select_multiple_from_file towns.csv | town | Where? | value=code label=called |
"""
PLACES = """
| survey |
|        | type                                | name  | label  | calculation                                          |
|        | select_one_from_file places.geojson | place | Where? |                                                      |
|        | calculate                           | at    |        | instance('places')/root/item[id = ${place}]/geometry |
"""
GEOJSON = """{"type": "FeatureCollection", "features": [
    {"type": "Feature", "id": "duomo", "properties": {"title": "Duomo", "since": 1386, "open": true},
     "geometry": {"type": "Point", "coordinates": [9.1919, 45.4641]}},
    {"type": "Feature", "properties": {"id": "naviglio", "title": "Naviglio"},
     "geometry": {"type": "LineString", "coordinates": [[9.17, 45.45], [9.16, 45.44]]}},
    {"type": "Feature", "id": 3, "properties": {"title": "Parco"},
     "geometry": {"type": "Polygon", "coordinates": [[[9.1, 45.5], [9.2, 45.5], [9.1, 45.5]]]}}
]}"""
TREE = """
| survey |
|        | type                         | name | label  | calculation                                       |
|        | select_one_from_file wood.xml | tree | Which? |                                                   |
|        | xml-external                 | more |        |                                                   |
|        | calculate                    | high |        | instance('more')/trees/tree[@id = ${tree}]/height |
"""
WOOD = b"<root><item><name>oak</name><label>Oak</label></item><item><name>fir</name><label>Fir</label></item></root>"
MORE = b"<trees><tree id='oak'><height>30</height></tree><tree id='fir'><height>50</height></tree></trees>"
PULL = """
| survey |
|        | type         | name  | label  | calculation                                   |
|        | csv-external | stock |        |                                               |
|        | text         | code  | Which? |                                               |
|        | calculate    | price |        | pulldata('prices', 'price', 'code', ${code})  |
|        | calculate    | left  |        | instance('stock')/root/item[code = ${code}]/n |
"""


def told(table, **files):
    """(code, cell) of every problem; in the names of files `_` stands for the point."""
    there = {name.replace("_", "."): content for name, content in files.items()}
    return [(problem.code, problem.cell) for problem in check_form(read_xlsform(workbook(table)), there)]


def offered(asked, name="town", **answers):
    walk = Walk(asked).answer(**answers)
    return [(choice.name, choice.label) for choice in walk.session.choices(walk.ref(name))]


def test_choices_come_from_a_csv_file():
    """Columns name and label, as on the choices sheet."""
    assert offered(form(TOWN, {"towns.csv": CSV})) == [("mi", "Milano"), ("mo", "Monza"), ("lo", "Lodi")]
    assert form(TOWN).files == ("towns.csv",)


def test_other_columns_are_named_by_parameters():
    """parameters: value=code label=called."""
    asked = form(PARAMETERS, {"towns.csv": b"code,called\n1,One\n2,Two\n"})
    walk = Walk(asked).answer(town="2 1")
    assert offered(asked) == [("1", "One"), ("2", "Two")]
    assert walk.refused("town", "3").reason == "choice"


def test_choices_of_a_file_are_filtered():
    """choice_filter reads the columns of the file and the answers, in the respondent's order too."""
    table = """
    | survey |
    |        | type                           | name | label  | choice_filter  |
    |        | text                           | zone | Zone?  |                |
    |        | select_one_from_file towns.csv | town | Where? | zone = ${zone} |
    |        | rank towns.csv                 | rank | Order? |                |
    """
    asked = form(table, {"towns.csv": CSV})
    assert offered(asked, zone="b") == [("mo", "Monza"), ("lo", "Lodi")]
    assert Walk(asked).answer(rank="lo mi mo").value("rank") == "lo mi mo"


def test_an_answer_that_the_filter_takes_away_is_gone():
    """As with choices of the sheet."""
    table = """
    | survey |
    |        | type                           | name | label  | choice_filter  |
    |        | text                           | zone | Zone?  |                |
    |        | select_one_from_file towns.csv | town | Where? | zone = ${zone} |
    """
    walk = Walk(form(table, {"towns.csv": CSV})).answer(zone="b", town="mo")
    assert walk.answer(zone="a").value("town") == ""


def test_a_label_has_its_column_in_each_language():
    """label::English (en) in the file; a language without a column reads the column label."""
    table = """
    | survey |
    |        | type                           | name | label::Italiano | label::English |
    |        | select_one_from_file towns.csv | town | Dove?           | Where?         |
    """
    asked = form(table, {"towns.csv": b"name,label,label::English\nmi,Milano,Milan\nmo,Monza,\n"})
    walk = Walk(asked, language="English")
    assert [choice.label for choice in walk.session.choices(walk.ref("town"))] == ["Milan", "Monza"]
    walk.session.set_language("Italiano")
    assert [choice.label for choice in walk.session.choices(walk.ref("town"))] == ["Milano", "Monza"]


@pytest.mark.parametrize(
    "content",
    [
        b"name;label\nmi;Milano\n",
        b"name\tlabel\r\nmi\tMilano\r\n",
        b"\xef\xbb\xbfname,label\nmi,Milano\n",
        b'"name","label"\n\n"mi","Milano"\n,\n',
        b"label,name\nMilano,mi",
    ],
)
def test_csv_is_read_as_spreadsheets_write_it(content):
    """Semicolons, tabulators, a mark at the beginning, quotes, blank lines, any order of columns."""
    assert offered(form(TOWN, {"towns.csv": content})) == [("mi", "Milano")]


def test_a_cell_may_have_a_line_break_in_it():
    """Inside quotes; the rows below are counted as the spreadsheet counts them."""
    content = b'name,label\nmi,"Mi\nlano"\nmo,Monza\n,Nobody\n'
    assert offered(form(TOWN, {"towns.csv": content}))[0] == ("mi", "Mi\nlano")
    assert told(TOWN, towns_csv=content) == [("data-row", "towns.csv!A4")]


def test_features_of_a_geojson_file_are_choices():
    """Name and label are id and title; a place is written as ODK writes it: latitude, longitude, height, accuracy."""
    asked = form(PLACES, {"places.geojson": GEOJSON.encode()})
    assert offered(asked, "place") == [("duomo", "Duomo"), ("naviglio", "Naviglio"), ("3", "Parco")]
    assert Walk(asked).answer(place="duomo").value("at") == "45.4641 9.1919 0 0"
    assert Walk(asked).answer(place="naviglio").value("at") == "45.45 9.17 0 0; 45.44 9.16 0 0"


def test_properties_of_a_feature_are_read_by_their_name():
    """Numbers and truth values as text."""
    asked = form(PLACES.replace("/geometry", "/since"), {"places.geojson": GEOJSON.encode()})
    assert Walk(asked).answer(place="duomo").value("at") == "1386"
    asked = form(PLACES.replace("/geometry", "/open"), {"places.geojson": GEOJSON.encode()})
    assert Walk(asked).answer(place="duomo").value("at") == "true"


def test_xml_files_are_lists_and_trees():
    """root/item for choices; xml-external is whatever the author made of it, with attributes."""
    asked = form(TREE, {"wood.xml": WOOD, "more.xml": MORE})
    assert offered(asked, "tree") == [("oak", "Oak"), ("fir", "Fir")]
    assert Walk(asked).answer(tree="fir").value("high") == "50"


def test_cells_are_pulled_out_of_files():
    """pulldata() and instance(), with and without csv-external; what is not there is blank."""
    asked = form(PULL, {"stock.csv": b"code,n\na,4\n", "prices.csv": b"code,price\na,1.50\nb,2\n"})
    assert set(asked.files) == {"stock.csv", "prices.csv"}
    walk = Walk(asked).answer(code="a")
    assert (walk.value("price"), walk.value("left")) == ("1.50", "4")
    walk.answer(code="z")
    assert (walk.value("price"), walk.value("left")) == ("", "")


def test_a_changed_file_is_another_version():
    """A version is the questionnaire and all that it reads."""
    compiled = read_xlsform(workbook(TOWN))
    versions = {load_form(compiled.xform, {"towns.csv": content}).hash for content in (CSV, CSV + b"va,Varese,c\n")}
    assert len(versions) == 2


def test_a_long_list_can_be_kept_compiled():
    """A file of many rows stays small, and comes back from storage as it was."""
    rows = "".join(f"n{number},Town {number},z{number % 500}\n" for number in range(20_000))
    table = TOWN.replace("| label |", "| label | choice_filter |").replace("| Where? |", "| Where? | zone = 'z7' |")
    asked = unpack(pack(form(table, {"towns.csv": b"name,label,zone\n" + rows.encode()})))
    assert len(offered(asked)) == 40
    assert offered(asked)[1] == ("n507", "Town 507")


def test_a_questionnaire_says_which_files_it_needs():
    """Data and media, each once, before anything is looked for; what is no XForm needs none."""
    table = TOWN.replace("| label |", "| label | media::image |").replace("| Where? |", "| Where? | map.png |")
    assert files_needed(read_xlsform(workbook(table)).xform) == ("towns.csv", "map.png")
    assert files_needed("<broken") == ()


def test_a_file_that_is_not_there_is_an_error_by_name():
    """With the cell that names it, and where it is looked for."""
    (problem,) = check_form(read_xlsform(workbook(TOWN)))
    assert (problem.code, problem.cell, problem.severity) == ("missing-file", "survey!A2", "error")
    assert "'towns.csv'" in problem.what
    assert "-media" in problem.remedy
    assert ("missing-file", "survey!D4") in told(PULL)
    assert ("missing-file", "survey!B2") in told(PULL)


@pytest.mark.parametrize(
    ("calculation", "unknown"),
    [
        ("pulldata('towns', 'label', 'name', ${q})", ""),
        ("pulldata('towns', 'lable', 'name', ${q})", "lable"),
        ("pulldata('towns', 'label', 'code', ${q})", "code"),
        ("instance('towns')/root/item[name = ${q} and zone = 'a']/label", ""),
        ("instance('towns')/root/item[nome = ${q}]/label", "nome"),
        ("count(instance('towns')/root/item[zone = current()/../q])", ""),
        ("instance('towns')/root/item[position() = 1]/size", "size"),
    ],
)
def test_a_column_that_an_expression_misspells_is_told(calculation, unknown):
    """It would only ever be blank."""
    table = f"""
    | survey |
    |        | type         | name  | label | calculation   |
    |        | csv-external | towns |       |               |
    |        | text         | q     | Q?    |               |
    |        | calculate    | c     |       | {calculation} |
    """
    problems = check_form(read_xlsform(workbook(table)), {"towns.csv": CSV})
    assert [(problem.code, problem.cell) for problem in problems] == ([("data-column", "survey!D4")] if unknown else [])
    assert all(f"'{unknown}'" in problem.what for problem in problems)


def test_a_picture_that_is_not_there_is_an_error_by_name():
    """Of a question and of a choice."""
    table = """
    | survey  |
    |         | type         | name | label | media::image |
    |         | select_one l | q    | Q?    | q.png        |
    | choices |
    |         | list_name | name | label | media::image |
    |         | l         | x    | X     | x.png        |
    """
    assert told(table) == [("missing-file", "choices!D2"), ("missing-file", "survey!D2")]
    assert told(table, q_png=PNG, x_png=PNG) == []


def test_names_of_files_lead_nowhere_else():
    """A folder in a name is refused, not followed."""
    table = TOWN.replace("| label |", "| label | media::image |").replace("| Where? |", "| Where? | ../../map.png |")
    assert ("media-file", "survey!D2") in told(table, towns_csv=CSV)


SVG = b"""<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://localhost/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg"/>"""
WEBM = b"\x1aE\xdf\xa3....webm"


@pytest.mark.parametrize(
    ("name", "content", "is_right"),
    [
        ("a.png", PNG, True),
        ("a.PNG", PNG, True),
        ("a.jpeg", b"\xff\xd8\xff\xe0", True),
        ("a.gif", b"GIF89a", True),
        ("a.webp", b"RIFF1234WEBPVP8 ", True),
        ("a.svg", SVG, True),
        ("a.mp3", b"ID3\x03", True),
        ("a.mp3", b"\xff\xfb\x90\x00", True),
        ("a.ogg", b"OggS....OpusHead", True),
        ("a.m4a", b"\x00\x00\x00\x18ftypisom", True),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom", True),
        ("a.wav", b"RIFF1234WAVEfmt ", True),
        ("a.webm", WEBM, True),
        ("a.png", b"root:x:0:0:root:/root:/bin/bash", False),
        ("a.png", b"GIF89a", False),
        ("a.png", b"", False),
        ("a.svg", b"root:x:0:0:root:/root:/bin/bash", False),
        ("a.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", False),
        ("a.svg", b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>", False),
        ("a.svg", b"<?xml version='1.0' encoding='nobody knows'?><svg/>", False),
        ("a.svg", PNG, False),
        ("a.mp4", WEBM, False),
        ("a.html", b"<html/>", False),
        ("png", PNG, False),
    ],
)
def test_a_picture_is_what_its_name_says(name, content, is_right):
    """Whatever the case of its ending, and whichever of the endings of its kind."""
    assert (is_known(name) and is_what_it_says(name, content)) == is_right


@pytest.mark.parametrize(("name", "content"), [("a.svg", b"<html/>"), ("a.exe", PNG), ("a.png", b"root:x:0:0")])
def test_a_picture_that_is_something_else_is_an_error(name, content):
    """Nobody publishes another file by giving it the name of a picture."""
    table = TOWN.replace("| label |", "| label | media::image |").replace("| Where? |", f"| Where? | {name} |")
    (problem,) = check_form(read_xlsform(workbook(table)), {"towns.csv": CSV, name: content})
    assert (problem.code, problem.cell, problem.severity) == ("media-file", name, "error")


MISTAKES = {
    b"": ("data-file", "towns.csv"),
    b"\n\n": ("data-file", "towns.csv"),
    b"name,label,name\na,A,b\n": ("data-file", "towns.csv!1"),
    b"name,label\ncitt\xe0,X\n": ("data-file", "towns.csv!2"),
    "name,label\na,A\n".encode("utf-16"): ("data-file", "towns.csv"),
    b"name,label\na,A,more\n": ("data-file", "towns.csv!2"),
    b'name,label\na,"A\n': ("data-file", "towns.csv!2"),
    b"code,label\na,A\n": ("data-column", "towns.csv!1"),
    b"name,title\na,A\n": ("data-column", "towns.csv!1"),
    b"name,label\n": ("data-file", "towns.csv"),
    b"name,label\na,A\n,B\n": ("data-row", "towns.csv!A3"),
    b"name,label\na,A\na,B\n": ("data-row", "towns.csv!A3"),
}


@pytest.mark.parametrize(("content", "problem"), MISTAKES.items())
def test_a_mistake_in_a_file_has_its_row(content, problem):
    """The file's name and the row, as the spreadsheet counts."""
    assert told(TOWN, towns_csv=content) == [problem]


def test_a_file_that_cannot_be_read_is_no_version():
    """Whoever checked first will not meet this."""
    with pytest.raises(FormRefused, match="two of its columns"):
        form(TOWN, {"towns.csv": b"name,label,name\na,A,b\n"})


def test_of_many_rows_with_one_mistake_some_are_told():
    """The others are counted."""
    problems = check_form(read_xlsform(workbook(TOWN)), {"towns.csv": b"name,label\n" + b"a,A\n" * 50})
    assert [problem.cell for problem in problems] == [f"towns.csv!A{row}" for row in range(3, 8)]
    assert "44 more rows" in problems[-1].what


def test_a_long_list_is_to_be_filtered():
    """Nobody leafs through thousands of choices."""
    rows = "".join(f"n{number},Town {number},z\n" for number in range(1001)).encode()
    table = TOWN.replace("| label |", "| label | choice_filter |").replace("| Where? |", "| Where? | zone = 'z' |")
    assert told(TOWN, towns_csv=b"name,label,zone\n" + rows) == [("many-choices", "survey!A2")]
    assert told(table, towns_csv=b"name,label,zone\n" + rows) == []


def test_the_name_of_a_choice_in_a_file_is_said():
    """jr:choice-name(), in the language spoken."""
    table = """
    | survey |
    |        | type                           | name | label::it | label::en | calculation                        |
    |        | select_one_from_file towns.csv | town | Dove?     | Where?    |                                    |
    |        | calculate                      | said |           |           | jr:choice-name(${town}, '${town}') |
    """
    walk = Walk(form(table, {"towns.csv": b"name,label,label::en\nmi,Milano,Milan\n"}), language="it")
    assert walk.answer(town="mi").value("said") == "Milano"
    walk.session.set_language("en")
    assert walk.value("said") == "Milan"


def test_names_with_spaces_are_told_where_several_are_chosen():
    """They are stored one beside the other."""
    assert told(TOWN, towns_csv=b"name,label\na b,A\n") == []
    several = TOWN.replace("select_one_from", "select_multiple_from")
    assert told(several, towns_csv=b"name,label\na b,A\n") == [("data-row", "towns.csv!A2")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": [1]}',
        b'{"type": "FeatureCollection", "features": [{"properties": [1]}]}',
        b'{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": [1]}}]}',
        b'{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": ["a", "b"]}}]}',
        b'{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": [NaN, 1]}}]}',
        b'{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": {}}}]}',
    ],
)
def test_what_is_no_geojson_is_a_problem_and_no_accident(content):
    """Whatever is in the file."""
    assert [code for code, _ in told(PLACES, places_geojson=content)] == ["data-file"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<root>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><root>&b;</root>',
        b"<a>" * 500 + b"</a>" * 500,
        b"<root>" + b"<a/>" * 1_000_001 + b"</root>",
        b"x" * 10_000_001,
    ],
)
def test_hostile_xml_is_a_problem_and_no_accident(content):
    """Entities, depth and size are bounded."""
    assert [code for code, _ in told(TREE, wood_xml=WOOD, more_xml=content)] == ["data-file"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["towns.csv", "places.geojson", "wood.xml"]),
    st.one_of(
        st.binary(max_size=60),
        st.text(alphabet='name,;\t"\n\r\x00 1è<>/&{}[]:', max_size=60).map(str.encode),
        st.sampled_from([CSV, GEOJSON.encode(), WOOD]).flatmap(
            lambda whole: st.integers(0, len(whole)).map(lambda end: whole[:end])
        ),
    ),
)
def test_no_file_is_an_accident(name, content):
    """Whatever is in it, it is read or told; a cell is a text in any case."""
    read = read_data_file(name, content)
    assert read.problems or read.document.children
    for leaf in read.document.descendants():
        assert isinstance(leaf.string(), str)


def test_a_session_can_begin_without_the_files():
    """What a program shows without them is an empty list."""
    assert offered(form(TOWN)) == []


def test_a_label_that_is_there_in_one_language_only_is_to_be_renamed():
    """A parameter would name the column of one language for all of them."""
    problems = check_form(read_xlsform(workbook(TOWN)), {"towns.csv": b"name,label::Italiano (it)\nmi,Milano\n"})
    (problem,) = [problem for problem in problems if problem.code == "data-column"]
    assert problem.remedy.startswith("Rename 'label::Italiano (it)', ")
    assert "parameters" not in problem.remedy
