"""colloquio coordinators: naming people who follow surveys in the chat."""

import re

import pytest

from admin_scripts.__main__ import main
from tests.admin_scripts.test_commands import FORM, said


@pytest.fixture
def survey(configured, capsys):
    """A planned survey."""
    assert main(["survey", "create", "zone", FORM]) == 0
    said(capsys)
    return configured


def test_without_a_bot_there_is_no_link(survey, capsys):
    """It says what to do first."""
    assert survey
    assert main(["coordinators", "add", "Anna Rossi", "--survey", "zone"]) == 1
    assert "COLLOQUIO_TELEGRAM_TOKEN" in said(capsys)


def test_a_coordinator_is_named_listed_and_removed(survey, monkeypatch, capsys):
    """The link is shown once; said again, there is another one, and the first is void."""
    assert survey
    monkeypatch.setenv("COLLOQUIO_TELEGRAM_BOT_NAME", "@colloquio_bot")
    links = []
    for _ in range(2):
        assert main(["coordinators", "add", "Anna Rossi", "--survey", "zone"]) == 0
        links += re.findall(r"https://t\.me/colloquio_bot\?start=coord-[\w-]{32}", said(capsys))
    assert len(set(links)) == 2
    assert main(["coordinators", "list"]) == 0
    listed = said(capsys)
    assert "Anna Rossi" in listed
    assert "none yet: the link is valid until" in listed
    assert links[1].rpartition("=")[2] not in listed
    assert main(["coordinators", "remove", "Anna Rossi"]) == 0
    assert "does not coordinate any more" in said(capsys)
    assert main(["coordinators", "list"]) == 0
    assert "Nobody coordinates" in said(capsys)
    assert main(["coordinators", "remove", "Anna Rossi"]) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Anna Rossi", "--survey", "nowhere"], "nowhere"),
        (["   ", "--survey", "zone"], "needs a name"),
    ],
)
def test_what_cannot_be_is_refused(survey, monkeypatch, capsys, arguments, sentence):
    """And nobody is named by it."""
    assert survey
    monkeypatch.setenv("COLLOQUIO_TELEGRAM_BOT_NAME", "colloquio_bot")
    assert main(["coordinators", "add", *arguments]) == 1
    assert sentence in said(capsys)
    assert main(["coordinators", "list"]) == 0
    assert "Nobody coordinates" in said(capsys)
