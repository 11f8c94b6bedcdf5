"""Prompts and blocks -> the texts of messages, and the keyboard under the last."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import unescape

from bot.telegram.layout import Keyboard, lay_out
from bot.telegram.markup import entry_rows, listed_rows, numbered_rows, pages_of, rows_of
from conversations.protocol import Block, Prompt, Style

LONGEST_CAPTION = 1024
_TAG = re.compile("<[^>]+>")

BAR, FULL, EMPTY = 5, "▰", "▱"

LOOK = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def drawn(prompt: Prompt) -> tuple[list[str], Keyboard]:
    """The texts of the prompt's messages, and the keyboard under the last."""
    layout, blocks = lay_out(prompt), [_with_bar(block, prompt) for block in prompt.blocks]
    titled = (Block(Style.PLAIN, prompt.grid.title),) if prompt.grid is not None else ()
    rows = [*rows_of((*blocks, *titled)), *entry_rows(prompt.entries)]
    if prompt.legend:
        rows += listed_rows(prompt.legend)
    if layout.listed:
        rows += numbered_rows(layout.listed, prompt.first)
    return pages_of(rows), layout.keyboard


def fits_caption(texts: Sequence[str]) -> bool:
    """Whether a prompt of these texts is short enough to stand under a picture."""
    return len(texts) == 1 and len(unescape(_TAG.sub("", texts[0]))) <= LONGEST_CAPTION


def as_text(text: str) -> dict[str, object]:
    """The parameters of a text."""
    return {"text": text, **LOOK}


def as_caption(text: str) -> dict[str, object]:
    """The parameters of the same under a picture."""
    return {"caption": text, "parse_mode": LOOK["parse_mode"]}


def _with_bar(block: Block, prompt: Prompt) -> Block:
    """The words of the progress, and after them, where nobody has to listen to it first, a thin bar."""
    number, total = prompt.progress
    if block.style is not Style.PROGRESS or not total:
        return block
    full = round(BAR * (number - 1) / total)
    return replace(block, text=f"{block.text} {FULL * full}{EMPTY * (BAR - full)}")


def one_page(blocks: Iterable[Block]) -> str:
    """As much of the blocks as one message holds."""
    return pages_of(rows_of(blocks))[0]


def under(keyboard: Keyboard) -> dict[str, object]:
    """The parameters that put a keyboard under a message."""
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
