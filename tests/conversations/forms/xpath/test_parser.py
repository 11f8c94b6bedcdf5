"""Reading expressions, and saying where they cannot be read."""

import pickle
import re

import pytest

from conversations.forms.xpath import XPathSyntaxError, compile_expression, parse
from conversations.forms.xpath.lexer import MAX_LENGTH
from conversations.forms.xpath.parser import MAX_NESTING


@pytest.mark.parametrize(
    ("expression", "position", "complaint"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("1 +", 3, "too early"),
        ("/data/a[1", 9, "']' is missing"),
        ("concat('a'", 10, "',' is missing"),
        ("concat('a' 'b')", 11, "',' is missing"),
        ("'it''s'", 4, "was not expected"),
        ("name = 'open", 7, "never closed"),
        ("$x + 1", 0, "variables"),
        ("a # b", 2, "means nothing"),
        ("a b", 2, "was not expected"),
        ("sideways::a", 0, "no axis"),
        ("/data/", 6, "too early"),
        ("(1", 2, "')' is missing"),
        ("@", 1, "too early"),
        ("1 = = 2", 4, "was not expected"),
        ("processing-instruction('x'", 26, "')' is missing"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(expression, position, complaint):
    """An author needs to find the character in a long formula."""
    with pytest.raises(XPathSyntaxError, match=re.escape(complaint)) as caught:
        parse(expression)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("6 * 2 div 3 mod 3", "1"),
        ("'1'mod'1'", "0"),
        ("3-2", "1"),
        ("age -1", "33"),
        ("div + 1", ""),
        ("count(*) * 2 > 2", "true"),
        ("1 or 0 and 0", "true"),
        ("1 = 1 = 0", "false"),
        ('concat("it\'s", " ok")', "it's ok"),
        (" if ( true ( ) , 1 , 2 ) ", "1"),
        ("count(processing-instruction('x'))", "0"),
        ("/data/age", "34"),
        ("child :: age", "34"),
        ("./age", "34"),
        ("age[.=34]", "34"),
    ],
)
def test_names_and_operators_are_told_apart(text, expression, said):
    """`*`, `div` and `-` mean different things after an operand and elsewhere."""
    assert text(expression) == said


def test_nesting_is_bounded(text):
    """An expression cannot exhaust the stack."""
    deep = MAX_NESTING - 1
    assert text("(" * deep + "1" + ")" * deep) == "1"
    with pytest.raises(XPathSyntaxError, match="nested"):
        parse("(" * 5000 + "1" + ")" * 5000)


def test_the_deepest_allowed_expression_can_be_evaluated(text):
    """What parses also compiles and runs."""
    deep = MAX_NESTING - 2
    assert text("if(name[1], " * deep + "'yes'" + ", 'no')" * deep) == "yes"
    assert text(".[" * deep + "1" + "]" * deep) == text(".")


def test_long_flat_expressions_are_fine_and_endless_ones_are_not(text):
    """A sum of thousands of terms is no nesting; length has its own bound."""
    assert text("1" + " + 1" * 5000) == "5001"
    assert text("-" * 1001 + "1") == "-1"
    with pytest.raises(XPathSyntaxError, match="longer"):
        parse("1" * (MAX_LENGTH + 1))


def test_a_compiled_expression_survives_pickling():
    """The tree travels; its closures are made again where somebody evaluates it."""
    compiled = compile_expression("1 + 1")
    again = pickle.loads(pickle.dumps(compiled))  # noqa: S301 - our own bytes
    assert again.tree == compiled.tree
    assert repr(again) == "CompiledExpression('1 + 1')"
