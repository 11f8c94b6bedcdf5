"""Simulated respondents find what an author overlooked, and nothing that is not there."""

import pytest

from conversations.rehearsal import walking
from conversations.rehearsal.findings import findings_of
from conversations.rehearsal.rehearse import Guest, rehearsing
from conversations.rehearsal.walking import DeadEnd, Ending
from tests.scenario import NOON, TERMS
from tests.sheets import form


def rehearsed(table, walks=40, seed=7):
    rehearsal = rehearsing(form(table), TERMS, seed=seed, now=NOON)
    return findings_of(rehearsal.experience, list(rehearsal.walks([Guest()] * walks)))


AGES = """
| survey |
| | type    | name   | label   | relevant     | constraint              | required |
| | integer | age    | Age?    |              | . >= 0 and . < 120      | yes      |
| | text    | school | School? | ${age} < 18  |                         | yes      |
| | text    | record | Record? | ${age} > 200 |                         |          |
"""


def test_a_question_that_nobody_reaches_is_named_with_its_condition_and_the_nearest_reason():
    """The condition as the author wrote it; what was answered to the question it looks at, and why not more."""
    [unreached] = rehearsed(AGES).unreached
    assert unreached.path == "/data/record"
    assert unreached.condition == "${age} > 200"
    assert unreached.reason == "${age} was from 0 to 119 (its constraint: . >= 0 and . < 120)"


def test_the_edges_of_a_condition_and_of_a_constraint_are_tried():
    """18 and its neighbours, 0 and -1, 119 and 120: both outcomes of each."""
    found = rehearsed(AGES)
    assert (found.constraints.met, found.constraints.of) == (2, 2)
    assert found.never == ("/data/record",)
    assert found.refusals
    assert not found.wordless
    assert not found.has_dead_ends


def test_a_required_question_whose_constraint_nothing_satisfies_is_a_dead_end():
    """Every walk stands there for ever, whatever is tried."""
    found = rehearsed(
        """
        | survey |
        | | type    | name | label | constraint         | required |
        | | integer | none | N?    | . > 10 and . < 5   | yes      |
        """,
        walks=3,
    )
    assert {one.dead_end for one in found.blocked} == {DeadEnd("answer", "/data/none")}
    assert found.has_dead_ends
    assert found.blocked[0].reason.endswith("answers tried was taken: . > 10 and . < 5")


def test_a_required_question_without_choices_is_a_dead_end():
    """Its filter has left none."""
    found = rehearsed(
        """
        | survey  |
        | | type            | name | label | choice_filter    | required |
        | | text            | town | Town? |                  | yes      |
        | | select_one ways | way  | Way?  | town='nowhere at all' and ${town}='elsewhere' | yes |
        | choices |
        | | list_name | name | label | town |
        | | ways      | bus  | Bus   | here |
        """,
        walks=12,
    )
    [blocked] = found.blocked
    assert blocked.reason == "it must be answered, and has no choices"


BRANCHES = """
| survey |
| | type               | name    | label  | relevant                          | constraint         | calculation |
| | select_one yes_no  | works   | Work?  |                                   |  | |
| | begin group        | job     | Job    | ${works} = 'yes'                  |  | |
| | select_multiple ws | ways    | Ways?  |                                   | count-selected(.) <= 2         | |
| | text               | other   | Which? | selected(${ways}, 'other')        | regex(., '^[A-Z]{2}[0-9]{3}$') | |
| | date               | since   | Since? |                                   | . <= today()                   | |
| | calculate          | years   |        |                                   | | int((today() - ${since}) div 365)  |
| | note               | veteran | Thanks | ${years} >= 20                    |  | |
| | text               | nick    | Nick?  | ${years} < 1 and ${works} = 'yes' | string-length(.) = 7           | |
| | end group          |         |        |                                   |  | |
| | integer            | sum     | Sum?   | not(selected(${ways}, 'bus'))     |  | |
| | integer            | rest    | Rest?  | ${sum} > 0                        | . + ${sum} = 100               | |
| | begin repeat       | child   | Child  |                                   |  | |
| | text               | name    | Name?  |                                   |  | |
| | end repeat         |         |        |                                   |  | |
| choices |
| | list_name | name  | label |
| | yes_no    | yes   | Yes   |
| | yes_no    | no    | No    |
| | ws        | bus   | Bus   |
| | ws        | foot  | Foot  |
| | ws        | other | Other |
"""


def test_every_branch_is_walked():
    """Conditions on choices, calculations, dates and lengths; texts that fit a pattern; sums; rows."""
    found = rehearsed(BRANCHES, walks=150)
    assert not found.unreached
    assert not found.unchosen
    assert (found.branches.met, found.branches.of) == (12, 12)
    assert (found.constraints.met, found.constraints.of) == (10, 10)
    assert (found.rows.met, found.rows.of) == (3, 3)
    assert not found.has_dead_ends


@pytest.mark.no_cover
def test_the_same_seed_gives_the_same_findings():
    """And another seed other walks."""
    first, again, other = rehearsed(BRANCHES, 30), rehearsed(BRANCHES, 30), rehearsed(BRANCHES, 30, seed=8)
    assert first == again
    assert first != other


HEAD = "| survey |\n| | type | name | label | repeat_count | constraint | required |\n"


def test_a_questionnaire_without_end_is_broken_off(monkeypatch):
    """A thousand million rows: the walk says that it was too long, and nobody is stuck."""
    monkeypatch.setattr(walking, "TURNS", 10)
    rows = "| | begin repeat | r | R | 1000000000 | | |\n| | text | t | T? | | | |\n| | end repeat | | | | | |"
    found = rehearsed(HEAD + rows, walks=1)
    assert found.endings == {Ending.TOO_LONG: 1}


@pytest.mark.parametrize(
    "rows",
    [
        "| | text | t | T? | | regex(., '(a+)+$') | yes |",
        "| | note | n | Only this | | | |",
    ],
    ids=["a pattern that backtracks", "only a note"],
)
def test_strange_questionnaires_end(rows):
    """Bounded by the engine's own limits."""
    found = rehearsed(HEAD + rows, walks=3)
    assert found.endings[Ending.COMPLETE] + found.endings[Ending.DECLINED] == 3


def test_places_lines_and_files_are_answered():
    """Shared or written, point by point, sent; all of them required."""
    kinds = [
        "geopoint",
        "geotrace",
        "geoshape",
        "image",
        "audio",
        "video",
        "file",
        "barcode",
        "date",
        "time",
        "dateTime",
        "acknowledge",
    ]
    rows = "\n".join(f"| | {kind} | q{n} | Q{n}? | yes |" for n, kind in enumerate((*kinds, "rank ws")))
    choices = "| choices |\n| | list_name | name | label |\n| | ws | bus | Bus |\n| | ws | foot | Foot |"
    found = rehearsed(f"| survey |\n| | type | name | label | required |\n{rows}\n{choices}", walks=8)
    assert found.asked.met == found.asked.of == 13
    assert found.endings[Ending.COMPLETE] + found.endings[Ending.DECLINED] == 8


def test_a_value_that_cannot_be_handed_in_is_a_dead_end_at_its_question():
    """Whatever is answered, what follows from it is never allowed."""
    found = rehearsed(
        """
        | survey |
        | | type    | name   | label   | readonly | calculation | constraint | required |
        | | integer | open   | Open?   |          |             |            | yes      |
        | | integer | locked | Locked? | yes      | 0 * ${open} | . > 5      |          |
        """,
        walks=2,
    )
    assert {one.dead_end for one in found.blocked} == {DeadEnd("submit", "/data/locked")}
    assert found.has_dead_ends


@pytest.mark.parametrize(
    "constraint",
    [
        "regex(., '^(?=.*[A-Z])(?=.*[0-9]).{8,12}$')",
        "string-length(.) = 16 and regex(., '^[A-Z0-9]+$')",
        "number(.) mod 7 = 4 and number(.) > 50",
    ],
)
def test_odd_constraints_are_no_dead_ends(constraint):
    """Patterns that look ahead, lengths and patterns together, numbers that no edge satisfies."""
    kind = "integer" if "mod" in constraint else "text"
    row = f"| | {kind} | q | Q? | yes | {constraint} |"
    assert not rehearsed(f"| survey |\n| | type | name | label | required | constraint |\n{row}", 30).has_dead_ends
