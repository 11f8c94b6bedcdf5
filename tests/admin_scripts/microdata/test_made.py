"""Texts that are looked at without being copied, also where they are a piece of others."""

import numpy as np
import pyarrow as pa
import pytest

from admin_scripts.microdata.made import first_letters, is_blank, letters, without, words

TEXTS = ["=a", "", None, "perché", "", "Ünder", "z"]
PIECES = [slice(0, 7), slice(1, 5), slice(3, 3), slice(2, 7)]


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_of_texts_is_looked_at_like_texts_of_its_own(piece):
    """Which are blank or missing, and with which byte each begins."""
    own, texts = TEXTS[piece], words(TEXTS)[piece]

    assert words(own).to_pylist() == own
    assert is_blank(texts).tolist() == [not text for text in own]
    assert letters(texts).to_pybytes() == "".join(text or "" for text in own).encode()
    assert first_letters(texts).tolist() == [text.encode()[0] if text else 0 for text in own]


@pytest.mark.parametrize("piece", PIECES)
def test_what_is_left_out_of_texts_is_missing_and_the_rest_stays(piece):
    """What was missing before stays so."""
    own, texts = TEXTS[piece], words(TEXTS)[piece]
    gone = np.arange(len(own)) % 2 == 0

    left = without(texts, gone)

    left.validate(full=True)
    assert left.to_pylist() == [None if is_gone else text for text, is_gone in zip(own, gone, strict=True)]
    assert without(texts, np.zeros(len(own), dtype=np.bool_)) is texts


def test_texts_of_nobody_are_blank():
    """A question that nobody was asked."""
    assert is_blank(pa.nulls(3, pa.string())).all()
