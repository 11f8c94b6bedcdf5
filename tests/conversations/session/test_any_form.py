"""Whatever the questionnaire and whatever is done: nothing raises, and what is stored is the whole of the session."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.forms import load_form
from conversations.session import FormSession, PositionKind
from tests.conversations.session.grown_forms import grown_forms
from tests.walks import NOON

ANSWERS = st.sampled_from(["", "a", "b a", "0", "1", "2", "-3.5", "2026-03-10", "10:30:00", "45 9", "x y"])
DEEDS = st.lists(
    st.tuples(st.sampled_from(["answer", "answer", "add", "remove", "speak"]), st.integers(0, 9), ANSWERS), max_size=8
)


def do(session, deed):
    """One thing that a respondent may do, wherever it is possible."""
    what, number, value = deed
    places = session.positions()
    asked = [place.ref for place in places if place.kind is not PositionKind.REPEAT]
    rows = [place for place in places if place.kind is PositionKind.REPEAT]
    match what:
        case "answer" if asked:
            session.answer(asked[number % len(asked)], value)
        case "add" if rows:
            session.add_repeat(rows[number % len(rows)].ref)
        case "remove" if rows and rows[number % len(rows)].count:
            session.remove_repeat(f"{rows[number % len(rows)].ref}[1]")
        case "speak":
            session.set_language(("it", "en")[number % 2])


def shown(session):
    """All there is to see."""
    places = session.positions()
    labels = [(place, session.label(place.ref)) for place in places]
    offers = [session.choices(place.ref) for place in places if place.kind is PositionKind.QUESTION]
    return labels, offers, session.validate(), session.submission_values(), session.submission()


def stored(session):
    return json.loads(json.dumps(session.snapshot()))


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(grown_forms(), DEEDS)
def test_a_session_that_is_stored_at_every_step_goes_the_way_of_one_that_is_not(xform, deeds):
    """Side by side to the end: the same places, texts, refusals and snapshots."""
    form = load_form(xform)
    whole, kept = (FormSession.start(form, now=NOON, language="it", seed=3) for _ in range(2))
    for deed in deeds:
        do(whole, deed)
        do(kept, deed)
        assert stored(kept) == stored(whole)
        kept = FormSession.restore(form, stored(kept), now=NOON)
    assert shown(kept) == shown(whole)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(grown_forms(), DEEDS)
def test_after_a_step_back_the_same_answer_leads_to_the_same_session(xform, deeds):
    """Back is the snapshot from before; nothing else is needed to come forward again."""
    form = load_form(xform)
    session = FormSession.start(form, now=NOON, language="it", seed=3)
    for deed in deeds:
        before = stored(session)
        do(session, deed)
        again = FormSession.restore(form, before, now=NOON)
        do(again, deed)
        assert stored(again) == stored(session)
