"""What holds for every text and every value."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import READERS, Asked, Slip, read_answer, show_answer
from conversations.forms import ControlKind
from conversations.session import ChoiceItem
from tests.conversations.answers.questions import LISTS, PARAMETERS, TODAY, ask

pytestmark = pytest.mark.no_cover
LANGUAGES = st.sampled_from(["it", "en", "de", "it-CH", ""])
SAID = st.text() | st.text("0123456789 .,;-+/:e\n'٣４²aàpm") | st.sampled_from(["1 2", "oggi", "0,5", "10/3", "9:30"])
QUESTIONS = st.sampled_from(["", "numbers", "month-year", "year", "three", "scale", "commas", "twins", *PARAMETERS])
WORDS = st.text("abcdefghilmnoqrstuvz", min_size=3, max_size=8)

STORED = {
    ControlKind.TEXT: st.text("abc àè,.-'\n", min_size=1).map(str.strip).filter(bool),
    ControlKind.INTEGER: st.integers(-(10**9) + 1, 10**9 - 1).map(str),
    ControlKind.DECIMAL: st.decimals(-(10**9), 10**9, places=3).map(lambda d: f"{d:f}".rstrip("0").rstrip(".")),
    ControlKind.DATE: st.dates(date(1000, 1, 1)).map(date.isoformat),
    ControlKind.TIME: st.times().map(lambda t: t.replace(microsecond=0).isoformat("milliseconds")),
    ControlKind.DATETIME: st.datetimes(datetime(1000, 1, 1)).map(  # noqa: DTZ001 - the respondent's own clock
        lambda d: d.replace(microsecond=0).isoformat(timespec="milliseconds")
    ),
    ControlKind.ACKNOWLEDGE: st.just("OK"),
}


@pytest.mark.parametrize("kind", list(READERS))
@given(language=LANGUAGES, question=QUESTIONS, said=SAID)
def test_no_text_raises(kind, language, question, said):
    """Whatever is typed, there is a value that is not empty, or a slip with words."""
    read = read_answer(ask(kind, question, language), said)
    assert read.words if isinstance(read, Slip) else read


@pytest.mark.parametrize("kind", list(READERS))
@given(language=LANGUAGES, value=st.text())
def test_no_value_fails_to_be_shown(kind, language, value):
    """Values of an older version or of a calculation are shown as they are."""
    assert isinstance(show_answer(ask(kind, "three", language), value), str)


@pytest.mark.parametrize("kind", list(STORED))
@given(data=st.data(), language=LANGUAGES)
def test_what_is_shown_is_read_as_what_was_stored(kind, data, language):
    """A value that is shown can be typed again."""
    value = data.draw(STORED[kind])
    value = "0" if value == "-0" else value
    asked = ask(kind, "", language)
    assert read_answer(asked, show_answer(asked, value)) == value


@pytest.mark.parametrize("kind", list(STORED))
@given(data=st.data(), language=LANGUAGES)
def test_what_is_stored_is_read_as_itself(kind, data, language):
    """A form that is filled in with the stored value may send it back."""
    value = data.draw(STORED[kind].filter(lambda value: value != "-0"))
    asked = ask(kind, "", language)
    if kind is not ControlKind.DECIMAL:
        assert read_answer(asked, value) == value


@st.composite
def choosing(draw, kind):
    """Draw a question with labels of letters, each the beginning of none, and a value of it."""
    labels = draw(st.lists(WORDS, min_size=1, max_size=8, unique=True))
    choices = tuple(ChoiceItem(f"n{place}", label) for place, label in enumerate(labels))
    names = [choice.name for choice in choices]
    chosen = draw(
        {
            ControlKind.SELECT_ONE: st.sampled_from(names).map(lambda name: [name]),
            ControlKind.SELECT_MULTIPLE: st.sets(st.sampled_from(names), min_size=1).map(
                lambda some: [n for n in names if n in some]
            ),
            ControlKind.RANK: st.permutations(names),
        }[kind]
    )
    return Asked(kind, choices, {}, (), TODAY, "it"), " ".join(chosen)


@pytest.mark.parametrize("kind", [ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE, ControlKind.RANK])
@given(data=st.data())
def test_labels_that_are_shown_are_read_as_the_choices(kind, data):
    """Whole labels go before parts of them."""
    asked, value = data.draw(choosing(kind))
    assert read_answer(asked, show_answer(asked, value)) == value


@pytest.mark.parametrize("question", ["0 to 10", "0 to 1 by 0.25", "10 down to 2 by -2", "5 to 95 by 10"])
@given(number=st.decimals(-100, 100, places=2), language=LANGUAGES)
def test_a_range_takes_exactly_its_steps(question, number, language):
    """What is read lies between the bounds, on a step, and is shown as it can be typed."""
    asked = ask("range", question, language)
    start, end, step = (float(asked.parameters[name]) for name in ("start", "end", "step"))
    on_the_scale = min(start, end) <= number <= max(start, end) and (float(number) - start) / step % 1 == 0
    read = read_answer(asked, f"{number:f}")
    assert isinstance(read, str) is on_the_scale
    if isinstance(read, str):
        assert read_answer(asked, show_answer(asked, read)) == read


def test_the_lists_of_these_tests_have_distinct_names():
    """As every questionnaire's lists do."""
    assert all(len(dict(pairs)) == len(pairs) for pairs in LISTS.values())
