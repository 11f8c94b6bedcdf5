"""Texts: places in them and patterns."""

import pytest

from conversations.forms.xpath import XPathError, compile_expression


def test_a_pattern_must_fit_the_whole_text(holds):
    """ODK documents whole-match; a part is not enough."""
    assert holds("regex('20121', '[0-9]{5}')")
    assert not holds("regex('a 20121', '[0-9]{5}')")


def test_a_pattern_may_name_letters_of_any_script(holds):
    r"""`\p{L}` is common in questionnaires."""
    assert holds(r"regex('Žofia', '\p{L}+')")


def test_a_hostile_pattern_is_given_up(holds):
    """Exponential backtracking ends, and the text does not fit: a constraint does not open by being slow."""
    assert not holds(r"regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a|aa|a?)+$(b|c)')")


@pytest.mark.parametrize("pattern", ["a{1000000000}", "(a{1000}){1000}", "((a{99}){99}){99}", "a{9999}a{9999}a{9999}"])
def test_a_pattern_that_would_fill_the_memory_is_refused(text, pattern):
    """Repetitions are written out when a pattern is compiled, where no time limit helps."""
    with pytest.raises(XPathError, match="repeats too much"):
        text(f"regex('a', '{pattern}')")


def test_usual_repetitions_are_fine(holds):
    """Tax codes, account numbers, long comments."""
    assert holds("regex('RSSMRA85T10A562S', '[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]')")
    assert holds("regex('IT60 X054 2811 1010', '[A-Z]{2}[0-9]{2}( [0-9A-Z]{4}){3,7}')")
    assert holds("regex('text', '.{0,5000}')")


def test_a_pattern_of_a_thousand_characters_is_the_longest(text):
    """Patterns are compiled when they are met, so their length is bounded."""
    with pytest.raises(XPathError, match="1000"):
        text(f"regex('a', '{'a' * 1001}')")


def test_substring_takes_infinities_and_nan_as_xpath_says(text):
    """The odd corners of XPath 1.0, 4.2."""
    assert text("substring('12345', -1 div 0)") == "12345"
    assert text("substring('12345', 0 div 0, 3)") == ""
    assert text("substring('12345', 0, 3)") == "12"


def test_substr_stays_inside_the_text(text):
    """Places beyond either end mean that end."""
    assert text("substr('hello', -99, 99)") == "hello"
    assert text("substr('hello', 'x', 2)") == "he"
    assert text("substr('hello', 0, -1)") == "hell"
    assert text("substr('hello', 1 div 0)") == ""


def test_functions_of_the_current_node_need_no_argument(at):
    """string(), number(), string-length() and normalize-space() default to the context node."""
    here = at("/data/age")
    assert compile_expression("string()").string(here) == "34"
    assert compile_expression("number() + string-length()").number(here) == 36
    assert compile_expression("normalize-space()").string(at("/data/spaced")) == "two words"
