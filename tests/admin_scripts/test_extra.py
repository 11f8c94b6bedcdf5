"""Exports and reports need packages that the bot does not: without them a verb says what to install."""

import sys

import pytest

from admin_scripts import __main__ as command_line
from admin_scripts.__main__ import main


@pytest.mark.parametrize("package", ["pyarrow", "scipy.stats", "docx"])
def test_a_verb_without_its_packages_says_what_to_install(package, monkeypatch, capsys):
    """One sentence, 1, and no traceback."""
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr(command_line, "compose", lambda _: __import__(package))
    assert main(["report", "zone"]) == 1
    assert "pip install 'colloquio[report]'" in capsys.readouterr().err


def test_a_package_that_nobody_promised_is_our_mistake(monkeypatch):
    """It is not hidden behind a sentence that would not help."""
    monkeypatch.setattr(command_line, "compose", lambda _: __import__("no_such_package"))
    with pytest.raises(ModuleNotFoundError):
        main(["report", "zone"])
