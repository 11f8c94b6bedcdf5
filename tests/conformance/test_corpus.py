"""What ODK's own engines were recorded to say, expression by expression and step by step."""

import json
from pathlib import Path

import pytest

from tests.conformance import known, replay

HERE = Path(__file__).parent


def cases(name):
    with (HERE / name).open(encoding="utf-8") as lines:
        return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines)]


EXPRESSIONS = cases("xpath.jsonl")
SCENARIOS = cases("scenarios.jsonl")


@pytest.mark.parametrize("case", EXPRESSIONS)
def test_an_expression_says_what_it_says_in_odk(case):
    """But for those listed in known.py, which must go on to differ, or be taken off the list."""
    said_instead = replay.expression(case)
    assert bool(said_instead) == (case["id"] in known.EXPRESSIONS), said_instead


@pytest.mark.parametrize("case", SCENARIOS)
def test_a_questionnaire_goes_as_it_goes_in_odk(case):
    """Values, relevance, choices, labels, refusals and the submission after each step."""
    _, missed = known.SCENARIOS.get(case["id"], ("", []))
    assert replay.scenario(case) == missed


@pytest.mark.parametrize("case", SCENARIOS[::3])
def test_it_goes_the_same_way_when_the_session_is_stored_at_every_step(case):
    """A snapshot after each step, and another session restored from it for the next."""
    _, missed = known.SCENARIOS.get(case["id"], ("", []))
    assert replay.scenario(case, kept=True) == missed


def test_every_known_difference_is_among_the_cases():
    """So that each of them is seen to be there."""
    listed = known.EXPRESSIONS.keys() | known.SCENARIOS.keys()
    assert listed <= {parameter.id for parameter in EXPRESSIONS + SCENARIOS}


def test_every_case_names_its_source_and_licence():
    """The data are of others, who allow it under their terms."""
    sources = [source for parameter in EXPRESSIONS for source in parameter.values[0]["source"]]
    sources += [parameter.values[0]["source"] for parameter in SCENARIOS]
    assert all(source["repo"] and source["commit"] and source["file"] for source in sources)
    assert {source["licence"] for source in sources} <= {"Apache-2.0", "BSD-2-Clause"}
