"""Truth, equality and order of answers."""

import pytest

from conversations.forms.xpath import compile_expression


@pytest.mark.parametrize(
    "condition",
    [
        "name = 'Ada'",
        "'Ada' = name",
        "age = 34",
        "age = '34'",
        "age >= 18 and age < 65",
        "blank = ''",
        "blank != 'x'",
        "not(blank = 0)",
        "not(none = '')",
        "not(none != 'x')",
        "member/who = 'Cy'",
        "member/who != 'Cy'",
        "member/years > 60",
        "member/who = instance('places')/root/item/name or member/who = member/who",
        "true() = 'anything'",
        "false() = ''",
        "1 < 2 = true()",
        "not('abc' < 'abd')",
        "age = 34 or nothing-here()",
        "not(blank and nothing-here())",
        "'1' < 2",
        "true() > false()",
    ],
)
def test_conditions_that_hold(holds, condition):
    """XPath 1.0 comparisons, the value of a question counting as its answer."""
    assert holds(condition)


def test_a_blank_question_alone_is_false(holds):
    """The value counts and not that the node exists."""
    assert not holds("blank")
    assert not holds("boolean(blank)")
    assert holds("name")


def test_zero_in_an_integer_question_is_false(at):
    """A typed zero is the number, an untyped one the text."""
    here = at("/data/age")
    here.node.text = "0"
    assert compile_expression(".").boolean(here)
    here.node.datatype = "int"
    assert not compile_expression(".").boolean(here)


def test_a_stored_false_in_a_boolean_question_is_false(at):
    """Boolean binds hold "true" and "false"."""
    here = at("/data/age")
    here.node.datatype = "boolean"
    here.node.text = "false"
    assert not compile_expression(".").boolean(here)


def test_a_hidden_question_reads_as_blank_everywhere(context, text, holds):
    """Relevance keeps the value aside; no expression sees it."""
    (hidden,) = context.node.named("age")
    hidden.relevant = False
    assert text("age") == ""
    assert holds("age = ''")
    assert text("age + 1") == ""
    assert hidden.text == "34"
    (_, _, last) = context.node.named("member")
    last.named("years")[0].relevant = False
    assert text("sum(member/years)") == "5"
