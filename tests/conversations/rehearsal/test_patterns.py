"""Texts for the patterns that authors write: most of them fit, and none takes long."""

import re

import pytest

from conversations.rehearsal.dice import Dice
from conversations.rehearsal.patterns import text_fitting

PATTERNS = [
    r"^[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]$",
    r"^https?://[^\s]+$",
    r"[^@ ]+@[a-z0-9.-]+\.[a-z]{2,4}",
    r"(\+39)? ?\d{2,4}[ -]?\d{6,8}",
    r"(yes|no|(per)?haps)+",
    r"\w+\s\w+",
    r"[a\-\]b]{3}",
    r"\p{L}{2,}",
    r"a.c?",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_fits_the_pattern_it_was_made_for(pattern):
    """Ten times, each drawn anew."""
    reading = pattern.replace(r"\p{L}", "[a-z]")
    for seed in range(10):
        text = text_fitting(pattern, Dice(str(seed)))
        assert re.fullmatch(reading, text), text


ODD = ["(", "[", "a{", "\\", "(?<=a)b", "a{1000000}", "((((((a{40}){40}){40}){40}){40}){40})"]


@pytest.mark.parametrize("pattern", ODD)
def test_what_cannot_be_understood_gives_a_short_text_or_none(pattern):
    """It is only a proposal, and bounded."""
    assert len(text_fitting(pattern, Dice("1"))) <= 400
