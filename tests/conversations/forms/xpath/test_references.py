"""What expressions read, as the dependency graph sees it."""

import pytest

from conversations.forms.xpath import Reference, parse, references

REPEATS = ("/data/rep", "/data/rep/inner")


def read(expression, context="/data/rep/q"):
    """The references of an expression bound inside a repeat."""
    return references(parse(expression), context, REPEATS)


def own(path):
    return Reference(path)


def others(path):
    return Reference(path, other_rows=True)


def rows(path):
    return Reference(path, structural=True, other_rows=True)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (".", [own("/data/rep/q")]),
        ("../a + 1", [own("/data/rep/a")]),
        ("../g/a", [own("/data/rep/g/a")]),
        ("../../total", [own("/data/total")]),
        ("../../rep/a", [others("/data/rep/a")]),
        ("/data/rep/a", [others("/data/rep/a")]),
        ("/data/total", [own("/data/total")]),
        ("sum(../inner/x)", [others("/data/rep/inner/x")]),
        ("position(..)", [Reference("/data/rep", structural=True)]),
        ("count(/data/rep)", [rows("/data/rep")]),
        ("count(/data/rep | /data/x)", [rows("/data/rep"), Reference("/data/x", structural=True)]),
        (
            "/data/rep[position() = position(current()/..) - 1]/q",
            [Reference("/data/rep", structural=True), others("/data/rep/q")],
        ),
        ("/data/rep[./a > ../limit]/b", [others("/data/rep/a"), own("/data/limit"), others("/data/rep/b")]),
        ("../preceding-sibling::rep/q", [others("/data/rep/q")]),
        ("ancestor::rep/a", [own("/data/rep/a")]),
        ("indexed-repeat(../a, ../../rep, ../n)", [others("/data/rep/a"), rows("/data/rep"), own("/data/rep/n")]),
        ("/data/*", [others("/data/*")]),
        ("//a", [others("//*")]),
        ("../g//a", [others("/data/rep/g//*")]),
        ("/data/*/a", [others("/data//*")]),
        ("following::a", [others("//*")]),
        ("string-length()", [own("/data/rep/q")]),
        ("'text'", []),
        ("jr:choice-name(../a, '/data/rep/a')", [own("/data/rep/a")]),
        ("(../a | ../b)[1]", [own("/data/rep/a"), own("/data/rep/b")]),
        ("randomize(../a, ../seed)", [own("/data/rep/a"), own("/data/rep/seed")]),
        ("randomize(/data/x, ../seed)/y", [own("/data/rep/seed"), own("/data/x/y")]),
        ("../a/@kind", [own("/data/rep/a")]),
        ("instance('l')/root/item[k = ../../b]/label", []),
        (
            "instance('l')/root/item[k = current()/../b and m = /data/c]/label",
            [own("/data/rep/b"), own("/data/c")],
        ),
    ],
)
def test_references_are_generic_paths_with_their_flags(expression, expected):
    """Values are told from structure, the own row from others."""
    assert set(read(expression).paths) == set(expected)


def test_without_the_repeats_a_way_back_down_counts_as_other_rows():
    """Nobody said which nodes are repeats, so the cautious answer is given."""
    found = references(parse("../../rep/a + ../b + /data/c"), "/data/rep/q").paths
    assert found == (others("/data/rep/a"), own("/data/rep/b"), others("/data/c"))


def test_lists_clock_chance_and_language_are_reported():
    """What else a value may depend on."""
    found = read("if(now() > ../a, instance('towns')/root/item, jr:itext('x'))")
    assert found.instances == {"towns"}
    assert found.volatile
    assert found.language
    assert {"now", "if", "instance", "jr:itext"} == found.functions
    assert read("instance(concat('a', 'b'))/root").instances == {"*"}
    assert read("randomize(../a)").volatile
    assert not read("randomize(../a, 1)").volatile
    assert not read("../a").language
