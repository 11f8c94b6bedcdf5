"""The two questionnaires on the Zone omogenee behave as they do in ODK Collect."""

from functools import cache
from pathlib import Path

import pytest

from conversations.forms import load_form
from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform
from conversations.session import PositionKind
from tests.walks import Walk

EXAMPLES = Path(__file__).parents[3] / "examples"
TAKES_PART = {"partecipo": "si"}


@cache
def questionnaire(name):
    compiled = read_xlsform((EXAMPLES / name).read_bytes())
    assert {problem.severity for problem in check_form(compiled)} <= {"advice"}
    return load_form(compiled.xform)


@pytest.fixture
def manager():
    return Walk(questionnaire("zone_omogenee_po.xlsx"))


@pytest.fixture
def mayor():
    return Walk(questionnaire("zone_omogenee_sindaci.xlsx"))


def test_an_area_offers_its_directorates(manager):
    """choice_filter: those of the area, and the one that is in every area."""
    manager.answer(**TAKES_PART, area="ambiente")
    assert manager.offers("direzione") == ["acque", "rifiuti", "aria", "parchi", "nd"]


def test_who_does_not_take_part_only_reads_the_farewell(manager):
    """Every section is relevant only to those who take part."""
    manager.answer(partecipo="no")
    assert manager.asks() == ["benvenuto", "informativa", "partecipo", "rifiuto"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("monitoraggio", "report nessuno"),
        ("incontri_con", "sindaco nessuno"),
        ("azioni", "4"),
        ("incontri_numero", "400"),
        ("bp_numero", "7"),
        ("bp_link[1]", "ftp://x"),
    ],
)
def test_what_the_constraints_forbid_is_refused(manager, question, answer):
    """The refusal carries the author's message in the language of the session; the value stays as it was."""
    manager.answer(**TAKES_PART, supporto_comuni="parte", incontri_con="sindaco", bp_conosce="si", bp_numero="1")
    if answer == "4":
        answer = " ".join(manager.offers(question)[:4])
    before = manager.value(question)
    refused = manager.refused(question, answer)
    assert refused is not None
    assert refused.reason == "constraint"
    assert refused.message == manager.session.constraint_message(manager.ref(question)) != ""
    assert manager.value(question) == before


def test_the_second_obstacle_is_another_one(manager):
    """A top three by three filtered questions: what was chosen is no longer offered, the end is."""
    manager.answer(**TAKES_PART, ostacolo_1="norme")
    second = manager.offers("ostacolo_2")
    assert not {"norme", "nessuno"} & set(second)
    assert "fine" in second


def test_the_end_of_the_obstacles_ends_them(manager):
    """After "nothing else" there is no third question."""
    manager.answer(**TAKES_PART, ostacolo_1="norme", ostacolo_2="fine")
    assert "ostacolo_3" not in manager.asks()


def test_an_obstacle_that_is_taken_first_is_lost_as_the_second(manager):
    """An answer that is no longer offered is dropped and its question is open again."""
    manager.answer(**TAKES_PART, ostacolo_1="norme", ostacolo_2="altro").answer(ostacolo_1="altro")
    assert manager.value("ostacolo_2") == ""


def test_the_index_of_approval_leaves_missing_values_out_and_turns_the_reversed_item(manager):
    """Code 9 is missing; op_burocrazia is worded in reverse."""
    names = [name for name in manager.asks() if name.startswith("op_")]
    assert names == []
    manager.answer(**TAKES_PART)
    names = [name for name in manager.asks() if name.startswith("op_")]
    manager.answer(**dict(zip(names, "549342", strict=True)))
    assert manager.value("op_valide") == "5"
    assert manager.value("indice_favore") == "4"


def test_as_many_practices_are_asked_as_there_are(manager):
    """repeat_count: rows are made and there is no question whether to add one."""
    manager.answer(**TAKES_PART, bp_conosce="si", bp_numero="2")
    assert manager.session.repeat_count("/data/sez_pratiche/buona_pratica") == 2
    assert not [position for position in manager.session.positions() if position.kind is PositionKind.REPEAT]


@pytest.mark.parametrize(("zone", "count"), [("nord_milano", 6), ("sud_est", 15)])
def test_the_zone_of_a_practice_offers_its_municipalities(manager, zone, count):
    """choice_filter inside a repeat looks at its own row."""
    manager.answer(**TAKES_PART, bp_conosce="si", bp_numero="2").answer(**{"bp_zona[2]": zone})
    assert len(manager.offers("bp_comune[2]")) == count
    assert manager.offers("bp_comune[1]") == []


def test_the_municipality_tells_its_size(mayor):
    """A lookup in the list of choices: instance('comuni')/root/item[...]/classe."""
    mayor.answer(**TAKES_PART, zona="sud_ovest", comune="rozzano")
    assert len(mayor.offers("comune")) == 16
    assert mayor.value("classe_dim") == "oltre_30000"


def test_agreements_are_added_one_by_one(mayor):
    """An open repeat: first one row, then the question whether to add another."""
    mayor.answer(**TAKES_PART, accordi_attivi="si")
    repeats = [position for position in mayor.session.positions() if position.kind is PositionKind.REPEAT]
    assert [(position.ref, position.count) for position in repeats] == [("/data/sez_accordi/accordo_attivo", 1)]
    mayor.session.add_repeat(repeats[0].ref)
    assert mayor.reload().session.repeat_count(repeats[0].ref) == 2


def test_priorities_are_shuffled_once(mayor):
    """randomize=true: the same order for one respondent at every look, another for the next."""
    orders = {tuple(Walk(mayor.form, seed=seed).reload().answer(**TAKES_PART).offers("priorita")) for seed in range(9)}
    assert len(orders) > 1
    assert mayor.answer(**TAKES_PART).offers("priorita") == mayor.reload().offers("priorita")


@pytest.mark.parametrize("language", ["Italiano (it)", "English (en)"])
def test_everything_is_said_in_both_languages(manager, language):
    """Every place has a label in the language of the session."""
    manager.answer(**TAKES_PART, supporto_comuni="parte", incontri_con="sindaco", bp_conosce="si", bp_numero="1")
    manager.session.set_language(language)
    assert manager.reload().session.language == language
    labels = [manager.session.label(position.ref) for position in manager.session.positions()]
    assert all(labels)
    assert any("?" in label for label in labels)


def test_sections_are_named_around_their_questions(manager):
    """A position knows the labelled groups and rows around it, outermost first."""
    manager.answer(**TAKES_PART, bp_conosce="si", bp_numero="2")
    place = next(position for position in manager.session.positions() if position.ref.endswith("[2]/bp_titolo"))
    assert place.groups == ("/data/sez_pratiche", "/data/sez_pratiche/buona_pratica[2]")
    assert all(manager.session.label(ref) for ref in place.groups)


def test_only_what_is_relevant_is_handed_in(manager):
    """Notes and the identity of the instance are no answers; calculations are."""
    manager.answer(partecipo="no")
    assert manager.session.submission_values() == [
        ("/data/partecipo", "no"),
        ("/data/op_valide", "0"),
        ("/data/indice_favore", ""),
    ]
