"""What an author is told: everything at once, with the cell, the cause and a remedy."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from conversations.forms import load_form
from conversations.forms.lint import check_form
from conversations.forms.workbook_size import MAX_UNPACKED
from conversations.forms.xlsform import read_xlsform
from tests.sheets import workbook
from tests.walks import Walk


def told(table):
    """(code, cell) of every problem."""
    return [(problem.code, problem.cell) for problem in check_form(read_xlsform(workbook(table)))]


def errors(table):
    problems = check_form(read_xlsform(workbook(table)))
    return {(problem.code, problem.cell) for problem in problems if problem.severity == "error"}


GOOD = """
| survey  |
|         | type         | name | label | relevant | constraint | choice_filter | constraint_message |
|         | text         | a    | A?    |          |            |               |                    |
|         | select_one l | s    | S?    | ${a} = 1 | . != 'x'   | ${a} != name  | Not that one.      |
| choices |
|         | list_name | name | label |
|         | l         | x    | X     |
|         | l         | y    | Y     |
"""


def test_a_good_questionnaire_is_without_fault():
    """And then it can be loaded."""
    compiled = read_xlsform(workbook(GOOD))
    assert check_form(compiled) == ()
    assert load_form(compiled.xform).control_at["/data/s"].itemset


def test_mistakes_are_told_all_at_once():
    """Names, expressions, functions, types and lists, though nothing can be compiled."""
    assert errors("""
    | survey |
    |        | type         | name | label   | relevant | constraint | calculation     |
    |        | text         | a    | A ${no} |          |            |                 |
    |        | osm          | g    | Where?  | ${a} =   |            |                 |
    |        | select_one l | s    | Which?  |          | fooo(.)    |                 |
    |        | integer      | a    | N?      |          | . > ${b c} |                 |
    |        | texxt        | t x  | T?      |          |            |                 |
    |        | text         |      | T?      |          |            | round(1, 2, 3)  |
    """) == {
        ("unknown-name", "survey!C2"),
        ("not-carried", "survey!A3"),
        ("expression", "survey!D3"),
        ("no-choices", "survey!A4"),
        ("function", "survey!E4"),
        ("duplicate-name", "survey!B5"),
        ("unknown-name", "survey!E5"),
        ("unknown-type", "survey!A6"),
        ("name", "survey!B6"),
        ("no-name", "survey!A7"),
        ("function", "survey!F7"),
    }


def test_each_problem_says_what_is_wrong_and_what_to_do():
    """The remedy of a misspelt type is the type that was meant."""
    compiled = read_xlsform(workbook("| survey |\n| | type | name | label |\n| | integr | n | N? |"))
    assert compiled.xform is None
    assert [(problem.what, problem.remedy) for problem in check_form(compiled)] == [
        ("There is no type of question called 'integr'.", "Did you mean 'integer'?"),
    ]


def test_a_pattern_that_is_none_is_told():
    """Otherwise the constraint would let everything pass."""
    found = told(
        """
        | survey |
        | | type | name | label | constraint | constraint_message |
        | | text | code | Code? | regex(., '[') | Wrong |
        """
    )
    assert found == [("function", "survey!D2")]


def test_groups_in_groups_without_end_are_a_problem_and_not_an_exception():
    """Deeper than anybody writes by hand."""
    begins = "\n".join(f"| | begin_group | g{i} | G |" for i in range(600))
    ends = "\n".join("| | end_group | | |" for _ in range(600))
    compiled = read_xlsform(workbook(f"| survey |\n| | type | name | label |\n{begins}\n| | text | a | A? |\n{ends}"))
    assert [problem.severity for problem in check_form(compiled)][-1] == "error"


def test_groups_that_do_not_fit_together():
    """Ends without a beginning, beginnings without an end, and crossed ones."""
    assert errors("""
    | survey |
    |        | type         | name | label |
    |        | end group    |      |       |
    |        | begin group  | g    | G     |
    |        | text         | q    | Q?    |
    |        | end repeat   |      |       |
    |        | begin repeat | r    | R     |
    """) == {("not-begun", "survey!A2"), ("crossed", "survey!A5"), ("not-ended", "survey!A6")}


def test_cycles_are_told_with_the_questions_that_form_them():
    """Of calculations, of relevances, and of a question with itself; every cycle."""
    table = """
    | survey |
    |        | type        | name | label | relevant  | calculation |
    |        | calculate   | a    |       |           | ${b} + 1    |
    |        | calculate   | b    |       |           | ${c} + 1    |
    |        | calculate   | c    |       |           | ${a} + 1    |
    |        | text        | p    | P?    | ${q} = 1  |             |
    |        | text        | q    | Q?    | ${p} = 1  |             |
    |        | begin group | g    | G     | ${in} = 1 |             |
    |        | text        | in   | I?    |           |             |
    |        | end group   |      |       |           |             |
    |        | calculate   | self |       |           | ${self} + 1 |
    """
    cycles = [problem for problem in check_form(read_xlsform(workbook(table))) if problem.code == "cycle"]
    assert len(cycles) == 4
    assert {frozenset(problem.what.split("of ")[1].split(" depend")[0].split(" → ")) for problem in cycles} == {
        frozenset("abc"),
        frozenset("pq"),
        frozenset({"g"}),
        frozenset({"self"}),
    }
    assert all(problem.cell.startswith("survey!") for problem in cycles)


def test_questions_may_exclude_each_others_choices():
    """A top three by three filtered questions is no cycle; neither are a count and what is in its repeat."""
    assert (
        told("""
    | survey  |
    |         | type         | name | label | choice_filter | repeat_count | calculation | relevant |
    |         | select_one l | a    | A?    | name != ${b}  |              |             |          |
    |         | select_one l | b    | B?    | name != ${a}  |              |             |          |
    |         | begin repeat | r    | R     |               | count(${r}[more = 'y']) + 1 |  |       |
    |         | text         | more | More? |               |              |             |          |
    |         | end repeat   |      |       |               |              |             |          |
    | choices |
    |         | list_name | name | label |
    |         | l         | x    | X     |
    |         | l         | y    | Y     |
    """)
        == []
    )


def test_missing_translations_and_look_alikes_are_warnings():
    """They do not keep a survey from being made."""
    table = """
    | survey  |
    |         | type         | name | label::Italiano (it) | label::English (en) |
    |         | text         | q    | Domanda?             |                     |
    |         | select_one l | s    | Quale?               | Which?              |
    | choices |
    |         | list_name | name | label::Italiano (it) | label::English (en) | zone |
    |         | l         | x    | Uguale               | Same                | a    |
    |         | l         | y    | Uguale               | Other               | a    |
    |         | l         | z    | Uguale               | Third               | b    |
    """
    assert errors(table) == set()
    assert {("untranslated", "survey!D2"), ("same-label", "choices!C3")} <= set(told(table))
    assert ("same-label", "choices!C4") not in told(table)


def test_a_question_without_a_label_is_a_warning():
    """The respondent would see nothing."""
    hinted = "| survey |\n| | type | name | label | hint |\n| | text | q | Q? | |\n| | text | r | | Only a hint |"
    assert told(hinted) == [("no-label", "survey!B3")]


def test_a_question_without_any_text_is_an_error():
    """Pyxform names the question, and so its cell is found."""
    assert errors("| survey |\n| | type | name | label |\n| | text | q | Q? |\n| | text | r | |") == {
        ("xlsform", "survey!A3"),
    }


def test_paths_written_by_hand_are_checked_as_well():
    """A path to nowhere is not an error of XPath, but it is one of the author's."""
    table = """
    | survey |
    |        | type      | name | label | calculation |
    |        | text      | q    | Q?    |             |
    |        | calculate | c    |       | /data/qq    |
    |        | calculate | d    |       | count(/data/*) |
    """
    assert told(table) == [("unknown-name", "survey!D3")]


def test_choices_need_names():
    """A name with a space could be two names."""
    table = GOOD.replace("|         | l         | y    | Y     |", "| | l | | Y |\n| | l | y y | YY |")
    assert ("no-choice-name", "choices!B3") in told(table)
    assert ("choice-name", "choices!B4") in told(table)


def test_what_pyxform_alone_knows_is_told_with_its_cell():
    """Its message, split into what is wrong and what to do."""
    table = """
    | survey |
    |        | type         | name | label | parameters  |
    |        | range        | r    | R?    | start=a     |
    """
    problem = check_form(read_xlsform(workbook(table)))[0]
    assert (problem.code, problem.cell) == ("xlsform", "survey!D2")
    assert problem.remedy


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken", b"| survey |"])
def test_a_broken_workbook_is_a_problem_and_not_an_exception(content):
    """One clear sentence."""
    compiled = read_xlsform(content)
    assert compiled.xform is None
    assert [problem.code for problem in check_form(compiled)] == ["workbook"]


def test_a_workbook_that_would_fill_the_memory_is_refused():
    """It is not unpacked at all."""
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED + 1))
    assert [problem.code for problem in read_xlsform(bomb.getvalue()).problems] == ["workbook"]


def test_a_workbook_without_questions():
    """The sheet may have another name."""
    assert errors("| questions |\n| | type | name |\n| | text | q |") == {("no-survey", "")}
    assert errors("| survey |\n| | type | name | label |") == {("no-questions", "survey!A2")}


def test_choices_from_a_search_are_refused():
    """They would come from a file beside the workbook."""
    table = GOOD.replace("| choice_filter |", "| appearance |").replace("${a} != name", "search('towns')")
    assert ("search", "survey!F3") in errors(table)


def test_a_default_is_an_expression_as_well():
    """What the sheet does not show, the compiled questionnaire does."""
    table = "| survey |\n| | type | name | label | default |\n| | date | q | Q? | tomorrow() |"
    assert ("function", "survey!D2") in errors(table)


def test_columns_that_are_not_ours_are_left_alone():
    """Numbers in cells, columns for other programs, aliases of columns."""
    table = """
    | survey |
    |        | type | name | caption | relevance | bind::odk:tag | x_measure |
    |        | text | q    | Q?      |           | z         | nominal   |
    |        | text | r    | R?      | ${q} =    |           |           |
    """
    assert errors(table) == {("expression", "survey!D3")}


def test_a_row_is_found_by_its_number_in_the_spreadsheet():
    """Blank rows count; numbers may be numbers."""
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label", "constraint"], [], ["integer", 7.0, "N?", "> 1"], ["text", "t", 2.0, 3.5]):
        book.active.append(row)
    book.active["A2"] = " "
    written = BytesIO()
    book.save(written)
    found = {(problem.code, problem.cell) for problem in check_form(read_xlsform(written.getvalue()))}
    assert {("name", "survey!B3"), ("expression", "survey!D3")} <= found


def test_loops_tables_and_others_are_understood():
    """What pyxform makes of them is asked; the headline of a table is not."""
    compiled = read_xlsform(
        workbook("""
        | survey  |
        |         | type                  | name | label    | appearance |
        |         | begin group           | g    | Agree?   | table-list |
        |         | select_one l          | a    | One      |            |
        |         | end group             |      |          |            |
        |         | select_one l or_other | c    | Three    |            |
        |         | begin loop over l     | lo   | For each |            |
        |         | text                  | t    | Why?     |            |
        |         | end loop              |      |          |            |
        | choices |
        |         | list_name | name | label |
        |         | l         | x    | X     |
        """),
    )
    assert check_form(compiled) == ()
    walk = Walk(load_form(compiled.xform))
    assert walk.asks() == ["generated_table_list_label_2", "a", "c", "t", "t"]
    assert [ref for ref, _ in walk.session.submission_values()] == [
        *("/data/g/a", "/data/c", "/data/lo/x/t", "/data/lo/other/t"),
    ]
    assert "c_other" in walk.answer(c="other").asks()


CELLS = st.sampled_from(
    [
        *(
            "",
            "text",
            "select_one l",
            "select_multiple l or_other",
            "begin group",
            "end group",
            "begin repeat",
            "end repeat",
        ),
        *("calculate", "rank l", "range", "note", "geopoint", "trigger", "a", "b", "l", "1", "${a}", "${", "${b} + 1"),
        *(". >", "start=a", "yes", "label::", "::", "é", "=1+1", "last-saved", "${last-saved#a}", "image.png", "x y"),
    ],
)
HEADERS = st.sampled_from(
    [
        *("type", "name", "label", "label::it", "hint", "relevant", "constraint", "calculation", "choice_filter"),
        *("repeat_count", "trigger", "default", "parameters", "appearance", "list_name", "media::image", "", "type"),
    ],
)
SHEETS = st.dictionaries(
    st.sampled_from(["survey", "choices", "settings", "Survey ", "entities"]),
    st.tuples(st.lists(HEADERS, max_size=7), st.lists(st.lists(CELLS, max_size=7), max_size=7)),
    min_size=1,
)


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None)
@given(SHEETS)
@example({"survey": ([], []), "choices": ([], []), "Survey ": (["type"], [["begin group"], ["text"]])})
@example({"survey": (["type"], [["begin group"], ["text"], ["end group"]])})
def test_no_workbook_raises(sheets):
    """Whatever an author writes, problems come out, or a questionnaire that can be loaded; and no check breaks off."""
    book = Workbook()
    book.remove(book.active)
    for name, (headers, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for row in (headers, *rows):
            sheet.append(row)
    written = BytesIO()
    book.save(written)
    compiled = read_xlsform(written.getvalue())
    problems = check_form(compiled)
    assert "unfinished" not in {problem.code for problem in problems}
    if not any(problem.severity == "error" for problem in problems):
        load_form(compiled.xform)
