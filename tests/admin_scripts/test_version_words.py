"""What a newer version says otherwise: the column, with the old and the new words, and never too much of it."""

from admin_scripts.version_changes import changes_between
from tests.sheets import form

GUIDANCE = "guidance_hint::Italiano (it) | guidance_hint::English (en)"
SHEET = f"""
| survey |
| | type | name | label::Italiano (it) | label::English (en) | {GUIDANCE} |
| | integer | eta | Quanti anni ha? | How old are you? | In anni compiuti | In full years |
| | select_one town | town | Dove? | Where? | | |
| choices |
| | list_name | name | label::Italiano (it) | label::English (en) |
| | town | t0 | T0 | T0 |
"""
MORE = "".join(f"| | town | t{n} | T{n} | T{n} |\n" for n in range(1, 134))


def changes(sheet):
    return [(one.kind, one.name, one.what) for one in changes_between(form(SHEET), form(sheet)).listed]


def test_the_column_that_changed_is_named_with_both_texts():
    """Not the label, where that is as it was."""
    assert changes(SHEET.replace("In full years", "In whole years")) == [
        ("words", "eta", "guidance_hint::English (en): In full years → In whole years")
    ]


def test_of_long_texts_the_part_that_differs_is_shown():
    """And of many columns two."""
    long = "word " * 20
    old, new = (form(SHEET.replace("How old are you?", long + end)) for end in ("one", "two"))
    [change] = changes_between(old, new).listed
    assert change.what == "label::English (en): …word word word word one → …word word word word two"
    everything = SHEET.replace("anni", "lustri").replace("old are", "elderly are").replace("full", "whole")
    assert changes(everything)[0][2].endswith("… and 2 more")


def test_many_new_choices_are_counted_and_a_few_named():
    """A list of towns would push everything else off the screen."""
    assert changes(SHEET + MORE) == [
        ("choices", "town", "new: t1, t2, t3, t4, t5, t6, t7, t8 … and 125 more"),
    ]


def test_what_is_gone_is_counted_among_the_questions_asked():
    """So that a wrong file can be told."""
    found = changes_between(form(SHEET), form(SHEET.replace("| integer | eta", "| integer | age")))
    assert (found.asked, found.gone_questions) == (2, 1)
