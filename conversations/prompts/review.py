"""The summary, before submission and at any time: every question with its answer, in pages, each a button away."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.answers import show_answer
from conversations.codes import Verb
from conversations.prompts.exhibits import exhibits_of
from conversations.prompts.offers import asked_at
from conversations.prompts.parts import button, note_blocks, tag, title_of
from conversations.protocol import Block, Button, Entry, Kind, Prompt, Status, Style
from conversations.stops import REVIEW, SUMMARY, Stop
from conversations.walk import Walk

PAGE = 10
"""Entries on one page: a phone's screen or two, and far from Telegram's 4096 characters."""

LONGEST_QUESTION = 120
LONGEST_ANSWER = 200


def review_prompt(walk: Walk) -> Prompt:
    """One page of the summary at the end; the first has the author's last words."""
    say, notes = walk.phrases.say, walk.route.last_notes
    title, hint = say("Your answers"), say("Press a number to change that answer. When all is right, submit.")
    leaving = button(walk, say("Submit my answers"), Verb.SUBMIT), button(walk, say("Back"), Verb.BACK)
    page = _page(walk, REVIEW, (title, hint), leaving)
    if _page_at(walk, walk.route.stops)[0]:
        return page
    return replace(page, blocks=(*page.blocks, *note_blocks(walk, notes)), exhibits=exhibits_of(walk, notes))


def summary_prompt(walk: Walk) -> Prompt:
    """One page of what has been answered so far, and the way back to the question."""
    say = walk.phrases.say
    title, hint = say("Your answers so far"), say("Press a number to change that answer.")
    return _page(walk, SUMMARY, (title, hint), (button(walk, say("Back to the question"), Verb.BACK),))


def listed(walk: Walk) -> Sequence[Stop]:
    """What the summary lists, in its order: at the end everything, before that what is done."""
    if walk.session.status is Status.REVIEWING:
        return walk.route.stops
    waiting = {stop.place for stop in walk.waiting(walk.route.stops)}
    return [stop for stop in walk.route.stops if stop.place not in waiting]


def _page(walk: Walk, place: str, heading: tuple[str, str], leaving: tuple[Button, ...]) -> Prompt:
    say, stops = walk.phrases.say, listed(walk)
    page, pages = _page_at(walk, stops)
    shown = enumerate(stops[page * PAGE : (page + 1) * PAGE], page * PAGE + 1)
    blocks = [Block(Style.SECTION, heading[0]), Block(Style.HINT, heading[1])]
    if pages > 1:
        blocks.append(Block(Style.PROGRESS, say("Page {page} of {pages}", page=page + 1, pages=pages)))
    return Prompt(
        place=place,
        revision=walk.session.revision,
        kind=Kind.REVIEW,
        language=tag(walk),
        blocks=tuple(blocks),
        entries=tuple(entry_of(walk, stop, number) for number, stop in shown),
        actions=(*_turning(walk, page, pages), *leaving),
    )


def _page_at(walk: Walk, stops: Sequence[Stop]) -> tuple[int, int]:
    """The page that is shown, from 0, and of how many."""
    pages = max(1, -(-len(stops) // PAGE))
    return min(walk.session.page, pages - 1), pages


def page_of(walk: Walk, place: str) -> int:
    """The page that has an answer which was looked at again; the first one where something was still to be asked."""
    done, asked = walk.before.progress
    return walk.route.index(place) // PAGE if done == asked else 0


def _turning(walk: Walk, page: int, pages: int) -> list[Button]:
    say = walk.phrases.say
    turn = [button(walk, say("Previous page"), Verb.PAGE, str(page - 1))] if page else []
    if page + 1 < pages:
        turn.append(button(walk, say("Next page"), Verb.PAGE, str(page + 1)))
    return turn


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
