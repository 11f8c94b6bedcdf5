"""A publication is read back from its file as it was written."""

import json
from copy import deepcopy
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin_scripts.audit import audit_all
from admin_scripts.plausible import MOST_BYTES
from admin_scripts.publication import Publication
from admin_scripts.published_file import publication_in, read_published, text_of, write_publication
from admin_scripts.refusal import Refused
from tests.admin_scripts.publications import a_publication


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.from_type(Publication))
def test_what_is_written_is_read(publication):
    """Every field of every kind of part, with nothing in it and with anything."""
    read = publication_in(text_of(publication))
    assert type(read.field) is type(publication.field)
    assert text_of(read) == text_of(publication)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"colloquio": "publication", "format": 1}', "nonsense"])
def test_what_is_no_publication_is_refused_in_words(text, tmp_path):
    """A file that was cut off or is something else is not taken for an empty one."""
    (tmp_path / "x.published.json").write_text(text)
    with pytest.raises(Refused, match=r"x\.published\.json cannot be read"):
        read_published(tmp_path)


def test_all_of_a_folder_are_found(tmp_path):
    """Also those in folders of the folder, in the order of their names."""
    (tmp_path / "inner").mkdir(exist_ok=True)
    paths = [tmp_path / "b.published.json", tmp_path / "inner" / "a.published.json"]
    for path in paths:
        write_publication(a_publication(), path)
    assert list(read_published(tmp_path)) == paths


NONSENSE = (
    None,
    True,
    -3,
    10**30,
    float("nan"),
    float("inf"),
    900,
    "",
    "x",
    "0-99999999999",
    [],
    {},
    [None],
    ["\x1b[31m"],
)


def places(told):
    """Every place of a document, as what holds it and the key in it."""
    keys = told if isinstance(told, dict) else range(len(told)) if isinstance(told, list) else ()
    for key in keys:
        yield told, key
        yield from places(told[key])


def said_of(folder):
    """What the audit finds, or why it does not read it."""
    try:
        return audit_all(read_published(folder))
    except Refused as refused:
        return str(refused)


def test_whatever_is_changed_in_a_file_is_found_or_refused(tmp_path):
    """Nonsense in one place: findings, none, or a sentence that names the file and says what to do."""
    whole, random, path = json.loads(text_of(a_publication())), Random(18), tmp_path / "x.published.json"
    small = {**whole, "tables": whole["tables"][:3], "questionnaire": whole["questionnaire"][:2]}
    refused = 0
    for _ in range(150):
        told = deepcopy(small)
        holder, key = random.choice(list(places(told)))
        holder[key] = random.choice(NONSENSE)
        path.write_text(json.dumps(told))
        said = said_of(tmp_path)
        refused += isinstance(said, str)
        if isinstance(said, str):
            assert str(path) in said
            assert "Write it anew" in said
            assert said.isprintable()
    assert refused > 75


@pytest.mark.parametrize("change", [{"count": -1}, {"count": 70}, {"percent": 900}, {"percent": float("nan")}])
def test_what_nobody_can_have_counted_is_refused(tmp_path, change):
    """Less than nobody, more than there are, nine of one."""
    told = json.loads(text_of(a_publication()))
    told["tables"][0]["panels"][0]["lines"][0]["share"].update(change)
    (tmp_path / "x.published.json").write_text(json.dumps(told))
    with pytest.raises(Refused, match="cannot be"):
        read_published(tmp_path)


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 0.0, -1.0])
def test_weights_that_cannot_be_are_refused(tmp_path, number):
    """A ratio of nothing, or without end."""
    told = json.loads(text_of(a_publication()))
    told["weighting"]["ratio"] = number
    (tmp_path / "x.published.json").write_text(json.dumps(told))
    with pytest.raises(Refused, match="cannot be"):
        read_published(tmp_path)


def test_what_is_too_large_or_too_deep_is_refused(tmp_path):
    """Before it takes the time and memory: bytes, groups, brackets."""
    path, told = tmp_path / "x.published.json", json.loads(text_of(a_publication()))
    panel = told["tables"][0]["panels"][0]
    told["tables"][0]["panels"] = [{**panel, "group": {"codes": [f"g{one}"], "labels": {}}} for one in range(3000)]
    for text in ("[" * 200_000, " " * (MOST_BYTES + 1), json.dumps(told)):
        path.write_text(text)
        with pytest.raises(Refused, match=r"x\.published\.json cannot be read"):
            read_published(tmp_path)
