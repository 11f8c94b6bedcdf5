"""`colloquio audit`: a folder of publications is attacked, and what can be learnt is said."""

from dataclasses import replace

import pytest
import typer

from admin_scripts.audit import audit, audit_all
from admin_scripts.disclosure.attack import Question, attack, system_of
from admin_scripts.publication import FieldWork, Group, Hidden, Line, Panel, Publication, Share, Table, TableKind
from admin_scripts.published_file import write_publication
from admin_scripts.refusal import Refused

LINES = ("no", "maybe", "yes")
FIELD = FieldWork(None, None, {"complete": 60}, (), ())


def panel(codes, counts, hidden=None, prevalent="", blank=()):
    """A group with so many of each line; `blank` ones are not told."""
    base = sum(counts)
    group = Group(codes, {})
    if hidden:
        return Panel(group, 0, 0, 0, hidden=hidden, prevalent=prevalent)
    lines = [
        Line(code, {}, None if code in blank else Share(count, base, 100 * count / base, 0, 100, 100 * count / base))
        for code, count in zip(LINES, counts, strict=True)
    ]
    return Panel(group, base, base, 2 * base, tuple(lines))


def published(*panels, variable="q", data_hash="1", kind=TableKind.SCALE, **more):
    """One question by area."""
    table = Table(variable, kind, {}, {}, "", {}, panels, by="area" if len(panels) > 1 else "")
    people = {"population": 120, "responses": panels[0].answered, "k": 5, "k_text": 10, "by": table.by}
    about = {"name": "s", "title": "", "mode": "confidential", "is_synthetic": False, "sender": "", "contact": ""}
    rest = {"languages": {}, "quotes": (), "field": FIELD, "weighting": None, "questionnaire": (), "version": ""}
    last = {"form_hash": "", "data_hash": data_hash, "seed": 1, "merged": {}}
    return Publication(**about, **people, **rest, **last, tables=(table, *more.get("tables", ())))


def rules_broken(*publications):
    """The rules by which something was found."""
    return {finding.rule for finding in audit_all(dict(enumerate(publications)))}


A, B, C = ("a",), ("b",), ("c",)
WHOLE = panel((), (20, 20, 20))


def test_groups_that_make_up_everybody_are_no_secret():
    """Nothing is hidden, so nothing can be found."""
    assert rules_broken(published(WHOLE, panel(A, (5, 6, 9)), panel(B, (15, 14, 11)))) == set()


def test_a_group_under_k_is_found():
    """Base rule."""
    assert "base" in rules_broken(published(WHOLE, panel(A, (1, 1, 2)), panel(B, (19, 19, 18))))


def test_a_small_group_of_one_mind_is_found():
    """Homogeneity."""
    assert rules_broken(published(WHOLE, panel(A, (0, 1, 9)), panel(B, (20, 19, 11)))) == {"alike"}


def test_a_single_hidden_group_is_found():
    """It is everybody minus the others."""
    found = rules_broken(published(WHOLE, panel(A, (5, 6, 9)), panel(B, (9, 5, 6)), panel(C, (6, 9, 5), Hidden.FEW)))
    assert found == {"complement"}


def test_p62_a_hidden_cell_that_follows_from_the_totals_is_found():
    """The attack says which number it is."""
    publication = published(WHOLE, panel(A, (3, 8, 9), blank=["no"]), panel(B, (17, 12, 11)))
    found = audit_all({0: publication})
    assert [one.what for one in found] == ["how many of a chose no is 3"]


def test_p62_that_all_were_of_one_mind_is_found():
    """Of the two hidden groups together all said no: then the one of which "no" prevails did so to the last."""
    hidden = panel(A, (), Hidden.ALIKE, "no"), panel(B, (), Hidden.COMPLEMENT)
    sizes = published(WHOLE, panel(A, (3, 3, 0)), panel(B, (4, 4, 3)), panel(C, (13, 13, 17)), variable="other").tables
    leaking = published(panel((), (37, 13, 10)), *hidden, panel(C, (20, 13, 10)), tables=sizes)
    assert "worked out" in rules_broken(leaking)
    kept = published(panel((), (34, 16, 10)), *hidden, panel(C, (20, 13, 10)), tables=sizes)
    assert "worked out" not in rules_broken(kept)


def test_p62_what_a_reason_tells_is_counted_with():
    """Fifteen of seventeen said no: as the larger group is not alike, all of the other six did, not all but one."""
    hidden = panel(A, (), Hidden.ALIKE, "no"), panel(B, (), Hidden.COMPLEMENT)
    sizes = published(WHOLE, panel(A, (3, 3, 0)), panel(B, (4, 4, 3)), panel(C, (13, 13, 17)), variable="other").tables
    leaking = published(panel((), (35, 15, 10)), *hidden, panel(C, (20, 13, 10)), tables=sizes)
    assert [one.what for one in audit_all({0: leaking})] == ["how many of a chose no is 6"]


def test_p62_what_most_of_everybody_chose_would_have_been_named_first():
    """Of several that all have chosen: "maybe" prevails in the group, so of the more frequent "no" some did not."""
    hidden = panel(A, (), Hidden.ALIKE, "maybe"), panel(B, (), Hidden.COMPLEMENT)
    sizes = published(WHOLE, panel(A, (3, 3, 0)), panel(B, (4, 4, 3)), panel(C, (13, 13, 17)), variable="other").tables
    one = published(panel((), (45, 40, 1)), *hidden, panel(C, (32, 25, 1)), kind=TableKind.MULTIPLE, tables=sizes)
    known = Question([(one, one.tables[0])], {("area", frozenset(A)): 6, ("area", frozenset(B)): 11})
    assert system_of(known).range_of([("area", "a", "no")]) == (4, 4)


def test_p63_what_two_publications_differ_by_is_found():
    """One shows a group that the other has merged with a small one: the small one is the difference."""
    merged = published(WHOLE, panel((*A, *B), (8, 8, 8)), panel(C, (12, 12, 12)))
    finer = published(WHOLE, panel(A, (7, 7, 7)), panel(B, (), Hidden.FEW), panel(C, (12, 12, 12)))
    assert rules_broken(merged) == set()
    assert "difference" in rules_broken(merged, finer)


@pytest.mark.parametrize(("later", "found"), [(21, {"difference"}), (24, {"difference"}), (25, set()), (20, set())])
def test_p63_what_was_added_in_between_is_found(later, found):
    """Two dates, and fewer than k new answers: their sum is what those few have said."""
    one = published(panel((), (20, 20, 20)))
    other = published(panel((), (20, 20, later)), data_hash="2")
    assert rules_broken(one, other) == found


def test_units_texts_and_counts_are_looked_at_too():
    """Whatever a publication tells beside its tables."""
    few = replace(published(WHOLE), field=replace(FIELD, languages={"it": 58, "en": 2}))
    assert rules_broken(few) == {"counts"}


def test_the_command_needs_only_the_folder(tmp_path, capsys):
    """Exit 0 when nothing can be learnt, 1 with what can."""
    write_publication(published(WHOLE), tmp_path / "s.published.json")
    audit(tmp_path)
    assert "Nothing can be learnt" in capsys.readouterr().out
    write_publication(published(panel((), (20, 20, 21)), data_hash="2"), tmp_path / "later.published.json")
    with pytest.raises(typer.Exit) as done:
        audit(tmp_path)
    assert done.value.exit_code == 1
    assert "s, everybody: 1 person is between two publications" in " ".join(capsys.readouterr().out.split())


def test_a_folder_without_publications_is_refused(tmp_path):
    """Nothing read is not nothing found."""
    with pytest.raises(Refused, match="holds no file"):
        audit(tmp_path)


def test_what_several_formats_tell_alike_is_attacked_once():
    """Each question by itself, however many files tell it; and it is said which one is being attacked."""
    once = published(WHOLE, panel(A, (5, 6, 9)), panel(B, (15, 14, 11)))
    told = []

    assert audit_all(dict(enumerate([once] * 3)), on_progress=told.append) == ()
    assert told == ["s: q"]
    assert not list(attack([once] * 3))
