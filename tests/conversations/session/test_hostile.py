"""Questionnaires that would take all time or memory: each is bounded, and the walk goes on."""

import pytest

from conversations.forms import load_form
from conversations.forms.limits import LONGEST_TEXT, NODE_LIMIT, ROW_LIMIT
from conversations.session import Refused
from tests.sheets import form
from tests.walks import Walk

XFORM = """<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"><h:head><h:title/><model>
<instance><data id="many"><q/></data></instance><instance id="c"><root>{items}</root></instance></model></h:head><h:body>
<select ref="/data/q"><label>Q</label><itemset nodeset="instance('c')/root/item"><value ref="name"/><label ref="label"/>
</itemset></select></h:body></h:html>"""


def walk(*rows: str) -> Walk:
    return Walk(
        form("| survey |\n| | type | name | label | calculation | constraint | repeat_count |\n" + "\n".join(rows))
    )


def test_a_pattern_that_takes_too_long_is_not_fitted():
    """(a+)+$ tries every way to cut a text; a constraint must not open because nobody waited."""
    hostile = walk('| | text | q | Q | | regex(., "^(a+)+(b+)+(a+)+$") | |')
    assert isinstance(hostile.refused("q", "a" * 50_000 + "!"), Refused)
    assert hostile.refused("q", "aba") is None


def test_a_huge_number_of_rows_is_cut():
    """Whether the author writes it or a respondent says it."""
    rows = walk(
        "| | integer | n | N | | | |",
        "| | begin repeat | r | R | | | ${n} |",
        "| | text | q | Q | | | |",
        "| | end repeat | | | | | |",
    )
    rows.answer(n=str(10**9))
    assert rows.session.repeat_count("/data/r") == ROW_LIMIT


@pytest.mark.no_cover
def test_rows_in_rows_do_not_multiply_beyond_all_bounds():
    """500 times 500 times 500 is more than anybody answers; neither is a row added by hand beyond the limit."""
    counts = [f"| | begin repeat | r{level} | R | | | 500 |" for level in range(3)]
    deep = walk(*counts, "| | text | q | Q | | | |", *["| | end repeat | | | | | |"] * 3)
    rows, inner = deep.session.snapshot()["rows"], "/data/r0[500]/r1"
    assert sum(rows.values()) <= NODE_LIMIT
    before = deep.session.repeat_count(inner)
    deep.reload().session.add_repeat(inner)
    assert deep.session.repeat_count(inner) == before


def test_texts_that_double_from_question_to_question_end():
    """A calculated text that is too long counts as none."""
    doubling = (f"| | calculate | c{i} | | concat(${{c{i - 1}}}, ${{c{i - 1}}}) | | |" for i in range(1, 40))
    hostile = walk("| | text | q | Q | | | |", "| | calculate | c0 | | ${q} | | |", *doubling)
    hostile.answer(q="x" * 1000)
    assert [len(hostile.value(f"c{i}") or "") for i in range(7)] == [1000, 2000, 4000, 8000, 16_000, 0, 0]


def test_a_label_that_repeats_an_answer_without_end_is_cut():
    """It is shown as far as anybody would read it."""
    hostile = walk("| | text | q | Q | | | |", f"| | text | r | R {'${q} ' * 500} | | | |")
    hostile.answer(q="x" * 4000)
    assert len(hostile.session.label("/data/r")) <= LONGEST_TEXT


@pytest.mark.no_cover
def test_looking_at_everything_for_everything_ends():
    """An expression that looks at too many nodes has no value; the answer that set it off is kept."""
    hostile = walk(
        "| | integer | n | N | | | |", "| | begin repeat | r | R | | | ${n} |", "| | text | q | Q | | | |",
        "| | end repeat | | | | | |", "| | calculate | c | | count(//*[count(//*[count(//*) > 0]) > 0]) | | |",
    )  # fmt: skip
    hostile.answer(n="3")
    assert hostile.value("c") != ""
    hostile.answer(n="450")
    assert (hostile.value("n"), hostile.value("c")) == ("450", "")


def test_ten_thousand_choices_are_offered_and_taken():
    """None of it grows with the square of their number."""
    items = "".join(f"<item><name>n{i}</name><label>Choice {i}</label></item>" for i in range(10_000))
    sheet = Walk(load_form(XFORM.format(items=items)))
    sheet.answer(q="n9999 n0")
    assert (len(sheet.offers("q")), sheet.value("q")) == (10_000, "n0 n9999")


def test_patterns_that_take_too_long_do_not_add_up_from_row_to_row():
    """Five hundred rows would wait for a minute; the answer is kept, and in the next one patterns are tried again."""
    hostile = walk(
        "| | text | q | Q | | | |", "| | begin repeat | r | R | | | 500 |", "| | text | name | N | | | |",
        "| | calculate | fits | | regex(${q}, '(a\\|aa)+b') | | |", "| | end repeat | | | | | |",
    )  # fmt: skip
    hostile.answer(q="a" * 4000)
    assert hostile.value("fits[500]") == "false"
    assert hostile.answer(q="aab").value("fits[500]") == "true"
