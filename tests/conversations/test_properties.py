"""What must hold for whatever anybody says, presses, edits or commands, in any order."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.protocol import (
    AnswerKept,
    Chosen,
    Command,
    Commanded,
    Edited,
    Located,
    Manner,
    Media,
    Misplaced,
    NotReceived,
    Pressed,
    Sent,
    Status,
    Submitted,
    Trouble,
    Typed,
    Unreadable,
)
from conversations.session import FormSession
from conversations.session.record import from_record, to_record
from conversations.turn import history, prompt_for, settled_for, take_turn
from conversations.walk import Walk
from tests.conversations.test_asking import EVERYTHING
from tests.conversations.test_going_back import TEA
from tests.conversations.test_places_and_files import EXCURSION
from tests.conversations.test_rows import COUNTED, OPEN
from tests.scenario import NOON, TERMS, Scenario

FORMS = [EVERYTHING, TEA, OPEN, COUNTED, EXCURSION]
TEXTS = st.one_of(
    st.sampled_from(["Ada", "1", "2", "40", "3,5", "10/3/2026", "Verde", "yes", "2 1 3", "45, 9", "1 2; 3 4", ""]),
    st.text(max_size=30),
)
ACTS = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 11)),
    st.tuples(st.just("old"), st.integers(0, 200)),
    st.tuples(st.just("type"), TEXTS),
    st.tuples(st.just("edit"), TEXTS),
    st.tuples(st.just("command"), st.sampled_from(list(Command))),
    st.tuples(st.just("tick"), st.lists(st.sampled_from(["black", "green", "white", "nobody"]), max_size=3)),
    st.tuples(st.just("send"), st.sampled_from(["sticker", "dice", "photo"])),
    st.tuples(st.just("share"), st.tuples(st.floats(), st.floats(), st.floats()) | st.just((45.46, 9.19, 5.0))),
    st.tuples(st.just("upload"), st.sampled_from(list(Media))),
    st.tuples(st.just("lose"), st.sampled_from(list(Trouble))),
    st.tuples(st.just("misplace"), st.sampled_from(["", "/data/name", "~review"])),
)


def buttons_of(prompt):
    return [*prompt.choices, *(entry.button for entry in prompt.entries), *prompt.actions]


def heard_of(walk, act, argument, number):
    if act in ("press", "old"):
        shown = (
            buttons_of(walk.prompt) if act == "press" else [b for said in walk.said for b in buttons_of(said.prompt)]
        )
        return Pressed(shown[argument % len(shown)].code if shown else "x")
    return {
        "type": lambda: Typed(argument, f"m{number}"),
        "edit": lambda: Edited(argument, f"m{number - 2}"),
        "command": lambda: Commanded(argument),
        "tick": lambda: Chosen(tuple(argument), walk.prompt.place),
        "send": lambda: Unreadable(argument),
        "share": lambda: Located(*argument),
        "upload": lambda: Sent(f"{number:032x}.bin", argument, of_several=number % 2 == 0),
        "lose": lambda: NotReceived(argument),
        "misplace": lambda: Misplaced(argument, f"m{number}"),
    }[act]()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.lists(ACTS, max_size=40))
def test_no_sequence_of_things_heard_ever_raises_or_breaks_a_promise(form, acts):
    """The session stays storable, the prompt derivable, the revision honest, the response complete and sent once."""
    walk = Scenario(form).takes_part()
    for number, (act, argument) in enumerate(acts):
        before = walk.session
        walk.hears(heard_of(walk, act, argument, number))
        check_revision(before, walk.session)
        check_prompt(walk)
        check_progress(walk)
        check_answers(walk)
    assert sum(isinstance(change, Submitted) for change in walk.changes) == (walk.session.status is Status.SUBMITTED)


def check_revision(before, after):
    """One revision on exactly when something changed."""
    changed = replace(before, revision=0) != replace(after, revision=0)
    assert after.revision == before.revision + changed


def check_prompt(walk):
    """The prompt can be said again from the stored copy alone, and fits the channels."""
    derived = walk.derived
    assert derived.place == walk.session.place
    assert derived.blocks
    assert all(len(b.code) <= 64 and b.label for b in buttons_of(derived))
    assert len(buttons_of(derived)) <= 60
    assert walk.turn.manner is Manner.QUIET or walk.prompt.blocks
    history(walk.form, TERMS, walk.session, now=NOON)
    settled_for(walk.form, TERMS, walk.session, walk.session.place, now=NOON) if walk.session.filled else ()


def check_progress(walk):
    """How far the session says it is, is how far it is; when it was handed in, as far as it was then."""
    done, asked = walk.session.progress
    assert 0 <= done <= asked
    if walk.session.filled:
        assert (done, asked) == Walk(walk.form, TERMS, walk.session, NOON).progress()


def check_answers(walk):
    """The response names every place once."""
    for change in walk.turn.changes:
        if isinstance(change, Submitted):
            assert len({path for path, _ in change.answers}) == len(change.answers)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FORMS), st.lists(ACTS, max_size=25))
def test_hearing_the_same_from_the_stored_copy_gives_the_same(form, acts):
    """Nothing of a conversation lives only in memory."""
    walk = Scenario(form).takes_part()
    for number, (act, argument) in enumerate(acts):
        heard = heard_of(walk, act, argument, number)
        copy = from_record(json.loads(json.dumps(to_record(walk.session))))
        again = take_turn(form, TERMS, copy, heard, now=NOON)
        walk.hears(heard)
        assert again == walk.turn


def test_back_then_the_same_answer_gives_the_same_session():
    """Nothing accumulates."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes", "Green", "Glass").types("why")
    before = walk.session
    walk.commands("back").types("why")
    assert replace(walk.session, revision=0) == replace(before, revision=0)


def test_the_prompt_is_the_same_in_both_ways_of_asking():
    """`take_turn` and `prompt_for` say the same but for the notices."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes")
    assert walk.prompt == prompt_for(TEA, TERMS, walk.session, now=NOON)


def test_answers_kept_are_what_the_engine_holds():
    """The row that anyone can query is the value that the questionnaire sees."""
    walk = Scenario(EVERYTHING, language="it").takes_part().types("  Ada ").types("40")
    filled = FormSession.restore(EVERYTHING, walk.session.filled, now=NOON)
    kept = [change for change in walk.changes if isinstance(change, AnswerKept)]
    assert {change.path: change.value for change in kept} == {c.path: filled.value(c.path) for c in kept}
    assert len(kept) == 2
