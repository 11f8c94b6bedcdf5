"""Rows of repeats and shuffled lists."""

import pytest

from conversations.forms.xpath import compile_expression


def test_a_seeded_shuffle_is_always_the_same(names):
    """Park and Miller's generator, the list shuffled while it is built: the order of ODK's engines."""
    assert names("randomize(instance('places')/root/item, 42)/name") == ["milan", "bari", "turin", "rome"]
    assert names("randomize(instance('places')/root/item/name, -42)") == ["rome", "bari", "milan", "turin"]


@pytest.mark.parametrize("seed", ["0", "-5", "''", "'a text'", "1 div 0", "blank", "2147483647"])
def test_any_seed_shuffles(names, seed):
    """Texts are hashed, blanks are zero."""
    assert len(names(f"randomize(member, {seed})")) == 3


def test_an_unseeded_shuffle_takes_its_chance_from_the_context(names):
    """Nothing random happens here."""
    assert sorted(names("randomize(member/who)")) == ["Bo", "Cy", "Di"]


def test_indexed_repeat_finds_the_inner_row_of_the_outer_one(text):
    """Pairs of repeat and place may come in any order."""
    assert text("indexed-repeat(//bed, //room, 2)") == "3"
    assert text("indexed-repeat(//who, /data/member, 'x')") == ""
    assert text("count(indexed-repeat(//bed, /data/house, 1, //room, 1))") == "2"
    assert text("count(indexed-repeat(//bed, //room, 1, /data/house, 1))") == "2"


def test_once_keeps_what_is_there(at):
    """A filled node keeps its value, a blank one gets the new value."""
    assert compile_expression("once('new')").string(at("/data/name")) == "Ada"
    assert compile_expression("once('new')").string(at("/data/blank")) == "new"
