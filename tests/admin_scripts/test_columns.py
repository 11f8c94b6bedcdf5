"""What the columns of an export are called, and how the versions of a questionnaire are united."""

from admin_scripts.columns import RESPONSES, Version, plan_columns
from admin_scripts.questions import questions_of
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
FIRST = """
| survey  |
|         | type                 | name | label |
|         | select_multiple tea  | tea  | Tea?  |
|         | text                 | old  | Old?  |
| choices |
|         | list_name | name  | label |
|         | tea       | black | Black |
|         | tea       | white | White |
"""
SECOND = """
| survey  |
|         | type                 | name | label |
|         | begin group          | all  | All   |
|         | select_multiple tea  | tea  | Which tea? |
|         | end group            |      |       |
|         | text                 | new  | New?  |
| choices |
|         | list_name | name  | label |
|         | tea       | green | Green |
|         | tea       | black | Black tea |
"""


def version(table, name="1"):
    read = form(table)
    return Version(read.hash, name, questions_of(read))


def test_the_prefix_of_the_group_is_dropped_where_the_name_is_unique():
    """ODK's group-name is the way out where it is not, or where the column is one of ours."""
    plan = plan_columns([version(GROUPS)], ("_index", "language"))
    assert plan.tables[RESPONSES].headers == ("home-city", "job", "work-city", "work-language")


def test_every_repeat_is_a_table_that_knows_the_one_around_it():
    """Nested repeats too."""
    plan = plan_columns([version(GROUPS)], ())
    assert [(table.name, table.parent, table.headers) for table in plan.tables.values()][1:] == [
        ("child", RESPONSES, ("name",)),
        ("toy", "child", ("what",)),
    ]


def test_versions_are_united_by_name():
    """A question keeps its column when it moves to another group; new choices come first, old ones stay."""
    plan = plan_columns([version(SECOND, "2"), version(FIRST, "1")], ())
    assert plan.tables[RESPONSES].headers == ("tea", "tea/green", "tea/black", "tea/white", "new", "old")
    assert plan.tables[RESPONSES].variables["tea"].versions == ["2", "1"]
    assert plan.tables[RESPONSES].variables["tea"].question.wording == {"": "Which tea?"}


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
    assert plan_columns([version(table)], ()).tables[RESPONSES].headers == ("a-b", "a-b_", "b")


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
