"""Ticking several choices: what the author's constraint forbids is seen while tapping, not only at the end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.protocol import Manner
from tests.scenario import Scenario
from tests.sheets import form

TEAS = ("Nero", "Verde", "Bianco", "Rosso", "Nessuno")
NONE = "selected(., 'nessuno')"
NONE_ALONE = f"not({NONE} and count-selected(.) > 1)"


RANKED = form("""
| survey |
| | type | name | label |
| | rank teas | teas | Quali preferisce? |
| | text | why | Perché? |
| choices |
| | list_name | name | label |
| | teas | nero | Nero |
| | teas | verde | Verde |
| | teas | rosso | Rosso |
""")


def teas(constraint, message="Al massimo due"):
    """Somebody who is asked which teas they drink, under this constraint."""
    choices = "\n".join(f"| | teas | {name.lower()} | {name} |" for name in TEAS)
    asked = form(f"""
| survey |
| | type | name | label | required | constraint | constraint_message |
| | select_multiple teas | tea | Quali tè? | yes | {constraint} | {message} |
| | text | why | Perché? | | | |
| choices |
| | list_name | name | label |
{choices}
""")
    return Scenario(asked, language="it").takes_part()


def ticked(walk):
    return {choice.label for choice in walk.prompt.choices if choice.chosen}


def test_who_stands_alone_makes_the_others_go():
    """Said in passing, and changed in place."""
    walk = teas(NONE_ALONE).presses("Nero", "Verde")
    assert walk.turn.toast == ""
    walk.presses("Nessuno")
    assert ticked(walk) == {"Nessuno"}
    assert (walk.turn.manner, walk.turn.toast) == (Manner.REFRESH, "Ora è scelta solo la risposta «Nessuno».")


def test_whoever_comes_after_makes_the_one_that_stands_alone_go():
    """Changing one's mind takes one tap."""
    walk = teas(NONE_ALONE).presses("Nessuno", "Bianco")
    assert ticked(walk) == {"Bianco"}
    assert walk.presses("Fatto").kept() == {"tea": "bianco"}


def test_one_too_many_is_not_ticked():
    """The author's words say why; the message stays as it is."""
    walk = teas("count-selected(.) <= 2").presses("Nero", "Verde", "Bianco")
    assert ticked(walk) == {"Nero", "Verde"}
    assert (walk.turn.manner, walk.turn.toast) == (Manner.QUIET, "Al massimo due")
    assert ticked(walk.presses("Nero", "Bianco")) == {"Verde", "Bianco"}


def test_what_is_typed_after_a_tick_comes_to_it():
    """Nothing that was ticked is lost by it; who names it with another one says the whole answer."""
    walk = teas("count-selected(.) <= 2").presses("Nero").types("verde").asks("tea")
    assert ticked(walk) == {"Nero", "Verde"}
    assert ticked(walk.types("bianco").says("Al massimo due")) == {"Nero", "Verde"}
    assert walk.types("verde, bianco").asks("why").kept() == {"tea": "verde bianco"}


def test_what_is_typed_on_coming_back_is_the_whole_answer():
    """What is ticked then is only the answer of before."""
    walk = teas("count-selected(.) <= 2").types("nero").asks("why").presses("Indietro").types("verde").asks("why")
    assert walk.kept() == {"tea": "verde"}


def test_a_ranking_can_be_typed_piece_by_piece():
    """As it can be pressed; all of it at once is an answer."""
    walk = Scenario(RANKED, language="it").takes_part().types("2").asks("teas").types("Nero").asks("teas")
    assert [(choice.label, choice.rank) for choice in walk.prompt.choices] == [("Nero", 2), ("Verde", 1), ("Rosso", 0)]
    walk.types("3").presses("Fatto").asks("why")
    assert walk.kept() == {"teas": "verde nero rosso"}
    assert walk.presses("Indietro").types("1 2 3").asks("why").kept() == {"teas": "nero verde rosso"}


def test_one_of_which_only_one_may_be_chosen_replaces_the_other():
    """As round buttons do."""
    assert ticked(teas("count-selected(.) = 1").presses("Nero", "Verde")) == {"Verde"}


@pytest.mark.parametrize("constraint", ["count-selected(.) >= 3", "count-selected(.) = 4", "selected(., 'rosso')"])
def test_what_is_too_few_yet_can_be_ticked(constraint):
    """A constraint that only holds when more is chosen stops nobody on the way there."""
    walk = teas(constraint).presses("Nero", "Verde", "Bianco", "Rosso", "Fatto")
    assert walk.kept() == {"tea": "nero verde bianco rosso"}


def test_two_that_need_each_other_can_be_ticked_one_after_the_other():
    """Though the first of them alone is no answer."""
    walk = teas("selected(., 'nero') = selected(., 'verde')").presses("Bianco", "Nero", "Verde", "Fatto")
    assert walk.kept() == {"tea": "nero verde bianco"}


def test_two_that_exclude_each_other_are_not_ticked_together():
    """Said in the author's words, as soon as it happens."""
    walk = teas("not(selected(., 'nero') and selected(., 'verde'))", "Nero o verde").presses("Bianco", "Nero", "Verde")
    assert (ticked(walk), walk.turn.toast) == ({"Bianco", "Nero"}, "Nero o verde")


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(0, 4), st.lists(st.sampled_from(TEAS), max_size=12))
def test_what_taps_have_made_is_taken_or_needs_more(most, least, taps):
    """Whatever is tapped: never more than the author lets, and «Fatto» refuses only what is too few."""
    least = min(least, most)
    walk = teas(f"count-selected(.) <= {most} and (count-selected(.) >= {least} or {NONE}) and {NONE_ALONE}")
    for label in taps:
        walk.presses(label)
        assert len(ticked(walk)) <= most
    chosen = ticked(walk)
    assert chosen == {"Nessuno"} or "Nessuno" not in chosen
    if chosen and (len(chosen) >= least or "Nessuno" in chosen):
        assert set(walk.presses("Fatto").kept()["tea"].split()) == {label.lower() for label in chosen}


def test_what_is_ticked_and_typed_again_stays_with_the_rest():
    """Whoever does not see the tick, on another page of a long list, loses nothing by typing it once more."""
    walk = teas("count-selected(.) <= 2").presses("Nero").types("verde").types("verde").asks("tea")
    assert ticked(walk) == {"Nero", "Verde"}
    assert walk.presses("Fatto").kept() == {"tea": "nero verde"}
