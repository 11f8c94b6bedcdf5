"""Blocks as Telegram's HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.markup import (
    LONGEST_SOURCE,
    LONGEST_TEXT,
    MOST_MARKS,
    entry_rows,
    numbered_rows,
    pages_of,
    rows_of,
)
from conversations.protocol import Block, Button, Entry, Style
from tests.bot.telegram_html import marks_in, plain_of

ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
SPECIALS = st.text("<>&\"'*_[]()#-1. \n\\ab", max_size=300)
BLOCKS = st.lists(st.builds(Block, st.sampled_from(Style), ANYTHING | SPECIALS), max_size=6)


def said(*blocks: Block) -> str:
    [page] = pages_of(rows_of(blocks))
    return page


def test_a_question_is_bold():
    """So that it stands out from what surrounds it."""
    assert said(Block(Style.QUESTION, "Quanti anni ha?")) == "<b>Quanti anni ha?</b>"


def test_the_authors_own_bold_is_kept_alone():
    """Where the author has marked the words that matter, we do not mark them all."""
    assert said(Block(Style.QUESTION, "Dove *vive*, **oggi**?")) == "Dove <i>vive</i>, <b>oggi</b>?"


def test_what_looks_like_markup_is_text():
    """Nothing that an author or a respondent writes becomes a tag."""
    assert said(Block(Style.ANSWER, "<b>1 & 2</b>")) == "&lt;b&gt;1 &amp; 2&lt;/b&gt;"


def test_the_bots_own_words_are_no_markdown():
    """A respondent's *stars* come back as they were written."""
    assert said(Block(Style.NOTICE, "Ha scritto *ciao*")) == "Ha scritto *ciao*"


def test_a_note_keeps_its_links_lists_and_headings():
    """Headings are bold, lists have signs, links can be pressed."""
    note = '# Titolo\n- uno\n2. due\nvedi [qui](https://example.org/?a=1&b=")'
    assert said(Block(Style.NOTE, note)) == (
        '<b>Titolo</b>\n• uno\n2. due\nvedi [qui](<a href="https://example.org/?a=1&amp;b=">'
        'https://example.org/?a=1&amp;b=</a>")'
    )


def test_blocks_are_paragraphs():
    """An empty line between two blocks; the hint in italics."""
    text = said(Block(Style.NOTICE, "Non è un numero."), Block(Style.QUESTION, "Età?"), Block(Style.HINT, "In anni"))
    assert text == "Non è un numero.\n\n<b>Età?</b>\n\n<i>In anni</i>"


def test_a_summary_numbers_its_questions():
    """The number is the button that leads there."""
    rows = entry_rows([Entry("Età?", "41", Button("3", "code"))])
    assert pages_of(rows) == ["<b>3. </b>Età?\n41"]


def test_choices_too_long_for_buttons_are_a_list():
    """Numbered as their buttons are."""
    assert pages_of([*rows_of([Block(Style.PLAIN, "Quale?")]), *numbered_rows(["a", "b"])]) == ["Quale?\n\n1. a\n2. b"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u200b"])
def test_nothing_to_say_is_said_with_a_sign(text: str):
    """Telegram refuses a message that shows nothing."""
    assert pages_of(rows_of([Block(Style.QUESTION, text)])) == ["…"]


def test_a_long_text_is_cut_between_paragraphs():
    """Two paragraphs that do not fit together are two messages."""
    first, second = "a" * 3000, "b" * 3000
    assert pages_of(rows_of([Block(Style.NOTE, first), Block(Style.NOTE, second)])) == [first, second]


def test_an_emoji_counts_as_two_characters():
    """Some clients count so: what is sent stays below the limit for all of them."""
    emoji = "😀" * (LONGEST_TEXT // 2 - 1)
    assert len(pages_of(rows_of([Block(Style.ANSWER, emoji)]))) == 1
    assert len(pages_of(rows_of([Block(Style.ANSWER, emoji + "😀😀")]))) == 2


@given(BLOCKS)
def test_every_text_is_html_that_telegram_takes(blocks: list[Block]):
    """Whatever is written, the message parses, fits and shows something."""
    for page in pages_of(rows_of(blocks)):
        assert 0 < len(plain_of(page)) <= LONGEST_TEXT


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=200))
def test_plain_words_arrive_as_they_are(words: str):
    """The text that a person reads is the text that was meant."""
    assert plain_of(said(Block(Style.ANSWER, f"({words})"))) == f"({words})"


@given(st.lists(st.from_regex(re.compile(r"[a-z]{1,9}", re.ASCII), fullmatch=True), min_size=1, max_size=3000))
def test_cutting_loses_no_word(words: list[str]):
    """However long a text is, its words arrive once each, in order."""
    pages = pages_of(rows_of([Block(Style.NOTE, " ".join(words))]))
    assert " ".join(plain_of(page) for page in pages).split() == words


@given(st.integers(1, 400), st.integers(1, 60))
def test_each_message_stays_within_telegrams_limits(count: int, length: int):
    """Characters, marks and bytes: a note of many links is cut before any of them."""
    note = "\n".join(f"**{'&' * length}** [x](https://example.org/{'a' * 500})" for _ in range(count))
    for page in pages_of(rows_of([Block(Style.NOTE, note)])):
        assert len(plain_of(page)) <= LONGEST_TEXT
        assert marks_in(page) <= MOST_MARKS
        assert len(page.encode()) <= LONGEST_SOURCE
