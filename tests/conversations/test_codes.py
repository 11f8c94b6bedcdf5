"""The opaque code of a button."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.codes import Press, Verb, choice_key, make_code, place_key, read_code


@given(st.integers(0, 2**63), st.text(max_size=400), st.sampled_from(Verb), st.text(max_size=400))
def test_a_code_is_short_ascii_and_can_be_read_back(seed, place, verb, name):
    """Telegram takes 64 bytes, whatever the names in the questionnaire are."""
    code = make_code(seed, place, verb, choice_key(name))
    assert len(code.encode()) <= 64
    assert code.isascii()
    assert read_code(code) == Press(place_key(seed, place), verb, choice_key(name))


@given(st.text(max_size=80))
def test_reading_any_text_never_raises(text):
    """Anybody can send anything as a press."""
    read = read_code(text)
    assert read is None or isinstance(read, Press)


def test_a_place_has_another_key_in_another_session():
    """A forwarded or forged button cannot fit."""
    assert place_key(1, "/data/a") != place_key(2, "/data/a")
