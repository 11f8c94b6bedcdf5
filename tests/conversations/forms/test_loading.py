"""An XForm is read once, bounded, into something that never changes."""

from dataclasses import FrozenInstanceError
from hashlib import sha256

import pytest

from conversations.forms import ControlKind, FormRefused, load_form
from conversations.forms.definition import CHOOSING, CONTAINERS
from conversations.forms.xml_reading import MAX_CHARACTERS
from tests.sheets import form, workbook
from tests.walks import Walk

SHELL = """
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">
<h:head><h:title> A title </h:title>
<model><instance><data id="f" version="3">{nodes}</data></instance>{model}</model></h:head>
<h:body>{body}</h:body></h:html>
"""


def xform(nodes="", model="", body=""):
    return SHELL.strip().format(nodes=nodes, model=model, body=body)


def test_a_questionnaire_knows_who_it_is():
    """Title, id, version, and the hash of its text."""
    text = xform("<q/>", body='<input ref="/data/q"/>')
    loaded = load_form(text)
    assert (loaded.title, loaded.form_id, loaded.version) == ("A title", "f", "3")
    assert loaded.hash == sha256(text.encode()).hexdigest()
    with pytest.raises(FrozenInstanceError):
        loaded.title = "Another"


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><b>&b;</b>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not xml",
        "<h:html/>",
        "<html/>",
        "<html><head/><body/></html>",
        "<html><head><model/></head><body/></html>",
        BOMB,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        "<a>" * 200 + "</a>" * 200,
        " " * (MAX_CHARACTERS + 1),
    ],
    ids=range(10),
)
def test_what_is_no_xform_or_could_do_harm_is_refused(text):
    """One problem with a sentence; entities, depth and size are bounded."""
    with pytest.raises(FormRefused) as refused:
        load_form(text)
    assert [problem.code for problem in refused.value.problems] == ["unreadable"]


def test_all_expressions_that_cannot_be_read_are_told():
    """Not only the first."""
    with pytest.raises(FormRefused) as refused:
        load_form(
            xform(
                "<a/><b/>",
                '<bind nodeset="/data/a" relevant="1 +"/><bind nodeset="/data/b" calculate="((" constraint="\'"/>',
            ),
        )
    assert [problem.code for problem in refused.value.problems] == ["expression"] * 3
    assert "'a'" in str(refused.value)


@pytest.mark.parametrize(
    ("element", "datatype", "kind"),
    [
        ('<input ref="/data/q"/>', "string", ControlKind.TEXT),
        ('<input ref="/data/q"/>', "xsd:int", ControlKind.INTEGER),
        ('<input ref="/data/q"/>', "decimal", ControlKind.DECIMAL),
        ('<input ref="/data/q"/>', "date", ControlKind.DATE),
        ('<input ref="/data/q"/>', "time", ControlKind.TIME),
        ('<input ref="/data/q"/>', "dateTime", ControlKind.DATETIME),
        ('<input ref="/data/q"/>', "geopoint", ControlKind.GEOPOINT),
        ('<input ref="/data/q"/>', "geotrace", ControlKind.GEOTRACE),
        ('<input ref="/data/q"/>', "geoshape", ControlKind.GEOSHAPE),
        ('<input ref="/data/q"/>', "barcode", ControlKind.BARCODE),
        ('<select1 ref="/data/q"/>', "string", ControlKind.SELECT_ONE),
        ('<select ref="/data/q"/>', "string", ControlKind.SELECT_MULTIPLE),
        ('<odk:rank ref="/data/q"/>', "odk:rank", ControlKind.RANK),
        ('<range ref="/data/q" start="0" end="5" step="1"/>', "int", ControlKind.RANGE),
        ('<trigger ref="/data/q"/>', "string", ControlKind.ACKNOWLEDGE),
        ('<upload ref="/data/q" mediatype="image/*"/>', "binary", ControlKind.IMAGE),
        ('<upload ref="/data/q" mediatype="audio/*"/>', "binary", ControlKind.AUDIO),
        ('<upload ref="/data/q" mediatype="video/*"/>', "binary", ControlKind.VIDEO),
        ('<upload ref="/data/q" mediatype="application/*"/>', "binary", ControlKind.FILE),
        ('<group ref="/data/q"/>', "", ControlKind.GROUP),
        ('<repeat nodeset="/data/q"/>', "", ControlKind.REPEAT),
    ],
)
def test_every_kind_of_control(element, datatype, kind):
    """By its element and the type of its bind."""
    loaded = load_form(xform("<q/>", f'<bind nodeset="/data/q" type="{datatype}"/>', element))
    assert [control.kind for control in loaded.controls] == [kind]


def test_the_kinds_are_told_apart():
    """What can be asked, what is a choice, and what holds others."""
    assert not CHOOSING & CONTAINERS


def test_the_tree_of_controls_is_the_body():
    """Groups hold their questions; the label of a repeat is that of its group; parameters are kept."""
    loaded = form("""
    | survey |
    |        | type         | name | label | appearance | parameters           |
    |        | begin group  | g    | G     | field-list |                      |
    |        | range        | n    | N?    |            | start=1 end=5 step=1 |
    |        | begin repeat | r    | R     |            |                      |
    |        | text         | t    | T?    | multiline  | rows=4               |
    |        | end repeat   |      |       |            |                      |
    |        | end group    |      |       |            |                      |
    """)
    (group,) = loaded.controls
    number, repeat = group.children
    assert group.appearance == ("field-list",)
    assert dict(number.parameters) == {"start": "1", "end": "5", "step": "1"}
    assert (repeat.kind, repeat.path, repeat.label.template) == (ControlKind.REPEAT, "/data/g/r", ("R",))
    assert repeat.children[0].parameters["rows"] == "4"


def test_a_markdown_table_is_a_workbook():
    """A bar in a cell is written with a backslash."""
    assert workbook("| survey |\n| | type |").startswith(b"PK")
    loaded = form(r"""
    | survey |
    |        | type | name | label  |
    |        | text | q    | a \| b |
    """)
    assert loaded.controls[0].label.template == ("a | b",)


def test_what_cannot_be_worked_out_is_blank():
    """Loading is for reading: a function that does not exist is the author's to correct, and no reason to stop."""
    walk = Walk(
        load_form(
            xform(
                "<q/><n/><r><x/></r>",
                """<bind nodeset="/data/q" calculate="nofunction()"/>
                <bind nodeset="/data/n" relevant="nofunction()"/>""",
                """<input ref="/data/n"/><select1 ref="/data/q"><itemset nodeset="nofunction()"><value ref="name"/>
                <label ref="jr:itext(nobody)"/></itemset></select1>
                <repeat nodeset="/data/r" jr:count="nofunction()"><input ref="../x"/></repeat>""",
            ),
        ),
    )
    assert (walk.value("q"), walk.session.is_relevant("/data/n"), walk.offers("q")) == ("", True, [])
    assert walk.session.repeat_count("/data/r") == 0


def test_labels_may_hold_other_elements():
    """Outputs are evaluated, anything else is passed over with its text behind it kept."""
    body = '<input ref="/data/q"><label>a <output value="/data/q"/> b <b xmlns="">no</b> c <output/></label></input>'
    walk = Walk(load_form(xform("<q>x</q>", body=body)))
    assert walk.session.label("/data/q") == "a x b  c"


def test_relative_paths_start_from_the_group():
    """ref="../q" and ref="q" in a group."""
    body = '<group ref="/data/g"><input ref="../q"/><input ref="./p"/></group>'
    loaded = load_form(xform("<q/><g><p/></g>", body=body))
    assert [control.path for control in loaded.controls[0].children] == ["/data/q", "/data/g/p"]
