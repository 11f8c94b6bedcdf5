"""What is hidden of one question cannot be read off another that followed from its answers."""

import numpy as np
import pyarrow as pa
import pytest

from admin_scripts.audit import audit_all
from admin_scripts.disclosure.following import Following
from admin_scripts.disclosure.gate import Wanted, publish
from admin_scripts.disclosure.said import counted_by_person, fewest_behind
from admin_scripts.disclosure.telltale import tells
from admin_scripts.microdata.arrays import column_of
from admin_scripts.microdata.variables import Disclosure
from admin_scripts.publication import Hidden
from admin_scripts.tabulation.items import item_of
from tests.admin_scripts.disclosure.datasets import dataset_of

CHAIN = """
| survey |
| | type | name | label | relevant | calculation | x_disclosure |
| | select_one yn | part | Part? | | | |
| | select_one area | area | Where? | ${part} = 'yes' | | quasi |
| | select_one yn | knows | Knows? | ${part} = 'yes' | | |
| | select_one area | used | Used? | ${part} = 'yes' and ${knows} = 'yes' | | |
| | text | how | How? | ${part} = 'yes' and ${used} = 'a' | | |
| | text | name | Name | ${part} = 'yes' | | id |
| | calculate | kind | | | concat(${knows}, '!') | |
| | calculate | who | | | concat(${name}, '!') | |
| | calculate | both | | | concat(${area}, ${knows}) | |
| | calculate | said | | | concat(${name}, '!') | none |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | area | a | A |
| | area | b | B |
| | area | c | C |
"""


def people(*numbers_and_answers):
    """So many of each; whoever does not know was not asked what they use, nor how."""
    rows = []
    for number, answers in numbers_and_answers:
        row = {"part": "yes", "area": "a", "used": None, "how": None, "kind": answers["knows"] + "!", **answers}
        rows += [row] * number
    return dataset_of(rows, CHAIN)


def shown(publication):
    return {table.variable for table in publication.tables if table.panels[0].hidden is None}


NEARLY_ALL = [
    (6, {"knows": "yes", "used": "a", "how": "so"}),
    (5, {"knows": "yes", "used": "b"}),
    (1, {"knows": "no"}),
]
A_FEW = [(20, {"knows": "yes", "used": "b"}), (3, {"knows": "yes", "used": "c"}), (30, {"knows": "no"})]


def test_a_follow_up_of_a_question_that_is_hidden_is_hidden():
    """Eleven of twelve know: nobody learns that it was not all of them from how many were asked what they use."""
    publication = publish(people(*NEARLY_ALL), Wanted())
    assert not {"knows", "used", "how", "kind"} & shown(publication)
    assert [(one.answered, one.hidden) for one in publication.quotes if one.variable == "how"] == [
        (0, Hidden.COMPLEMENT)
    ]
    assert not audit_all({0: publication})


def test_whether_somebody_takes_part_is_no_secret():
    """On it depends every question; if it hid them, there would be nothing to tell."""
    publication = publish(people(*NEARLY_ALL, (9, {"knows": "no"})), Wanted())
    assert publication.opening == ("part",)
    assert {"knows", "used"} <= shown(publication)
    assert not audit_all({0: publication})


def test_audit_sees_a_follow_up_that_tells(monkeypatch):
    """From the condition under which it was asked, which everybody reads."""
    monkeypatch.setattr(Following, "is_given_away", lambda *_: False)
    found = audit_all({0: publish(people(*NEARLY_ALL), Wanted())})
    assert any("who was asked tells what is hidden of knows" in finding.what for finding in found)


def test_in_open_data_a_follow_up_of_a_hidden_number_is_hidden():
    """Three use c and none a; whoever was asked further would be counted. Of all who know, nothing is secret."""
    publication = publish(people(*A_FEW), Wanted(cells=True))
    assert {"knows", "used"} <= shown(publication)
    assert next(one for one in publication.tables if one.variable == "how").panels[0].hidden is not None
    assert not audit_all({0: publication})


def test_audit_sees_a_number_of_open_data_in_a_follow_up(monkeypatch):
    """A hidden line is named by the condition of another question that is shown."""
    monkeypatch.setattr(Following, "is_given_away", lambda *_: False)
    monkeypatch.setattr(Following, "gives_away", lambda *_: False)
    rows = [(30, {"knows": "no"}), (8, {"knows": "yes", "used": "a", "how": "so"}), (3, {"knows": "yes", "used": "b"})]
    found = audit_all({0: publish(people(*rows, (20, {"knows": "yes", "used": "c"})), Wanted(cells=True))})
    assert any("who was asked tells what is hidden of used" in finding.what for finding in found)


def test_a_calculation_tells_as_much_as_what_it_is_made_of():
    """Of an identity nothing, unless the author says so; of a group beside an answer nothing either."""
    dataset = people((12, {"knows": "yes"}), (12, {"knows": "no"}))
    words = {one.name: one.disclosure for one in dataset.dictionary.tables[""]}
    assert (words["who"], words["both"], words["kind"]) == (Disclosure.ID, Disclosure.QUASI, Disclosure.NONE)
    assert words["said"] is Disclosure.NONE
    assert not {"who", "both"} & {table.variable for table in publish(dataset, Wanted()).tables}


def test_what_only_some_kinds_of_people_are_asked_is_not_told_by_group():
    """How many of a group were asked it would be the cross of two things that describe people."""
    form = CHAIN.replace("${part} = 'yes' and ${knows} = 'yes'", "${area} = 'a'")
    rows = [{"part": "yes", "area": "ab"[n % 2], "knows": "yes" if n % 3 else "no"} for n in range(60)]
    rows = [row | {"used": "abc"[n % 3] if row["area"] == "a" else None} for n, row in enumerate(rows)]
    publication = publish(dataset_of(rows, form), Wanted(by="knows"))
    assert next(one for one in publication.tables if one.variable == "used").by == ""


def test_a_question_in_the_middle_is_not_about_taking_part():
    """Though all that comes after it depends on it, and on what came before."""
    form = CHAIN.replace("| | select_one area | area | Where? | ${part} = 'yes' | | quasi |\n", "")
    form = form.replace("| | text | name | Name | ${part} = 'yes' | | id |\n", "")
    form = "\n".join(line for line in form.splitlines() if "calculate" not in line)
    rows = [
        {"part": "yes", "knows": "yes", "used": "ab"[n % 2], "how": "so" if n % 2 == 0 else None} for n in range(11)
    ]
    publication = publish(
        dataset_of([*rows, {"part": "yes", "knows": "no", "used": None, "how": None}], form), Wanted()
    )
    assert publication.opening == ("part",)
    assert not {"knows", "used", "how"} & shown(publication)


def test_what_is_offered_depends_on_what_was_said():
    """Filtered choices tell how many said what they are filtered by."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one yn | knows | Knows? | |
| | select_one sub | which | Which? | grp = ${knows} |
| choices |
| | list_name | name | label | grp |
| | yn | yes | Yes | |
| | yn | no | No | |
| | sub | a1 | A1 | yes |
| | sub | a2 | A2 | yes |
| | sub | b1 | B1 | no |
"""
    rows = [{"knows": "yes", "which": ("a1", "a2")[n % 2]} for n in range(11)]
    assert not shown(publish(dataset_of([*rows, {"knows": "no", "which": "b1"}], form), Wanted()))


def test_in_open_data_two_conditions_are_no_difference_of_few():
    """Of 20 who use a, 18 were asked on: who the other two are would be seen."""
    form = CHAIN.replace("${part} = 'yes' and ${used} = 'a'", "${part} = 'yes' and ${used} = 'a' and ${knows} = 'yes'")
    form = form.replace("${part} = 'yes' and ${knows} = 'yes'", "${part} = 'yes'", 1)
    rows = [(18, {"knows": "yes", "used": "a", "how": "so"}), (2, {"knows": "no", "used": "a"})]
    rows += [(20, {"knows": "no", "used": "b"}), (9, {"knows": "yes", "used": "c"})]
    extra = form.replace("| | text | how |", "| | select_one yn | good | Good? | ${used} = 'a' | | |\n| | text | how |")
    dataset = dataset_of(
        [row | {"good": ("yes", "no")[n % 2] if row["used"] == "a" else None} for n, row in enumerate(_rows(rows))],
        extra,
    )
    publication = publish(dataset, Wanted(cells=True))
    assert "good" in shown(publication)
    assert "how" not in shown(publication)


def _rows(numbers_and_answers):
    """So many of each."""
    base = {"part": "yes", "area": "a", "how": None}
    return [base | answers for number, answers in numbers_and_answers for _ in range(number)]


def test_numbers_of_kinds_of_people_that_a_follow_up_tells_are_not_claimed_to_be_hidden():
    """Two are of Area C; whoever else was asked on tells it, so the table has no numbers at all."""
    form = CHAIN.replace("${part} = 'yes' and ${knows} = 'yes'", "${area} = 'a' or ${area} = 'b' or ${area} = 'c'")
    rows = [
        {"area": "abc"[n % 3 if n < 6 else n % 2], "part": "yes", "knows": "yes", "used": "ab"[n % 2]}
        for n in range(22)
    ]
    publication = publish(dataset_of(rows, form), Wanted())
    assert next(one for one in publication.tables if one.variable == "area").panels[0].lines == ()
    assert not audit_all({0: publication})


def test_of_several_answers_two_codes_together_tell_of_the_others():
    """One code that is shown tells nothing new; that somebody chose neither of two does."""
    assert not tells("selected(${q}, 'a')", "q", {"c"}, is_multiple=True)
    assert tells("selected(${q}, 'a') or selected(${q}, 'b')", "q", {"c"}, is_multiple=True)
    assert tells("not(selected(${q}, 'a'))", "q", {"c"}, is_multiple=True)


@pytest.mark.parametrize(
    ("condition", "is_told"),
    [
        ("${q} = 'a'", False),
        ("${q} = 'b'", True),
        ("not(selected(${q}, 'b'))", True),
        ("${q} != 'a' and (${r} = 'b')", False),
        ("count-selected(${q}) > 0", True),
        ("${q} > 3", True),
        ("${r} > 3", False),
    ],
)
def test_a_condition_tells_a_hidden_number_if_it_names_it_or_counts(condition, is_told):
    """Of question q the number of b is hidden."""
    assert tells(condition, "q", {"b"}) is is_told


def test_rows_of_one_person_are_one_person():
    """Six people have thirty rows: all but one of them always said the same."""
    dataset = dataset_of([{}], CHAIN)
    variable = next(one for one in dataset.dictionary.tables[""] if one.name == "knows")
    item = item_of(column_of(variable, pa.array(["yes"] * 27 + ["no", "no", "yes"], pa.string())))
    response = np.array([0] * 5 + [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5 + [5] * 5)
    by_person = counted_by_person(item, response)
    assert (by_person.base, list(by_person.counts)) == (6, [5, 0])
    assert fewest_behind(item, response) == 1
