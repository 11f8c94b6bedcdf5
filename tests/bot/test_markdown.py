"""The authors' Markdown: what is understood, and that nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import Line, Shape, Span, read_markdown


def spans(text: str) -> tuple[Span, ...]:
    """Read a text of one line."""
    (line,) = read_markdown(text)
    return line.spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", (Span("plain"),)),
        ("**b** and *i*", (Span("b", bold=True), Span(" and "), Span("i", italic=True))),
        ("__b__ and _i_", (Span("b", bold=True), Span(" and "), Span("i", italic=True))),
        ("***both***", (Span("both", bold=True, italic=True),)),
        ("**b *bi* b**", (Span("b ", bold=True), Span("bi", bold=True, italic=True), Span(" b", bold=True))),
        ("snake_case_name", (Span("snake_case_name"),)),
        ("2 * 3 * 4", (Span("2 * 3 * 4"),)),
        ("**never closed", (Span("**never closed"),)),
        ("*crossed **marks* here**", (Span("crossed **marks", italic=True), Span(" here**"))),
        (r"\*not italic\*", (Span("*not italic*"),)),
        ("a < b & c > d", (Span("a < b & c > d"),)),
    ],
)
def test_emphasis_is_read(text, expected):
    """Bold and italics by stars or underscores, nested; a mark without a partner is text."""
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[here](https://example.org/a_b_c)", (Span("here", link="https://example.org/a_b_c"),)),
        ("[**here**](https://example.org)", (Span("here", bold=True, link="https://example.org"),)),
        ("[write](mailto:a@example.org)", (Span("write", link="mailto:a@example.org"),)),
        (
            "See https://example.org/x.",
            (Span("See "), Span("https://example.org/x", link="https://example.org/x"), Span(".")),
        ),
        (
            "(https://example.org/x)",
            (Span("("), Span("https://example.org/x", link="https://example.org/x"), Span(")")),
        ),
    ],
)
def test_links_are_read(text, expected):
    """Links with a text and bare web addresses; the full stop after an address isn't part of it."""
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert)",
        "[x](data:text/html,hello)",
        "[x](/chat)",
        "[x](//example.org)",
        "[x](vbscript:x)",
    ],
)
def test_an_address_that_could_run_something_is_text(text):
    """Only web, mail and telephone addresses become links."""
    assert spans(text) == (Span(text),)


def test_lines_have_shapes():
    """Headings, both kinds of list, paragraphs, and blank lines as one gap."""
    text = "# Title\nwords\n\n\n- one\n* two\n3. three"

    assert read_markdown(text) == (
        Line(Shape.HEADING, (Span("Title"),)),
        Line(Shape.PARAGRAPH, (Span("words"),)),
        Line(Shape.GAP),
        Line(Shape.BULLET, (Span("one"),)),
        Line(Shape.BULLET, (Span("two"),)),
        Line(Shape.NUMBERED, (Span("three"),), "3."),
    )


def test_a_bold_line_is_no_list():
    """A line that begins with a star needs a space after it to be an item."""
    assert read_markdown("**Indagine**") == (Line(Shape.PARAGRAPH, (Span("Indagine", bold=True),)),)


@given(st.text(alphabet=st.sampled_from(list("*_[]()\\#-. \nabh1:/<>&")), max_size=80))
def test_anything_is_readable(text):
    """No text raises, and no letter is lost."""
    read = "".join(span.text for line in read_markdown(text) for span in line.spans)

    assert read.count("a") + read.count("b") <= text.count("a") + text.count("b")
    assert all(
        not span.link or span.link.startswith(("http", "mailto:", "tel:"))
        for line in read_markdown(text)
        for span in line.spans
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "*a " * 20_000,
        "[" * 60_000,
        "_" * 60_000,
        "[a](" * 15_000,
        "**_" * 20_000,
        "# " * 30_000 + "x",
        " " * 60_000 + "x",
    ],
)
def test_a_long_hostile_text_is_read_at_once(hostile):
    """The work grows with the text, not with its square: these would take minutes otherwise."""
    assert read_markdown(hostile)
