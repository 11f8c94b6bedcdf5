"""The tree, and reading it from XML that may be hostile."""

from datetime import UTC, datetime

import pytest

from conversations.forms.xpath import (
    Context,
    Node,
    UnreadableDocument,
    XPathError,
    compile_expression,
    document,
    parse_document,
)


def test_a_row_knows_its_place_among_rows_of_its_name():
    """Positions are 1-based and count siblings of the same name only."""
    root = Node("data")
    document(root)
    first, _, second = (root.add(Node(name)) for name in ("row", "other", "row"))
    between = root.add(Node("row"), index=1)
    assert [row.position() for row in (first, between, second)] == [1, 2, 3]
    assert Node("alone").position() == 1


def test_an_unset_context_refuses_what_it_cannot_know():
    """Labels, translations and chance come from the questionnaire's engine and nowhere else."""
    primary = parse_document("<data><q>a</q></data>")
    bare = Context(primary=primary, node=primary, now=datetime(2026, 1, 1, tzinfo=UTC))
    for expression in ("jr:choice-name(/data/q, '/data/q')", "jr:itext('a')", "random()"):
        with pytest.raises(XPathError):
            compile_expression(expression).evaluate(bare)


def test_namespaces_are_left_out_of_names():
    """`orx:meta` and `meta` are the same node to an expression."""
    top = parse_document('<data xmlns:orx="http://openrosa.org/xforms"><orx:meta orx:id="1"/></data>').children[0]
    assert top.children[0].name == "meta"
    assert top.children[0].attributes == {"id": "1"}


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<a>",
        "no xml",
        '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>" * 300 + "</a>" * 300,
    ],
)
def test_hostile_or_broken_xml_is_refused(xml):
    """Entities, external documents and bottomless nesting are refused, not expanded."""
    with pytest.raises(UnreadableDocument):
        parse_document(xml)
