"""Labels, hints and the way through the questionnaire."""

import pytest

from conversations.forms import ControlKind, load_form
from conversations.session import PositionKind
from tests.sheets import form
from tests.walks import Walk

POLITE = form("""
| survey |
|        | type        | name  | label::Italiano (it) | label::English (en) | hint::Italiano (it) | appearance | readonly | calculation |
|        | note        | hello | Buongiorno           | Good morning        |                     |            |          |             |
|        | text        | name  | Nome?                | Name?               | Solo il nome        |            |          |             |
|        | begin group | g     | Parte di ${name}     | Part of ${name}     |                     | field-list |          |             |
|        | text        | likes | Che cosa piace a **${name}**? | What does **${name}** like? |            | multiline  |          |             |
|        | text        | shown | Sola lettura         | Read only           |                     |            | ${name} = 'x' | 'fixed' |
|        | end group   |       |                      |                     |                     |            |          |             |
| settings |
|          | default_language |
|          | Italiano (it)    |
""")


@pytest.fixture
def walk():
    return Walk(POLITE)


def test_the_default_language_is_spoken_first(walk):
    """Unless another one of the questionnaire is asked for."""
    assert POLITE.languages == ("Italiano (it)", "English (en)")
    assert walk.session.label("/data/name") == "Nome?"
    assert Walk(POLITE, language="English (en)").session.label("/data/name") == "Name?"
    assert Walk(POLITE, language="Deutsch (de)").session.language == "Italiano (it)"


def test_outputs_are_filled_in(walk):
    """In labels of questions and of groups."""
    walk.answer(name="Ada")
    assert walk.session.label("/data/g/likes") == "Che cosa piace a **Ada**?"
    walk.session.set_language("English (en)")
    assert walk.session.label("/data/g") == "Part of Ada"


def test_a_missing_translation_falls_back(walk):
    """The hint was written in one language only; pyxform marks the gap with a dash."""
    assert walk.session.hint("/data/name") == "Solo il nome"
    assert walk.session.hint("/data/g/likes") in {"", "-"}


def test_places_know_their_control(walk):
    """Kind, appearance and groups come with the place."""
    hello, name, likes, shown = walk.session.positions()
    assert (hello.kind, hello.control.kind) == (PositionKind.NOTE, ControlKind.NOTE)
    assert (name.kind, name.groups) == (PositionKind.QUESTION, ())
    assert (likes.control.appearance, likes.groups) == (("multiline",), ("/data/g",))
    assert shown.kind is PositionKind.QUESTION


def test_what_is_read_only_just_now_is_a_note(walk):
    """Readonly may be an expression."""
    walk.answer(name="x")
    assert walk.session.positions()[-1].kind is PositionKind.NOTE
    assert walk.session.is_readonly("/data/g/shown")
    assert not walk.session.is_readonly("/data/name")


def test_a_questionnaire_without_languages_names_none():
    """Languages is (), the language ""."""
    plain = form("""
    | survey |
    |        | type | name | label |
    |        | text | q    | Q?    |
    """)
    assert (plain.languages, plain.default_language) == ((), "")
    assert Walk(plain, language="Italiano (it)").session.language == ""
    assert Walk(plain).session.label("/data/q") == "Q?"


def test_a_group_that_is_only_a_heading_and_a_repeat_that_is_fixed():
    """Groups without a node are walked through; rows that may not be added are not offered."""
    walk = Walk(
        load_form("""
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
         xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>
        <instance><data id="t"><a/><rep><b/></rep><rep><b>2</b></rep></data></instance>
        </model></h:head><h:body>
        <group><label>Only a heading</label><input ref="/data/a"><label ref="/data/rep[2]/b"/></input></group>
        <repeat nodeset="/data/rep" jr:noAddRemove="true()"><input ref="/data/rep/b"/></repeat>
        </h:body></h:html>
        """),
    )
    assert [place.ref for place in walk.session.positions()] == ["/data/a", "/data/rep[1]/b", "/data/rep[2]/b"]
    assert walk.session.label("/data/a") == "2"
    assert walk.session.hint("/data/a") == ""
    assert walk.session.label("/data") == ""


def test_a_text_that_is_nowhere_is_blank():
    """An itext id without a text, in labels and in calculations; other languages lend theirs."""
    walk = Walk(
        load_form("""
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
         xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model><itext>
        <translation lang="it" default=""><text id="a"><value form="image">jr://a.png</value><value>Ciao</value></text>
        <text id="p"><value form="image">jr://a.png</value></text></translation><translation lang="en"/></itext>
        <instance><data id="t"><q/><c/></data></instance><bind nodeset="/data/c" calculate="jr:itext('a')"/>
        </model></h:head><h:body><input ref="/data/q"><label ref="jr:itext('nowhere')"/><hint ref="jr:itext('p')"/></input>
        </h:body></h:html>
        """),
        language="en",
    )
    assert (walk.session.label("/data/q"), walk.session.hint("/data/q")) == ("", "")
    assert walk.value("c") == "Ciao"
