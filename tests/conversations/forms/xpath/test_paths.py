"""Paths: roots, steps, predicates, axes, indexes."""

import pytest

from conversations.forms.xpath import XPathError, compile_expression, parse_document


def test_absolute_paths_in_a_filter_of_a_list_look_into_the_answers(names):
    """The root is always the primary instance: every cascading select depends on it."""
    assert names("instance('places')/root/item[region = /data/region]/label") == ["Milano", "Torino"]


def test_current_in_a_filter_is_the_question(at):
    """`current()/../x` is what pyxform writes in choice filters."""
    here = at("/data/name")
    found = compile_expression("instance('places')/root/item[region = current()/../region]/name").nodes(here)
    assert [node.string() for node in found] == ["milan", "turin"]


@pytest.mark.parametrize(
    ("predicate", "labels"),
    [
        ("[region = 'north' and size > 2]", ["Milano"]),
        ("[size > 2 and 'north' = region]", ["Milano"]),
        ("[region = 'north'][2]", ["Torino"]),
        ("[region = 'north' and position() = 2]", []),
        ("[region = 'north' and 1]", ["Milano", "Torino"]),
        ("[size = 3]", ["Milano"]),
        ("[size = '3']", ["Milano"]),
        ("[region = 'north' and size = '2']", ["Torino"]),
        ("[region = /data/member/who]", []),
        ("[region = concat('no', 'rth') or size = 4]", ["Milano", "Roma", "Torino"]),
        ("[name = substring(label, 1)]", []),
        ("[selected(/data/crops, 'maize') and region = string(/data/region)]", ["Milano", "Torino"]),
        ("[region = (/data/region)[1]]", ["Milano", "Torino"]),
        ("[size = -(-4)]", ["Roma"]),
        ("[label][last()]", ["Bari"]),
        ("[region = once('north')]", []),
        ("[size = pi()]", []),
        ("[name = current()]", []),
    ],
)
def test_an_index_changes_no_result(names, predicate, labels):
    """Filters of lists may be answered from an index; what they select is the same."""
    assert names(f"instance('places')/root/item{predicate}/label") == labels
    assert names(f"instance('places')/root/*[name() = 'item']{predicate}/label") == labels


def test_the_row_before_is_reached_by_position(at):
    """Running totals in repeats."""
    here = at("/data/member[3]/who")
    assert compile_expression("/data/member[position() = position(current()/..) - 1]/who").string(here) == "Cy"
    assert compile_expression("../../member[2]/who").string(here) == "Cy"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("//bed", ["1", "2", "3"]),
        ("//bed[1]", ["1", "3"]),
        ("(//bed)[2]", ["2"]),
        ("house//bed", ["1", "2", "3"]),
        ("house/room[2]/bed", ["3"]),
        ("house/*/bed[last()]", ["2", "3"]),
        ("house/room/bed[. > 1]", ["2", "3"]),
        ("member[who = 'Di']/years | age", ["34", "61"]),
        ("age | age | name", ["Ada", "34"]),
        ("@version", ["7"]),
        ("@*", ["7"]),
        ("@version | @version", ["7"]),
        ("name/..//bed[3]", []),
        ("//bed[. = 3]/ancestor::room/bed", ["3"]),
        ("(//bed)[1]/following-sibling::bed", ["2"]),
        ("(//bed)[2]/preceding-sibling::*", ["1"]),
        ("(//bed)[1]/following::bed", ["2", "3"]),
        ("(//bed)[3]/preceding::bed", ["1", "2"]),
        ("(//bed)[3]/preceding::bed[1]", ["2"]),
        ("//room[2]/bed/ancestor-or-self::bed", ["3"]),
        ("//bed/parent::room[2]", []),
        ("//bed/../bed", ["1", "2", "3"]),
        ("descendant-or-self::bed", ["1", "2", "3"]),
        ("self::data/name", ["Ada"]),
        ("self::other", []),
        ("child::name/text()", ["Ada"]),
        ("name/text()/..", ["Ada"]),
        ("blank/text()", []),
        ("name/comment()", []),
        ("name/descendant::text()", []),
        ("name/attribute::x", []),
        ("jr:name", ["Ada"]),
        ("member[0]", []),
        ("member[1.5]", []),
        ("member[9]", []),
        ("@version/..//bed[2]", ["2"]),
    ],
)
def test_steps_go_where_xpath_says(names, path, found):
    """Axes, wildcards and positions, results in document order."""
    assert names(path) == found


def test_the_root_is_the_document(context):
    """`/` is the node above the root element."""
    assert compile_expression("/").nodes(context) == [context.primary]
    assert compile_expression("/*").nodes(context) == [context.node]
    assert compile_expression("name/ancestor::*").nodes(context) == [context.node]


def test_only_nodes_can_be_asked_for_as_nodes(context):
    """A number selects nothing."""
    with pytest.raises(XPathError, match="selects no nodes"):
        compile_expression("1 + 1").nodes(context)


def test_a_new_row_is_seen_at_once(context, text):
    """The index by name follows the tree."""
    assert text("count(member)") == "3"
    extra = parse_document("<member><who>Ed</who></member>").children[0]
    context.node.add(extra)
    assert text("member[4]/who") == "Ed"
    context.node.remove(extra)
    assert text("count(member)") == "3"
