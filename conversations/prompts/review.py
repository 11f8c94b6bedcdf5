"""The summary before submission: every question with its answer, in pages, each one a button away."""

from conversations.answers import show_answer
from conversations.codes import Verb
from conversations.prompts.exhibits import exhibits_of
from conversations.prompts.offers import asked_at
from conversations.prompts.parts import button, note_blocks, tag, title_of
from conversations.protocol import Block, Button, Entry, Kind, Prompt, Style
from conversations.stops import REVIEW, Stop
from conversations.walk import Walk

PAGE = 10
"""Entries on one page: a phone's screen or two, and far from Telegram's 4096 characters."""

LONGEST_QUESTION = 120
LONGEST_ANSWER = 200


def review_prompt(walk: Walk) -> Prompt:
    """One page of the summary; the first has the author's last words."""
    entries = [entry_of(walk, stop, number) for number, stop in enumerate(walk.route.stops, 1)]
    pages = max(1, -(-len(entries) // PAGE))
    page = min(walk.session.page, pages - 1)
    return Prompt(
        place=REVIEW,
        revision=walk.session.revision,
        kind=Kind.REVIEW,
        language=tag(walk),
        blocks=(*_heading(walk, page, pages), *(note_blocks(walk, walk.route.last_notes) if page == 0 else ())),
        entries=tuple(entries[page * PAGE : (page + 1) * PAGE]),
        actions=tuple(_actions(walk, page, pages)),
        exhibits=exhibits_of(walk, walk.route.last_notes) if page == 0 else (),
    )


def _heading(walk: Walk, page: int, pages: int) -> list[Block]:
    say = walk.phrases.say
    blocks = [
        Block(Style.SECTION, say("Your answers")),
        Block(Style.HINT, say("Press a number to change that answer. When all is right, submit.")),
    ]
    if pages > 1:
        blocks.append(Block(Style.PROGRESS, say("Page {page} of {pages}", page=page + 1, pages=pages)))
    return blocks


def _actions(walk: Walk, page: int, pages: int) -> list[Button]:
    say = walk.phrases.say
    turn = [button(walk, say("Previous page"), Verb.PAGE, str(page - 1))] if page else []
    if page + 1 < pages:
        turn.append(button(walk, say("Next page"), Verb.PAGE, str(page + 1)))
    return [*turn, button(walk, say("Submit my answers"), Verb.SUBMIT), button(walk, say("Back"), Verb.BACK)]


def entry_of(walk: Walk, stop: Stop, number: int) -> Entry:
    """The stop as one line of the summary."""
    go = button(walk, str(number), Verb.GO, place=stop.place)
    if not stop.is_question:
        return Entry(title_of(walk, (*(stop.groups if stop.always_titled else ()), stop.ref)), _rows(walk, stop), go)
    return Entry(question_text(walk, stop), shortened(answer_text(walk, stop), LONGEST_ANSWER), go)


def _rows(walk: Walk, stop: Stop) -> str:
    return walk.phrases.count("{n} entered", "{n} entered", walk.filled.repeat_count(stop.ref))


def question_text(walk: Walk, stop: Stop) -> str:
    """The question in short, with the number of its row where it stands in a repeat."""
    title = title_of(walk, stop.groups) if stop.groups and stop.groups[-1].endswith("]") else ""
    label = shortened(walk.filled.label(stop.ref), LONGEST_QUESTION)
    return f"{title}: {label}" if title else label


def answer_text(walk: Walk, stop: Stop) -> str:
    """The answer in words; a dash for none."""
    value = walk.filled.value(stop.ref)
    return show_answer(asked_at(walk, stop), value) if value else walk.phrases.say("no answer")


def shortened(text: str, most: int) -> str:
    """On one line, its beginning if it is longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
