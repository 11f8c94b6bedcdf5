"""No text, however strange, brings the evaluator down."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.forms.xpath import XPathError, XPathSyntaxError, parse, references
from conversations.forms.xpath.compile import CompiledExpression
from conversations.forms.xpath.functions import FUNCTIONS

LITERALS = ["1", "0", "-1", "1e300", "'a'", "''", "'2026-03-10'", "'06:30'", "true()", "0 div 0", "1 div 0", "today()"]
PATHS = [".", "..", "name", "/data/age", "//bed", "member", "@version", "instance('places')/root/item", "current()"]
ATOMS = st.sampled_from(LITERALS + PATHS)
OPERATORS = st.sampled_from(["+", "-", "*", " div ", " mod ", "=", "!=", "<", ">=", " and ", " or ", "|", "/", "//"])


def _bigger(inner):
    calls = st.builds(
        lambda name, arguments: f"{name}({', '.join(arguments)})",
        st.sampled_from(sorted(FUNCTIONS)),
        st.lists(inner, max_size=4),
    )
    pairs = st.builds(lambda left, operator, right: f"{left}{operator}{right}", inner, OPERATORS, inner)
    filters = st.builds(lambda subject, predicate: f"{subject}[{predicate}]", inner, inner)
    return calls | pairs | filters | inner.map(lambda text: f"({text})")


EXPRESSIONS = st.recursive(ATOMS, _bigger, max_leaves=8)
PIECES = st.lists(
    st.sampled_from(["(", ")", "[", "]", "/", "//", "::", "@", "..", ".", ",", "'", '"', "a", "jr:x", "1", "*", "$"])
    | st.text(max_size=3)
).map("".join)
RELAXED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)


@RELAXED
@given(text=st.text() | PIECES)
def test_any_text_is_read_or_refused_with_a_place(text):
    """Reading raises XPathSyntaxError and nothing else, and its place lies in the text."""
    try:
        parse(text)
    except XPathSyntaxError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - either outcome is right


@RELAXED
@given(text=EXPRESSIONS)
def test_any_expression_has_a_value_or_an_xpath_error(context, text):
    """Evaluating raises XPathError and nothing else, whatever is combined."""
    with suppress(XPathError):
        expression = CompiledExpression(text)
        expression.string(context)
        expression.number(context)
        expression.boolean(context)


@RELAXED
@given(text=EXPRESSIONS)
def test_what_can_be_read_has_references(text):
    """The graph can be built from any expression; every path it reads is absolute."""
    with suppress(XPathSyntaxError):
        found = references(parse(text), "/data/member/who", ["/data/member"])
        assert all(reference.path.startswith("/") for reference in found.paths)
