"""Whatever is done to a session, it never raises, and its stored copy is as good as itself."""

import json

from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.session import FormSession, PositionKind
from tests.sheets import form
from tests.walks import NOON

SHEET = """
| survey  |
|         | type              | name  | label::Italiano (it) | label::English (en) | relevant        | constraint | required | choice_filter | calculation | repeat_count | parameters |
|         | select_one zones  | zone  | Zona?     | Zone?     |                 |            | yes |                |                                |      |                |
|         | select_one towns  | town  | Comune?   | Town?     | ${zone} != ''   |            |     | zone = ${zone} |                                |      |                |
|         | calculate         | said  |           |           |                 |            |     |                | jr:choice-name(${town}, '${town}') |  |                |
|         | integer           | n     | Quanti?   | How many? |                 | . < 4      |     |                |                                |      |                |
|         | integer           | twice | Doppio?   | Twice?    |                 |            |     |                | ${n} * 2                       |      |                |
|         | begin repeat      | fixed | Riga      | Row       | ${zone} != 's'  |            |     |                |                                | ${n} |                |
|         | rank towns        | order | Ordine?   | Order?    |                 |            |     | zone = ${zone} |                                |      | randomize=true |
|         | end repeat        |       |           |           |                 |            |     |                |                                |      |                |
|         | begin repeat      | open  | Altra     | Other     | ${n} != 1       |            |     |                |                                |      |                |
|         | text              | what  | Che cosa? | What?     |                 | string-length(.) < 9 | yes |      |                                |      |                |
|         | calculate         | all   |           |           |                 |            |     |                | join(' ', /data/open/what)     |      |                |
|         | end repeat        |       |           |           |                 |            |     |                |                                |      |                |
| choices |
|         | list_name | name | label::Italiano (it) | label::English (en) | zone |
|         | zones     | n    | Nord                 | North               |      |
|         | zones     | s    | Sud                  | South               |      |
|         | towns     | a    | Alba                 | Dawn                | n    |
|         | towns     | b    | Bosco                | Wood                | n    |
|         | towns     | c    | Costa                | Coast               | s    |
"""
MIXED = form(SHEET)

ANSWERS = st.sampled_from(
    ["", "n", "s", "a", "b", "a b", "b a", "c", "1", "2", "3", "9", "-1", "2.5", "x", "è\n\x00 <&"]
)
DEEDS = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 30), ANSWERS),
    st.tuples(st.sampled_from(["add", "remove", "speak"]), st.integers(0, 5), st.just("")),
)


def do(session, deed):
    """One thing that a respondent may do at a place there is."""
    what, number, value = deed
    places = session.positions()
    asked = [place for place in places if place.kind is PositionKind.QUESTION]
    rows = [place for place in places if place.kind is PositionKind.REPEAT]
    match what:
        case "answer":
            session.answer(asked[number % len(asked)].ref, value)
        case "add" if rows:
            session.add_repeat(rows[number % len(rows)].ref)
        case "remove" if rows and rows[0].count:
            session.remove_repeat(f"{rows[0].ref}[{rows[0].count}]")
        case "speak":
            session.set_language(["Italiano (it)", "English (en)", "?"][number % 3])


def seen(session):
    """All that a respondent could be shown, and all that would be handed in."""
    shown = [
        (place.kind, place.ref, place.groups, place.count, session.label(place.ref), session.choices(place.ref))
        if place.kind is not PositionKind.REPEAT
        else (place.kind, place.ref, place.count, session.label(place.ref))
        for place in session.positions()
    ]
    ElementTree.fromstring(session.submission())
    return shown, session.validate(), session.submission_values(), session.submission(), session.language


@settings(max_examples=150, deadline=None)
@given(st.lists(DEEDS, max_size=25), st.integers(0, 3))
def test_any_sequence_of_deeds_goes_on_from_the_stored_copy(deeds, seed):
    """At every step the session and the one restored from its snapshot show and hand in the same."""
    session = FormSession.start(MIXED, now=NOON, language="", seed=seed)
    for deed in deeds:
        do(session, deed)
        stored = json.loads(json.dumps(session.snapshot()))
        restored = FormSession.restore(MIXED, stored, now=NOON)
        assert seen(restored) == seen(session)
        assert restored.snapshot() == session.snapshot()
        session = restored


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=15))
def test_the_same_deeds_lead_to_the_same_place(deeds):
    """Restarting between two deeds changes nothing of what follows."""
    through = FormSession.start(MIXED, now=NOON, language="", seed=1)
    stored = FormSession.start(MIXED, now=NOON, language="", seed=1)
    for deed in deeds:
        do(through, deed)
        stored = FormSession.restore(MIXED, json.loads(json.dumps(stored.snapshot())), now=NOON)
        do(stored, deed)
    assert seen(through) == seen(stored)
