"""Which table each question has, and which categories."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_scripts.microdata.dictionary import Sources, dictionary_of
from admin_scripts.microdata.variables import CALCULATION, Measure
from admin_scripts.publication import TableKind
from admin_scripts.tabulation.classes import classes_of
from admin_scripts.tabulation.items import item_of, ranking_of
from admin_scripts.tabulation.kinds import kind_of, limits_of, rankings_among
from admin_scripts.tabulation.panels import Frame, panel_of
from tests.admin_scripts.tabulation.answers import column, variable
from tests.sheets import form, workbook

OBSTACLES = ("norme", "risorse", "nessuno", "fine")
FIRST = variable("ostacolo_1", names=OBSTACLES)
SECOND = variable("ostacolo_2", names=OBSTACLES, relevant="${ostacolo_1} != 'nessuno'")
THIRD = variable("ostacolo_3", names=OBSTACLES, relevant="${ostacolo_1} != 'nessuno' and ${ostacolo_2} != 'fine'")


@pytest.mark.parametrize(
    ("question", "said", "kind"),
    [
        (variable("q", names=("a", "b")), "a", TableKind.CHOICE),
        (variable("q", measure=Measure.ORDINAL, names=("a", "b")), "a", TableKind.SCALE),
        (variable("q", measure=Measure.ORDINAL, names=[str(n) for n in range(11)]), "7", TableKind.NPS),
        (variable("q", "select_multiple", names=("a", "b")), "a", TableKind.MULTIPLE),
        (variable("q", "coded", names=("a", "b")), "a", None),
        (variable("q", "rank", Measure.RANK, names=("a", "b")), "a b", TableKind.RANK),
        (variable("q", "integer", Measure.SCALE), "7", TableKind.NUMBER),
        (variable("q", CALCULATION), "1", TableKind.CHOICE),
        (variable("q", CALCULATION, Measure.SCALE), "1", TableKind.NUMBER),
        (variable("q", "text", Measure.TEXT), "bene", TableKind.TEXT),
        (variable("q", "date", Measure.DATE), "2026-11-23", None),
    ],
)
def test_the_table_follows_from_type_and_measure(question, said, kind):
    """Coded answers are several answers, whatever they look like; dates have no table."""
    if question.kind == "coded":
        assert question.is_multiple
    else:
        assert kind_of(column(question, [said])) is kind


ASKED = """
| survey |
|        | type    | name  | label                           | constraint          |
|        | integer | mark  | From 0 to 10, would you say so? | . >= 0 and . <= 10  |
|        | integer | many  | How many meetings?              | .>=0 and .<=10      |
|        | integer | open  | From 0 to 10, and more?         | . >= 0              |
"""


def test_a_whole_number_from_0_to_10_is_a_score_if_the_question_says_so():
    """How many there are, up to ten, is a number."""
    asked = form(ASKED)
    dictionary = dictionary_of(Sources((asked,), {asked.hash: workbook(ASKED)}))[0]
    limits = {one.name: limits_of(one, [asked]) for one in dictionary.tables[""]}
    assert limits == {"mark": ("0", "10"), "many": None, "open": None}


def test_a_range_of_0_to_10_is_a_score_and_any_other_a_number():
    """What it is called does not matter."""
    marks = column(variable("q", "range", Measure.SCALE), ["5"])
    assert kind_of(marks, ("0", "10")) is TableKind.NPS
    assert kind_of(marks, ("1", "10")) is TableKind.NUMBER


def test_a_calculation_sorts_people_into_what_it_came_to():
    """One with many results has no table."""
    sorted_ = item_of(column(variable("supporta", CALCULATION), ["0", "1", "1", "."]), tags=("it",))
    assert [(one.code, one.labels) for one in sorted_.categories] == [("0", {"it": "0"}), ("1", {"it": "1"})]
    assert item_of(column(variable("codice", CALCULATION), [str(n) for n in range(13)])) is None


def test_first_second_and_third_of_one_list_are_a_ranking():
    """Not of two lists, nor a question by itself, nor scales that are numbered."""
    other = variable("altro_1", names=("a", "b"))
    scales = [variable(f"op_{n}", measure=Measure.ORDINAL, names="123") for n in (1, 2)]
    found = rankings_among([FIRST, SECOND, THIRD, other, *scales, variable("altro_2", names=("a", "c"))])
    assert found == {"ostacolo": (FIRST, SECOND, THIRD)}


def test_a_ranking_has_points_and_what_ends_it_has_none():
    """Who has "no further one" has named nothing more; "none at all" is an answer, without points."""
    item = ranking_of(
        "ostacolo",
        [
            column(FIRST, ["norme", "risorse", "nessuno", "norme"]),
            column(SECOND, ["risorse", "fine", ".", "fine"]),
            column(THIRD, ["fine", ".", ".", "."]),
        ],
    )
    panel = panel_of(item, Frame(8, 4))
    assert item.variable.wording == {"it": "Quale ostacolo_1? Quale ostacolo_2? Quale ostacolo_3?"}
    assert [(line.code, line.share.count) for line in panel.lines] == [("norme", 2), ("risorse", 2), ("nessuno", 1)]
    assert {figure.name: figure.value for figure in panel.figures} == {
        "borda:norme": 6, "first:norme": 50, "top3:norme": 50, "borda:risorse": 5,
        "first:risorse": 25, "top3:risorse": 50, "duels:norme": 1, "duels:risorse": -1,
        "agreement": pytest.approx(1 / 12),
    }  # fmt: skip


@given(st.lists(st.integers(0, 300), max_size=80))
def test_classes_of_numbers_show_no_extreme(said):
    """At each end at least five answers are together, and the name of an end is a side, not a number."""
    numbers = np.array(said, dtype=np.float64)
    classes = classes_of(numbers)
    if classes is not None:
        sizes = np.bincount(classes.place(numbers), minlength=len(classes.edges) + 1)
        assert sizes[0] >= 5 <= sizes[-1]
        assert classes.labels()[0].startswith("≤")
        assert classes.labels()[-1].endswith("+")
        assert sizes.sum() == len(said)
        assert len(sizes) <= 12


def test_classes_are_round():
    """Of 0 to 59, steps of ten; with halves the upper edge is left out."""
    whole = classes_of(np.arange(60, dtype=np.float64))
    assert whole.labels() == ("≤ 9", "10–19", "20–29", "30–39", "40–49", "50+")
    assert whole.codes()[:2] == ("..9", "10..19")
    assert classes_of(np.arange(0, 30, 0.5)).labels()[:2] == ("< 5", "5–< 10")


def test_few_numbers_have_quartiles_only():
    """No classes, so no lines."""
    item = item_of(column(variable("n", "integer", Measure.SCALE), ["1", "2", "30"]))
    panel = panel_of(item, Frame(6, 3))
    assert panel.lines == ()
    assert {figure.name for figure in panel.figures} == {"mean", "q1", "median", "q3"}
