"""The lint for chat: each check finds its mistake in its cell, and leaves alone what only looks like it."""

from pathlib import Path

import pytest

from bot.telegram import layout, markup
from conversations import likert
from conversations.forms.chat_checks import CHECKS, limits
from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform
from conversations.prompts import offers
from tests.sheets import workbook

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.xlsx"))
LONG = "parola " * 700
WIDE = "Pianificazione territoriale e paesaggio"
LANGUAGES = "label::Italiano (it) | label::English (en)"

YES_NO = """
| choices |
| | list_name | name | label |
| | yn | yes | Sì |
| | yn | no | No |
"""


def survey(columns, *rows, more=""):
    """A questionnaire with these columns and rows of its survey sheet."""
    return "\n".join(["| survey |", f"| | {columns} |", *(f"| | {row} |" for row in rows), more])


def choices(columns, *rows):
    """A sheet of choices."""
    return "\n".join(["| choices |", f"| | list_name | name | {columns} |", *(f"| | {row} |" for row in rows)])


def asked_of(condition, kind="select_one yn", more=YES_NO, column="relevant"):
    """A first question, and a second one with that condition on it."""
    return survey(
        f"type | name | label | {column}", f"{kind} | q | First? |", f"text | t | Then? | {condition}", more=more
    )


def labelled(*labels, kind="select_one l"):
    """A question whose choices have these labels."""
    rows = (f"l | c{place} | {label}" for place, label in enumerate(labels))
    return survey("type | name | label", f"{kind} | q | Which? ", more=choices("label", *rows))


def named(*names, labels="abcdefgh"):
    """A question whose choices have these names."""
    rows = (f"l | {name} | {label}" for name, label in zip(names, labels, strict=False))
    return survey("type | name | label", "select_one l | q | Which? ", more=choices("label", *rows))


def translated(survey_row, choice_row="l | x | X | X", columns=LANGUAGES):
    """A question in two languages with one choice."""
    return survey(f"type | name | {columns}", survey_row, more=choices(columns, choice_row))


def repeated(reader):
    """Rows of people, and what reads their age from outside."""
    return survey(
        "type | name | label | calculation",
        "begin repeat | people | Person | ",
        "integer | age | How long? | ",
        "text | job | Your job at ${age}? |",
        "end repeat | | | ",
        reader,
    )


def filtered(*rows, condition=""):
    """A municipality of a zone, with these municipalities."""
    return survey(
        "type | name | label | choice_filter | relevant",
        "select_one zones | z | Zone? | |",
        f"select_one towns | t | Town? | zone = ${{z}} | {condition}",
        more=choices("label | zone", "zones | north | North |", "zones | south | South |", *rows),
    )


def sensitive(label, required="yes", more=YES_NO, kind="select_one yn", name="q"):
    """A question with that label."""
    return survey("type | name | label | required", f"{kind} | {name} | {label} | {required}", more=more)


def within(condition, *, outer="${q} = 'yes'", name="t"):
    """A question in a group, each with its condition."""
    return survey(
        "type | name | label | relevant | required",
        "select_one yn | q | First? | |",
        "integer | n | How many? | |",
        f"begin group | g | G | {outer} |",
        f"text | {name} | Then? | {condition} | yes",
        "end group | | | |",
        more=YES_NO,
    )


DECLINABLE = YES_NO + "| | yn | nd | Preferisco non rispondere |"

CASES = {
    "hidden-character": [
        (survey("type | name | label", "text | a\u200bb | A?"), "survey!B2"),
        (named("x\u00a0y"), "choices!B2"),
    ],
    "misspelt-column": [
        (survey("type | name | label | relevent", "text | q | Q? | 1 = 1"), "survey!D1"),
        (survey("type | name | label | constraint mesage", "text | q | Q? | No"), "survey!D1"),
    ],
    "default-language": [
        (
            translated("select_one l | q | Quale? | Which?") + "\n| settings |\n| | default_language |\n| | Italiano |",
            "settings!A2",
        )
    ],
    "unknown-choice": [
        (asked_of("${q} = 'oui'"), "survey!D3"),
        (asked_of("selected(${q}, 'yess')"), "survey!D3"),
        (asked_of("not(${q} != 'oui')"), "survey!D3"),
        (asked_of("${q} = 3"), "survey!D3"),
        (asked_of("selected(${q}, 'maybe')", kind="select_multiple yn"), "survey!D3"),
    ],
    "label-compared": [(asked_of("${q} = 'si'"), "survey!D3"), (asked_of("'No' = ${q}"), "survey!D3")],
    "multiple-compared": [
        (asked_of("${q} = 'yes'", kind="select_multiple yn"), "survey!D3"),
        (asked_of("count-selected(${q}) > 1 and ${q} != 'no'", kind="select_multiple yn"), "survey!D3"),
    ],
    "bare-reference": [
        (asked_of("${q}"), "survey!D3"),
        (asked_of("not(${q})"), "survey!D3"),
        (asked_of("${q} and 1 = 1"), "survey!D3"),
        (asked_of("if(${q}, 'a', 'b')", column="calculation"), "survey!D3"),
    ],
    "unknown-column": [
        (
            survey(
                "type | name | label | choice_filter",
                "text | q | First? |",
                "select_one l | s | Which? | zona = ${q}",
                more=choices("label | zone", "l | x | X | a"),
            ),
            "survey!D3",
        )
    ],
    "blind-constraint": [
        (
            survey("type | name | label | constraint | constraint_message", "integer | q | N? | 1 < 120 | No"),
            "survey!D2",
        )
    ],
    "never-asked": [
        (within("${q} = 'no'"), "survey!D5"),
        (within("${n} > 10 and ${n} < 5"), "survey!D5"),
        (within("${n} > 4 and ${n} < 5"), "survey!D5"),
        (within("", outer="false()"), "survey!D4"),
        (within("", outer="${q} = 'no' and ${q} != 'no'"), "survey!D4"),
        (asked_of("${q} > 130", kind="range", more=""), "survey!D3"),
    ],
    "no-choice-left": [(filtered("towns | a | A | north"), "survey!D3")],
    "row-from-outside": [
        (repeated("calculate | c | | ${age} + 1"), "survey!D6"),
        (repeated("note | n | You are ${age} |"), "survey!C6"),
    ],
    "untranslated": [
        (translated("select_one l | q | Quale? | "), "survey!D2"),
        (translated("select_one l | q | Quale? | Which?", "l | x | | X"), "choices!C2"),
    ],
    "no-column": [
        (
            survey(
                f"type | name | {LANGUAGES}", "select_one l | q | Quale? | Which?", more=choices("label", "l | x | X")
            ),
            "choices!C1",
        )
    ],
    "no-language-code": [
        (translated("select_one l | q | Quale? | Which?", columns="label::Italiano | label::English (en)"), "survey!C1")
    ],
    "or-other": [(translated("select_one l or_other | q | Quale? | Which?"), "survey!A2")],
    "long-text": [
        (survey("type | name | label", f"text | q | {LONG}"), "survey!C2"),
        (survey("type | name | label", f"note | n | {LONG[:2500]}", f"text | q | {LONG[:2500]}"), "survey!C3"),
    ],
    "long-caption": [
        (survey("type | name | label | media::image", f"text | q | {LONG[:1100]} | map.png"), "survey!C2"),
    ],
    "html": [
        (survey("type | name | label", "text | q | <b>What?</b>"), "survey!C2"),
        (labelled("one<br/>two"), "choices!C2"),
    ],
    "no-message": [(survey("type | name | label | constraint", "integer | q | N? | . > 1"), "survey!D2")],
    "same-label": [(labelled("Così", "cosi!"), "choices!C3"), (labelled("Same", "Same"), "choices!C3")],
    "similar-names": [
        (survey("type | name | label", "text | age | A?", "text | Age | B?"), "survey!B3"),
        (named("x", "X"), "choices!B3"),
    ],
    "no-way-out": [
        (sensitive("Ha una disabilità?"), "survey!D2"),
        (sensitive("What is your religion?"), "survey!D2"),
        (sensitive("Quanto guadagna?", kind="integer", more="", name="reddito"), "survey!D2"),
        (sensitive("Genere"), "survey!D2"),
        (sensitive("È iscritto a un sindacato?"), "survey!D2"),
    ],
    "numbers-misplaced": [(named("3", "2", "1"), "choices!B2")],
    "unused-list": [(named("x") + "\n| | other | y | Y |", "choices!A3")],
    "label-listed": [(labelled("Short", WIDE), "choices!C3")],
    "label-cut": [(labelled("Short", WIDE[:34]), "choices!C3")],
    "many-choices": [(labelled(*(f"Town {n}" for n in range(13))), "survey!A2")],
    "bot-language": [
        (
            translated("select_one l | q | Quale? | Frage?", columns="label::Italiano (it) | label::Deutsch (de)"),
            "survey!D1",
        )
    ],
    "required-unasked": [
        (survey("type | name | label | required", "note | n | Read. | yes", "text | q | Q? |"), "survey!D2"),
        (survey("type | name | label | required | readonly", "text | n | Read. | yes | yes"), "survey!D2"),
    ],
    "constraint-unasked": [
        (survey("type | name | label | constraint | readonly", "text | n | Read. | . != 'x' | yes"), "survey!D2")
    ],
    "long-rank": [(labelled(*(f"Town {n}" for n in range(21)), kind="rank l"), "survey!A2")],
}
"""What each check must find, and where."""

FINE = {
    "hidden-character": [survey("type | name | label", "text | a_b | A\u200b?"), named("x y")],
    "misspelt-column": [
        survey("type | name | label | relevance | x_relevant | notes", "text | q | Q? | 1 = 1 | a | b"),
        labelled("A"),
        survey("type | name | label | name2 | types", "text | q | Q? | x | y"),
    ],
    "default-language": [
        translated("select_one l | q | Quale? | Which?")
        + "\n| settings |\n| | default_language |\n| | Italiano (it) |",
        labelled("A") + "\n| settings |\n| | default_language |\n| | Italiano |",
    ],
    "unknown-choice": [
        asked_of("${q} = 'yes' or ${q} = ''"),
        asked_of("${q} = 'si'", kind="text"),
        asked_of("${q} = 'other'", kind="select_one yn or_other"),
        asked_of("${q} = 1", more=choices("label", "yn | 1 | Yes", "yn | 2 | No")),
        asked_of("concat(${q}, 'x') = 'yesx'"),
        asked_of("jr:choice-name(${q}, '${q}') = 'Sì'"),
    ],
    "label-compared": [asked_of("${q} = 'yes'"), asked_of("${q} = 'Sì'", kind="text")],
    "multiple-compared": [
        asked_of("${q} = '' or selected(${q}, 'yes')", kind="select_multiple yn"),
        asked_of("${q} = 'yes'"),
    ],
    "bare-reference": [
        asked_of("${q} != ''"),
        asked_of("string-length(${q}) > 0 and not(${q} = 'no')"),
        asked_of("${q}", column="calculation"),
        asked_of("if(${q} = 'yes', ${q}, '')", column="calculation"),
    ],
    "unknown-column": [
        filtered("towns | a | A | north", "towns | b | B | south"),
        survey(
            "type | name | label | choice_filter",
            "text | q | First? |",
            "select_one l | s | Which? | name != ${q} and not(starts-with(label, 'x'))",
            more=choices("label", "l | x | X"),
        ),
    ],
    "blind-constraint": [
        survey(
            "type | name | label | constraint | constraint_message",
            "integer | q | N? | .>1 | No",
            "integer | r | N? | ${r} > 1 | No",
        )
    ],
    "never-asked": [
        within("${q} = 'yes'"),
        within("${n} > 3 and ${n} < 5"),
        within("${q} = 'no'", outer="${q} != ''"),
        within("${n} >= 5 and ${n} <= 5"),
        within("${q} = 'no' or ${n} > 1"),
        asked_of("selected(${q}, 'yes') and selected(${q}, 'no')", kind="select_multiple yn"),
    ],
    "no-choice-left": [
        filtered("towns | a | A | north", "towns | b | B | south"),
        filtered("towns | a | A | north", condition="${z} != 'south'"),
    ],
    "row-from-outside": [
        repeated("calculate | c | | sum(${age}) div count(${people})"),
        repeated("calculate | c | | indexed-repeat(${age}, ${people}, 1)"),
    ],
    "untranslated": [translated("select_one l | q | Quale? | Which?"), labelled("A", "B")],
    "no-column": [translated("select_one l | q | Quale? | Which?"), labelled("A", "B")],
    "no-language-code": [translated("select_one l | q | Quale? | Which?"), labelled("A", "B")],
    "or-other": [labelled("A", kind="select_one l or_other"), translated("select_one l | q | Quale? | Which?")],
    "long-text": [survey("type | name | label", f"note | n | {LONG[:1000]}", f"text | q | {LONG[:2500]}")],
    "long-caption": [
        survey("type | name | label | media::image", "text | q | Short | map.png", f"text | r | {LONG[:1100]} |"),
    ],
    "html": [survey("type | name | label", "text | q | Is 3 <b and b> 2, **really**?"), labelled("< 30", "> 30")],
    "no-message": [survey("type | name | label | constraint | constraint_message", "integer | q | N? | . > 1 | More!")],
    "same-label": [
        labelled("Yes", "No"),
        labelled("+", "-"),
        filtered("towns | a | Centre | north", "towns | b | Centre | south"),
    ],
    "similar-names": [survey("type | name | label", "text | age | A?", "text | ages | B?")],
    "no-way-out": [
        sensitive("Ha una disabilità?", required=""),
        sensitive("Ha una disabilità?", more=DECLINABLE),
        sensitive("Le politiche pubbliche della Unione europea le sembrano adeguate?"),
        sensitive("Di che genere di servizi si occupa?"),
        sensitive("In quale età del Comune sono nati i servizi per l'età evolutiva?"),
        sensitive("Health and safety at work: is there a plan?"),
        sensitive("How do you manage your team?"),
    ],
    "numbers-misplaced": [named("1", "2", "3"), named("1", "2", "9"), named("2", "1", labels=("2 - No", "1 - Yes"))],
    "unused-list": [named("x"), asked_of("instance('yn')/root/item[name = 'yes']/label", "text", column="calculation")],
    "label-listed": [labelled("Short", WIDE[:36])],
    "label-cut": [labelled("Short", WIDE[:32]), labelled("Short", WIDE)],
    "many-choices": [
        labelled(*(f"Town {n}" for n in range(12))),
        filtered(*(f"towns | t{n} | T{n} | {'north' if n % 2 else 'south'}" for n in range(24))),
    ],
    "bot-language": [translated("select_one l | q | Quale? | Which?")],
    "required-unasked": [survey("type | name | label | required", "note | n | Read. |", "text | q | Q? | yes")],
    "constraint-unasked": [survey("type | name | label | constraint", "text | q | Q? | . != 'x'")],
    "long-rank": [
        labelled(*(f"Town {n}" for n in range(20)), kind="rank l"),
        labelled(*(f"Town {n}" for n in range(21))),
    ],
}
"""What looks like it and is not."""


def found(table, code):
    """The cells in which the check sees something."""
    return [problem.cell for problem in check_form(read_xlsform(workbook(table))) if problem.code == code]


@pytest.mark.parametrize(("code", "table", "cell"), [(code, *case) for code, cases in CASES.items() for case in cases])
def test_a_check_finds_its_mistake_in_its_cell(code, table, cell):
    """Once, and nowhere else."""
    assert found(table, code) == [cell]


@pytest.mark.parametrize(("code", "table"), [(code, table) for code, tables in FINE.items() for table in tables])
def test_a_check_leaves_alone_what_only_looks_like_it(code, table):
    """A false alarm is worse than a gap."""
    assert found(table, code) == []


def test_every_check_has_its_case_and_its_counter_example():
    """By its code; and each code has one check."""
    codes = [check.code for check in CHECKS]
    assert sorted(codes) == sorted(set(codes)) == sorted(CASES) == sorted(FINE)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_questionnaires_get_advice_only(path):
    """No errors, no warnings."""
    assert {problem.severity for problem in check_form(read_xlsform(path.read_bytes()))} <= {"advice"}


def test_the_limits_are_those_of_the_channels():
    """One number each, whoever holds it."""
    assert limits.LONGEST_MESSAGE == markup.LONGEST_TEXT
    assert limits.WIDEST_BUTTON == layout.LONGEST_LABEL
    assert limits.WIDEST_BUTTON == likert.WIDEST
    assert limits.CHOICES_AT_ONCE == offers.AT_ONCE


def test_a_contradiction_says_both_sides_and_how_much_hangs_on_it():
    """So that the author knows which of the two to correct."""
    told = check_form(read_xlsform(workbook(within("", outer="${q} = 'no' and ${q} = 'yes'"))))
    (never,) = [problem.what for problem in told if problem.code == "never-asked"]
    assert never == (
        "'g' is never asked: it needs ${q} = 'no' and also ${q} = 'yes'. With it 1 question in it, 1 of them required."
    )


def test_the_choice_that_was_meant_is_named():
    """The nearest name, or the name that goes with the label."""
    told = check_form(read_xlsform(workbook(asked_of("${q} = 'yess' or ${q} = 'Sì'"))))
    assert [problem.remedy for problem in told] == ["Did you mean 'yes'?", "Write 'yes'."]
    assert told[1].excerpt.splitlines() == ["${q} = 'yess' or ${q} = 'Sì'", "                 ^"]


def test_a_translation_missing_in_many_rows_is_told_once():
    """With the rows."""
    rows = [f"text | q{n} | Domanda {n} |" for n in range(12)]
    told = check_form(read_xlsform(workbook(survey(f"type | name | {LANGUAGES}", *rows))))
    assert [problem.what for problem in told] == [
        "12 texts have no label in English (en): rows 2, 3, 4, 5, 6, 7, 8, 9, …."
    ]
