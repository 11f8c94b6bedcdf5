"""A walk that goes on in a newer version of its questionnaire: what stays, what is asked again, what is said."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.forms.correspondence import Reason, conflicts
from conversations.protocol import Located, Manner, Media, Pressed, Renewal, Sent, Status, Typed
from conversations.session import FormSession
from conversations.session.record import from_record, to_record
from conversations.turn import prompt_for, take_turn
from conversations.upgrading import MigrationReport, move_session, way_between
from tests.conversations.session.test_any_walk import DEEDS, MIXED, do
from tests.conversations.session.test_any_walk import SHEET as MIXED_SHEET
from tests.scenario import NOON, TERMS, Scenario
from tests.sheets import form

SHEET = """
| survey |
| | type | name | label | relevant | constraint | required | calculation | default |
| | text | name | Name? | | | yes | | |
| | select_one tea | tea | Tea? | | | yes | | |
| | select_multiple tea | teas | Which teas? | | | | | |
| | integer | cups | Cups? | | . < 100 | | | |
| | calculate | twice | | | | | ${cups} * 2 | |
| | calculate | die | | | | | once(random()) | |
| | text | why | Why so many? | ${cups} > 50 | | | | |
| | begin_repeat | guest | Guest | | | | | |
| | text | who | Who? | | | | | |
| | end_repeat | | | | | | | |
| | text | last | Anything else? | | | | | |
| choices |
| | list_name | name | label |
| | tea | black | Black |
| | tea | green | Green |
| | tea | white | White |
"""
OLD = form(SHEET)
CHANGED = [
    form(MIXED_SHEET.replace(*change))
    for change in ((". < 4", ". < 2"), ("towns     | b ", "towns     | d "), ("${n} != 1", "${n} = 1"), ("< 9", "< 2"))
]


def newer(*changes):
    """The sheet with pieces of it replaced."""
    sheet = SHEET
    for before, after in changes:
        assert before in sheet
        sheet = sheet.replace(before, after)
    return form(sheet)


def half_way():
    """Name, tea, teas and cups are answered; the next question stands."""
    walk = Scenario(OLD).takes_part()
    return walk.types("Ada").types("black").presses("Black", "White", "Done").types("60").asks("why")


def goes_over(walk, new):
    """The walk in the newer version."""
    moved = move_session(way_between(walk.form, new), TERMS, walk.session, now=NOON)
    walk.form = new
    walk.session = from_record(json.loads(json.dumps(to_record(moved.session))))
    assert walk.session == moved.session
    return moved


def value(walk, ref):
    return FormSession.restore(walk.form, walk.session.filled, now=NOON).value(ref)


# ---------------------------------------------------------------- what stays


def test_to_the_same_questionnaire_nothing_changes_but_the_revision():
    """Not even the dice that were rolled."""
    walk = half_way()
    before = walk.session
    moved = goes_over(walk, OLD)
    assert moved.lost == ()
    assert walk.session == replace(before, revision=before.revision + 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=20), st.integers(0, 3))
def test_whatever_was_done_before_what_moves_is_valid(deeds, seed):
    """And nothing that was valid is lost, as long as the questionnaire is the same."""
    filled = FormSession.start(MIXED, now=NOON, language="", seed=seed)
    for deed in deeds:
        do(filled, deed)
    session = replace(Scenario(MIXED).session, status=Status.ANSWERING, place="", filled=filled.snapshot())
    session = replace(session, language=filled.language)
    broken = {ref for ref, reason in filled.validate() if reason == "constraint"}
    moved = move_session(way_between(MIXED, MIXED), TERMS, session, now=NOON)
    assert {lost.ref for lost in moved.lost} <= broken
    after = FormSession.restore(MIXED, moved.session.filled, now=NOON)
    assert not [ref for ref, reason in after.validate() if reason == "constraint"]
    if not broken:
        assert after.snapshot() == filled.snapshot()


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=20), st.sampled_from(range(len(CHANGED))))
def test_a_value_that_moves_to_another_version_is_valid_there(deeds, change):
    """Whatever the version has changed: bounds, choices or conditions."""
    other = CHANGED[change]
    filled = FormSession.start(MIXED, now=NOON, language="", seed=1)
    for deed in deeds:
        do(filled, deed)
    session = replace(Scenario(MIXED).session, status=Status.ANSWERING, place="", filled=filled.snapshot())
    moved = move_session(way_between(MIXED, other), TERMS, session, now=NOON)
    after = FormSession.restore(other, moved.session.filled, now=NOON)
    assert not [ref for ref, reason in after.validate() if reason == "constraint"]
    for ref in moved.again:
        assert not after.value(ref)


def test_changed_words_move_everybody_as_they_are():
    """Whoever stands elsewhere is told nothing."""
    walk = half_way()
    moved = goes_over(walk, newer(("Anything else?", "Is there more?")))
    assert (moved.lost, moved.again, walk.session.renewal) == ((), (), None)
    assert walk.types("Because").turn.manner is Manner.ASK


def test_a_question_in_another_group_keeps_its_answer():
    """As long as each version has one of that name."""
    walk = half_way()
    group = (
        ("| | integer | cups", "| | begin_group | more | More | | | | | |\n| | integer | cups"),
        ("| | text | why", "| | end_group | | | | | | | |\n| | text | why"),
    )
    moved = goes_over(walk, newer(*group))
    assert moved.lost == ()
    assert value(walk, "/data/more/cups") == "60"
    assert value(walk, "/data/more/twice") == "120"


def test_rows_keep_their_order_and_their_answers():
    """By position."""
    walk = half_way().types("Because").types("Bea").presses("Yes, add").types("Cleo")
    goes_over(
        walk,
        newer(
            ("| | text | who | Who? ", "| | text | who | Who comes? "),
            ("| | end_repeat", "| | integer | age | Age? | | | | | |\n| | end_repeat"),
        ),
    )
    assert [value(walk, f"/data/guest[{n}]/who") for n in (1, 2)] == ["Bea", "Cleo"]


def test_a_calculation_that_reads_something_else_is_worked_out_anew():
    """One that does not stays: nobody rolls the dice again."""
    walk = half_way()
    die = value(walk, "/data/die")
    goes_over(walk, newer(("${cups} * 2", "${cups} * 3")))
    assert (value(walk, "/data/twice"), value(walk, "/data/die")) == ("180", die)


def test_a_hidden_answer_is_kept():
    """It is there again when its question is."""
    walk = half_way().types("Because").types("Bea").presses("No, go on").asks("last")
    walk.commands("back").commands("back").commands("back").commands("back").asks("cups").types("5")
    goes_over(walk, newer(("Anything else?", "More?")))
    assert value(walk, "/data/why") == ""
    filled = FormSession.restore(walk.form, walk.session.filled, now=NOON)
    filled.answer("/data/cups", "70")
    assert filled.value("/data/why") == "Because"


def test_a_default_that_nobody_has_seen_gives_way_to_a_new_one():
    """A question not reached yet is asked as the newer version asks it."""
    walk = half_way()
    goes_over(walk, newer(("| Anything else? | | | | | |", "| Anything else? | | | | | nothing |")))
    assert value(walk, "/data/last") == "nothing"


# ---------------------------------------------------------------- what does not


def test_a_choice_that_is_gone_is_asked_again():
    """The whole answer: half of it would not be what was said."""
    walk = half_way()
    moved = goes_over(walk, newer(("| | tea | black | Black |\n", "")))
    assert [(lost.ref, lost.reason) for lost in moved.lost] == [
        ("/data/tea", Reason.CHOICE),
        ("/data/teas", Reason.CHOICE),
    ]
    assert moved.again == ("/data/tea", "/data/teas")
    assert (value(walk, "/data/tea"), value(walk, "/data/teas")) == ("", "")
    assert walk.session.renewal == Renewal(again=2, named=(("/data/tea", "Black"), ("/data/teas", "Black, White")))
    assert prompt_for(walk.form, TERMS, walk.session, now=NOON).blocks[0].text == (
        "The questionnaire has been updated: 2 answers are to be given again."
        " This is asked again: “Tea?” (so far: Black); “Which teas?” (so far: Black, White)."
    )


def test_three_of_the_questions_asked_again_are_named_and_no_answer_that_is_masked():
    """A longer list would be read by nobody, and what was hidden while it was typed stays so."""
    sheet = SHEET.replace("| default |\n", "| default | appearance |\n", 1)
    fields = "".join(f"| | text | q{n} | Q{n}? | | . != 'x' | | | | {'masked' if n == 1 else ''} |\n" for n in range(5))
    old, new = (
        form(sheet.replace("| | text | name", fields + "| | text | name").replace("'x'", f"'{no}'")) for no in "xa"
    )
    walk = Scenario(old).takes_part()
    for _ in range(5):
        walk.types("a")
    goes_over(walk, new)
    assert (
        prompt_for(new, TERMS, walk.session, now=NOON)
        .blocks[0]
        .text.endswith("This is asked again: “Q0?” (so far: a); “Q1?”; “Q2?” (so far: a); and others.")
    )


def test_a_record_of_before_names_no_questions():
    """It is read all the same."""
    record = to_record(half_way().session) | {"renewal": [2, 0, True]}
    assert from_record(record).renewal == Renewal(again=2, asks_anew=True)


def test_an_answer_that_the_new_constraint_refuses_is_asked_again_and_so_is_what_hung_on_it():
    """The place is not asked any more, so the walk goes to the first open question."""
    walk = half_way()
    moved = goes_over(walk, newer((". < 100", ". < 50")))
    assert [lost.reason for lost in moved.lost] == [Reason.CONSTRAINT]
    assert walk.session.place == "/data/cups"
    assert value(walk, "/data/twice") in ("", "NaN")


def test_a_question_that_is_gone_takes_its_answer_with_it():
    """Nothing is asked again for it."""
    walk = half_way()
    moved = goes_over(walk, newer(("| | text | name | Name? | | | yes | | |\n", "")))
    assert [(lost.ref, lost.now, lost.reason) for lost in moved.lost] == [("/data/name", "", Reason.GONE)]
    assert moved.again == ()


def test_a_question_that_stands_in_a_repeat_now_cannot_keep_its_one_answer():
    """Nobody can say which row it is of."""
    walk = half_way()
    sheet = newer(
        ("| | text | name | Name? | | | yes | | |\n", ""),
        ("| | text | who | Who? ", "| | text | name | Name? | | | yes | | |\n| | text | who | Who? "),
    )
    moved = goes_over(walk, sheet)
    assert [lost.reason for lost in moved.lost] == [Reason.ROWS]


def test_a_name_with_another_type_is_a_conflict():
    """A repeat that became a group too."""
    other = newer(
        ("integer | cups", "text | cups"),
        ("select_one tea", "select_multiple tea"),
        ("begin_repeat", "begin_group"),
        ("end_repeat", "end_group"),
        (". < 100", ""),
    )
    assert [(c.name, c.before, c.after) for c in conflicts(OLD, other)] == [
        ("tea", "select_one", "select_multiple"),
        ("cups", "integer", "text"),
        ("guest", "repeat", "group"),
    ]
    assert conflicts(OLD, OLD) == []


# ---------------------------------------------------------------- what is said


def test_whoever_had_seen_everything_is_asked_what_is_new():
    """The summary waits until it is answered; one sentence says so, once."""
    walk = half_way().types("Because").types("Bea").presses("No, go on").presses("Skip").asks("~review")
    moved = goes_over(walk, newer(("| | text | last", "| | text | milk | Milk? | | | | | |\n| | text | last")))
    assert moved.returns
    assert walk.session.status is Status.ANSWERING
    assert "1 new question" in prompt_for(walk.form, TERMS, walk.session, now=NOON).blocks[0].text
    walk.types("a thing said to the summary")
    assert walk.notices() == ["The questionnaire has been updated: it has 1 new question."]
    assert walk.asks("milk").kept().get("milk") is None
    walk.types("Yes").asks("~review")
    assert walk.notices() == []


def test_an_answer_to_the_question_as_it_was_is_not_taken_for_one_as_it_is():
    """Neither a press nor a text; commands do what they always do."""
    walk = half_way()
    old = walk.said[-1].button("Skip").code
    goes_over(walk, newer(("Why so many?", "Why so few?")))
    pressed = take_turn(walk.form, TERMS, walk.session, Pressed(old), now=NOON)
    assert pressed.changes == ()
    assert pressed.prompt.place == "/data/why"
    assert pressed.prompt.blocks[0].text == "The questionnaire has been updated. This is how it goes on."
    for also in (Located(45.5, 9.2), Typed("Because", place="/data/why"), Sent("x.jpg", Media.IMAGE)):
        assert take_turn(walk.form, TERMS, walk.session, also, now=NOON).changes == ()
    typed = take_turn(walk.form, TERMS, walk.session, Typed("Because"), now=NOON)
    assert (typed.changes, typed.manner) == ((), Manner.ASK)
    again = take_turn(walk.form, TERMS, typed.session, Typed("Because"), now=NOON)
    assert again.changes
    assert walk.commands("back").asks("cups").says("has been updated")


def test_nobody_takes_part_under_a_notice_that_was_changed():
    """Who had been asked before reads the new one first; then the same button counts."""
    with_notice = newer(
        (
            "| | text | name | Name?",
            "| | note | notice | Your answers are kept for a year. | | | | | |\n| | text | name | Name?",
        )
    )
    walk = Scenario(OLD)
    goes_over(walk, with_notice)
    assert walk.takes_part().session.status is Status.NOTIFIED
    walk.says("has been updated").says("kept for a year")
    assert walk.takes_part().session.status is Status.ANSWERING


def test_a_language_that_is_gone_gives_way_to_the_default():
    """Everything is said in it from then on."""
    session = replace(Scenario(MIXED, language="en").session)
    italian = form(MIXED_SHEET.replace("label::English (en)", "label::Français (fr)"))
    moved = move_session(way_between(MIXED, italian), TERMS, session, now=NOON)
    assert moved.session.language == italian.default_language
    assert moved.session.filled["language"] == italian.default_language


@pytest.mark.parametrize("words", [("stop", Status.STOPPED)])
def test_whoever_has_stopped_stays_so_and_hears_it_on_coming_back(words):
    """Nothing is written to him."""
    walk = half_way().commands(words[0])
    goes_over(walk, newer(("| | text | last", "| | text | milk | Milk? | | | yes | | |\n| | text | last")))
    assert walk.session.status is words[1]
    walk.presses(walk.actions()[0])
    assert walk.session.status is Status.ANSWERING
    assert len(walk.notices()) == 1


def test_the_report_counts_sessions_by_question():
    """And never says whose."""
    way = way_between(
        OLD, newer(("| | tea | black | Black |\n", ""), ("| | text | name | Name? | | | yes | | |\n", ""))
    )
    report = MigrationReport()
    for walk in (half_way(), Scenario(OLD)):
        report.add(move_session(way, TERMS, walk.session, now=NOON))
    assert (report.sessions, report.whole, report.told) == (2, 1, 1)
    assert report.again == {"/data/tea": 1, "/data/teas": 1}
    assert report.choices == {"/data/tea": 1, "/data/teas": 1}
    assert report.dropped == {"/data/name": 1}
