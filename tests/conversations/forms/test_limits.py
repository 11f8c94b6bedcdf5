"""What a questionnaire may not exceed is told to its author."""

import pytest

from conversations.forms import load_form
from conversations.forms.lint import check_form
from conversations.forms.problems import FormRefused
from conversations.forms.xlsform import Compiled, read_xlsform
from tests.sheets import workbook

HEAD = "| survey |\n| | type | name | label | repeat_count | constraint | constraint_message |\n"
END = "| | end repeat | | | | | |"
XFORM = (
    '<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"><h:head><h:title>T</h:title>'
    '<model><instance><data id="t">{nodes}</data></instance>{binds}</model></h:head><h:body/></h:html>'
)


def told(*rows: str) -> list[tuple[str, str, str]]:
    """What is said about the limits, with its cell and weight."""
    limits = ("too-many-rows", "unbounded-rows", "slow-pattern")
    problems = check_form(read_xlsform(workbook(HEAD + "\n".join(rows))))
    return [(problem.code, problem.cell, problem.severity) for problem in problems if problem.code in limits]


def repeat(count: str, *inner: str) -> list[str]:
    name = f"r{len(inner)}"
    return [f"| | begin repeat | {name} | R | {count} | | |", f"| | text | {name}q | Q | | | |", *inner, END]


def test_more_rows_than_are_asked_are_an_error():
    """The author would wait for rows that never come."""
    assert told(*repeat("1000000000")) == [("too-many-rows", "survey!D2", "error")]
    assert told(*repeat("500")) == []


def test_rows_in_rows_that_multiply_are_an_error():
    """150 times 100 rows are more than an answer sheet holds."""
    assert told(*repeat("150", *repeat("100"))) == [("too-many-rows", "survey!D4", "error")]
    assert told(*repeat("10", *repeat("10"))) == []


def test_a_number_of_rows_that_a_respondent_says_should_have_a_bound():
    """Somebody will type a telephone number."""
    number = "| | integer | n | How many? | | {} | Fewer, please. |"
    assert told(number.format(""), *repeat("${n}")) == [("unbounded-rows", "survey!D3", "advice")]
    assert told(number.format(". <= 20"), *repeat("${n}")) == []


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "^(xx|x)+y$"])
def test_a_pattern_that_takes_too_long_is_a_warning(pattern):
    """It is tried on texts that nearly fit."""
    row = f"| | text | q | Q | | regex(., '{pattern}') | No. |".replace("a|aa", "a\\|aa").replace("xx|x", "xx\\|x")
    assert told(row) == [("slow-pattern", "survey!E2", "warning")]


@pytest.mark.parametrize("pattern", ["^[A-Z]{6}[0-9]{2}$", "([a-z]+\\.)+it", "(\\d{3})+", "(a+"])
def test_a_pattern_that_ends_is_none_of_this(pattern):
    """Not even where something repeated is repeated; a pattern that is none is told elsewhere."""
    assert told(f"| | text | q | Q | | regex(., '{pattern}') | No. |") == []


def test_a_questionnaire_without_end_is_refused():
    """Ten thousand questions are asked of nobody."""
    nodes = "".join(f"<q{number}/>" for number in range(10_001))
    problems = check_form(Compiled(XFORM.format(nodes=nodes, binds=""), ()))
    assert "10002 questions" in next(problem.what for problem in problems if problem.code == "too-long")


@pytest.mark.parametrize(
    ("xform", "why"),
    [
        (
            '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + XFORM.format(nodes="&b;", binds=""),
            "entities",
        ),
        (XFORM.format(nodes="<g>" * 1000 + "</g>" * 1000, binds=""), "100 levels"),
        (XFORM.format(nodes="<q/>", binds=f'<bind nodeset="/data/q" calculate="{"(" * 20_000}1"/>'), "60 deep"),
        (XFORM.format(nodes="<q/>", binds=f'<bind nodeset="/data/q" calculate="{"1 + " * 200_000}1"/>'), "longer than"),
        ("<a>" * 50_000 + "</a>" * 50_000, "100 levels"),
    ],
    ids=["entities", "nested", "parentheses", "long expression", "deep XML"],
)
def test_what_would_fill_the_memory_or_the_stack_is_refused(xform, why):
    """With a sentence that is not longer than a screen."""
    with pytest.raises(FormRefused, match=why) as refused:
        load_form(xform)
    assert len(str(refused.value)) < 600
