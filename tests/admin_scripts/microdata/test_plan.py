"""What the columns of a survey's tables are called, and that every answer has its place."""

from datetime import UTC, datetime

import pytest

from admin_scripts.microdata.plan import plan_of
from admin_scripts.microdata.positions import generic
from admin_scripts.questions import questions_of
from conversations.forms import load_form
from conversations.session import FormSession
from tests.admin_scripts.field_work import EXAMPLES, examined
from tests.admin_scripts.microdata.kinds import KINDS
from tests.sheets import form

GROUPS = """
| survey  |
|         | type         | name  | label |
|         | begin group  | home  | Home  |
|         | text         | city  | City? |
|         | text         | job   | Job?  |
|         | end group    |       |       |
|         | begin group  | work  | Work  |
|         | text         | city  | City? |
|         | text         | language | Language? |
|         | end group    |       |       |
|         | begin repeat | child | Child |
|         | text         | name  | Name? |
|         | begin repeat | toy   | Toy   |
|         | text         | what  | What? |
|         | end repeat   |       |       |
|         | end repeat   |       |       |
"""


def names(plan, table=""):
    return list(plan.tables[table])


def test_the_prefix_of_the_group_is_dropped_where_the_name_is_unique():
    """ODK's group-name is the way out where it is not, or where the column is one of ours."""
    plan = plan_of([form(GROUPS)], ("_index", "language"))
    assert names(plan) == ["home-city", "job", "work-city", "work-language"]


def test_every_repeat_is_a_table_that_knows_the_one_around_it():
    """Nested repeats too; none is called as the table of the responses is."""
    plan = plan_of([form(GROUPS)], ())
    assert plan.parents == {"child": "", "toy": "child"}
    assert names(plan, "child") == ["name"]
    assert names(plan, "toy") == ["what"]
    assert set(plan_of([form(GROUPS)], (), ("child",)).tables) == {"", "child_", "toy"}


def test_two_questions_never_share_a_column():
    """Even if a name looks like another one's name with its group."""
    table = """
    | survey  |
    |         | type        | name | label |
    |         | text        | a-b  | ?     |
    |         | begin group | a    | A     |
    |         | text        | b    | ?     |
    |         | end group   |      |       |
    |         | text        | b    | ?     |
    """
    assert names(plan_of([form(table)], ())) == ["a-b", "a-b_", "b"]


@pytest.mark.parametrize("name", ["kinds", "zone_omogenee_po", "zone_omogenee_sindaci"])
def test_every_value_of_a_response_has_its_place(name):
    """What the engine hands in and what the tables hold are the same, notes and rows of repeats included."""
    read = form(KINDS) if name == "kinds" else load_form(examined(EXAMPLES / f"{name}.xlsx").xform)
    plan = plan_of([read], ())
    filled = FormSession.start(read, now=datetime(2026, 11, 23, tzinfo=UTC), language=read.default_language, seed=1)
    paths = [generic(path) for path, _ in filled.submission_values()]
    assert paths
    assert set(paths) <= plan.places[read.hash].keys()


def test_conditions_are_told_as_the_author_wrote_them():
    """Those of the groups around a question come first."""
    table = """
    | survey  |
    |         | type        | name | label | relevant    |
    |         | integer     | n    | N?    |             |
    |         | begin group | g    | G     | ${n} > 1    |
    |         | text        | q    | Q?    | ${n} < 5    |
    |         | text        | r    | R?    |             |
    |         | end group   |      |       |             |
    """
    assert [question.relevant for question in questions_of(form(table))] == [
        "",
        "(${n} > 1) and (${n} < 5)",
        "${n} > 1",
    ]


def test_a_question_stands_in_the_codebook_without_blanks_around_it():
    """The compiler puts some around a text with an answer in it."""
    table = """
    | survey |
    |        | type | name | label                      |
    |        | text | name | Name?                      |
    |        | text | way  | How do you come, ${name}?  |
    """
    assert questions_of(form(table))[1].wording == {"": "How do you come, ${name}?"}
