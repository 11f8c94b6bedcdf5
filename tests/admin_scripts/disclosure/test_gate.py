"""P61, P62, P63, P67, P68, P69: whatever the answers are, the gate lets nothing out from which few could be known."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from admin_scripts.audit import audit_all
from admin_scripts.disclosure import crossing
from admin_scripts.disclosure.breakdown import BreakdownRefused
from admin_scripts.disclosure.gate import Wanted, publish
from admin_scripts.disclosure.naming import names_in
from admin_scripts.disclosure.quotes import may_name
from admin_scripts.disclosure.rules import Rules
from admin_scripts.publication import Hidden
from admin_scripts.published_file import text_of
from tests.admin_scripts.disclosure.datasets import dataset_of

LEVELS = ("all", "part", "none")
answers = st.fixed_dictionaries(
    {
        "area": st.sampled_from(["a", "a", "a", "a", "b", "b", "b", "c", "c", "d", "nd", ""]),
        "opinion": st.sampled_from(["1", "2", "3", "4", "5", "5", "5", ""]),
        "helps": st.sampled_from(["yes", "yes", "yes", "no"]),
        "level": st.sampled_from(LEVELS),
        "all": st.sampled_from(["", "all", "part", "all part", "none"]),
    }
)
many = settings(max_examples=12, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


def shown(panels):
    """The groups that are told something of."""
    return [panel for panel in panels if panel.group.codes and panel.hidden is None]


def by_area(rows, **more):
    """The publication by area, if there are areas enough."""
    try:
        return publish(dataset_of(rows), Wanted(by="area", **more))
    except BreakdownRefused:
        return reject()


@many
@given(st.lists(answers, min_size=12, max_size=60))
def test_p61_p62_p63_nothing_that_the_gate_lets_out_can_be_attacked(rows):
    """Plain, by area and as open data: the audit of all of them together finds nothing."""
    published = [by_area(rows), publish(dataset_of(rows), Wanted()), by_area(rows, cells=True)]
    assert audit_all(dict(enumerate(published))) == ()


@many
@given(st.lists(answers, min_size=12, max_size=60))
def test_p61_every_panel_keeps_the_rules(rows):
    """At least k have answered; a group that is (nearly) of one mind is not shown; never is one hidden alone."""
    for table in by_area(rows).tables:
        whole, *parts = table.panels
        for panel in shown(parts):
            counts = [line.share.count for line in panel.lines if line.is_answer]
            assert panel.answered >= 5
            unanimous = (
                max(line.share.count for line in whole.lines if line.share) == whole.answered if counts else True
            )
            assert unanimous or not counts or panel.answered >= 20 or max(counts) < panel.answered - 1
        hidden = [panel for panel in parts if panel.hidden is not None]
        assert len(hidden) != 1
        assert not parts or whole.answered - sum(panel.answered for panel in shown(parts)) not in range(1, 5)


def test_p62_a_gate_that_does_not_hide_the_partner_is_caught(monkeypatch):
    """Sabotage: a homogeneous group is hidden, and no other with it. The audit says so."""
    rows = [{"area": "abc"[n % 3], "opinion": str(1 + n % 5), "helps": "yes"} for n in range(45)]
    rows += [{"area": "d", "opinion": "5", "helps": "no"} for _ in range(6)]
    assert audit_all({0: by_area(rows)}) == ()
    monkeypatch.setattr(crossing, "hidden_groups", lambda *_, **__: {3: Hidden.ALIKE})
    assert {finding.rule for finding in audit_all({0: by_area(rows)})} >= {"complement"}


def test_p61_a_gate_without_rules_is_caught(monkeypatch):
    """Sabotage: nothing is hidden at all."""
    rows = [{"area": "abc"[n % 3], "opinion": str(1 + n % 5), "helps": "yes"} for n in range(45)]
    rows += [{"area": "d", "opinion": "5", "helps": "no"} for _ in range(6)]
    monkeypatch.setattr(crossing, "hidden_groups", lambda *_, **__: {})
    assert {finding.rule for finding in audit_all({0: by_area(rows)})} >= {"alike"}


def test_p63_who_was_asked_does_not_tell_what_was_hidden():
    """All of an area said no; who is asked the next question would tell it. So the area is hidden there too."""
    rows = [{"area": "abc"[n % 3], "opinion": str(1 + n % 5), "helps": "yes" if n % 4 else "no"} for n in range(45)]
    rows = [{**row, "level": LEVELS[n % 7 % 3]} for n, row in enumerate(rows)]
    rows += [{"area": "d", "opinion": str(1 + n % 5), "helps": "no"} for n in range(8)]
    tables = {table.variable: table for table in by_area(rows).tables}
    hidden = {code for p in tables["helps"].panels if p.hidden for code in p.group.codes}
    later = {code for p in tables["level"].panels if p.hidden for code in p.group.codes}
    assert "d" in hidden
    assert hidden <= later


def test_a_breakdown_into_too_few_is_refused():
    """With a sentence that says what to do; so is one by a question that is none of one choice."""
    rows = [{"area": "a", "opinion": "1"}] * 20 + [{"area": "b", "opinion": "2"}] * 3
    with pytest.raises(BreakdownRefused, match="Choose a coarser question"):
        publish(dataset_of(rows), Wanted(by="area"))
    with pytest.raises(BreakdownRefused, match="Break down by one of: area"):
        publish(dataset_of(rows), Wanted(by="why"))
    with pytest.raises(BreakdownRefused, match="'all' can have several answers, so it makes no groups"):
        publish(dataset_of(rows), Wanted(by="all"))
    with pytest.raises(BreakdownRefused, match=r"'place' is no question of the survey.*Break down by one of: area"):
        publish(dataset_of(rows), Wanted(by="place"))
    with pytest.raises(BreakdownRefused, match="Did you mean 'area'"):
        publish(dataset_of(rows), Wanted(by="Area"))


ROWS = [
    {"area": "abcd"[n % 4], "opinion": str(1 + n % 5), "helps": "yes", "level": LEVELS[n % 3], "why": f"w{n:02}"}
    for n in range(40)
]


def test_p67_every_percentage_has_its_count_and_base():
    """Of each: how many, of how many, and an interval around it."""
    panels = [panel for table in by_area(ROWS).tables for panel in table.panels]
    shares = [line.share for panel in panels for line in panel.lines if line.share]
    assert shares
    assert all(share.base >= 5 and abs(share.percent - 100 * share.count / share.base) < 1e-9 for share in shares)
    assert all(share.low - 1e-9 <= share.percent <= share.high + 1e-9 for share in shares)


def test_p68_the_same_answers_in_any_order_give_the_same_bytes():
    """Nothing depends on the order of the rows, on a clock or on chance."""
    one, other = (text_of(by_area(rows)) for rows in (ROWS, ROWS[::-1]))
    assert one == other


def test_p69_texts_of_two_questions_cannot_be_joined():
    """Each question has an order of its own, and none of them is that of the responses."""
    rows = [{**row, "more": row["why"].replace("w", "m")} for row in ROWS]
    why, more = publish(dataset_of(rows), Wanted()).quotes
    assert sorted(why.texts) == sorted(row["why"] for row in rows)
    assert [text[1:] for text in why.texts] != [text[1:] for text in more.texts]
    assert sum(int(b[1:]) == int(a[1:]) + 1 for a, b in pairwise(why.texts)) < 8


def test_texts_of_fewer_than_ten_people_are_not_shown():
    """Nor how many they were if they were fewer than k."""
    quotes = [publish(dataset_of([{"why": "w"}] * n + [{}] * 20), Wanted()).quotes[0] for n in (9, 4, 10)]
    assert [(one.hidden, one.answered, len(one.texts)) for one in quotes] == [
        (Hidden.FEW, 9, 0),
        (Hidden.FEW, 0, 0),
        (None, 10, 10),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ask Luisa about it",
        "LUISA!",
        "scrivere a x.y@example.org",
        "chiamare 02 7740 1234",
        "RSSMRA80A01F205X",
        "see www.example.org/me",
        "il sig. D’Amico",
    ],
)
def test_p51_texts_that_may_name_somebody_are_kept_back_and_counted(text):
    """Names of the register, addresses, telephone numbers, tax codes, pages."""
    names = frozenset({"Luisa Modelloverdi", "Piero D’Amico"})
    assert may_name(text, names_in(names))
    rows = [{"why": f"It is {n}"} for n in range(12)] + [{"why": text}]
    found = publish(dataset_of(rows), Wanted(names=names)).quotes[0]
    assert (found.withheld, len(found.texts)) == (1, 12)


@pytest.mark.parametrize("text", ["Servono più incontri", "Nel 2020 erano 36 su 69", "il 31 %"])
def test_p51_other_texts_are_read(text):
    """A year or a percentage is nobody's number."""
    assert not may_name(text, names_in({"Luisa Modelloverdi"}))


def test_k_is_at_least_three():
    """Whoever asks for less is refused."""
    with pytest.raises(ValueError, match="at least 3"):
        Rules(k=2)
    with pytest.raises(ValueError, match="texts"):
        replace(Rules(), k_text=4)


def test_of_several_answers_few_who_did_not_choose_are_few_too():
    """In open data: 38 of 40 chose it, so two did not; a share of first places would tell as much."""
    rows = [
        {"area": "ab"[i % 2], "helps": "no", "all": "all part" if i < 20 else "all" if i < 38 else "none"}
        for i in range(40)
    ]
    table = next(one for one in publish(dataset_of(rows), Wanted(cells=True)).tables if one.variable == "all")
    told = {line.code: line.share and line.share.count for line in table.panels[0].lines}
    assert told == {"all": None, "part": 20, "none": None}
