"""What is said of how to answer: an example, what to press, which page of the choices this is."""

from datetime import time

from conversations.answers import sent
from conversations.answers.geopoint import EXAMPLE
from conversations.answers.time import show_time
from conversations.forms import Control, ControlKind
from conversations.prompts.offers import asked_at, narrowed, page_at, pages_of
from conversations.protocol import Block, Kind, Style
from conversations.stops import Stop
from conversations.walk import Walk

_HALF_PAST_NINE = show_time(time(9, 30))


def how_blocks(walk: Walk, stop: Stop, kind: Kind) -> list[Block]:
    """How an answer is given here, and which page of the choices is shown."""
    return [*_how(walk, stop, kind), *_which_page(walk, stop)]


def _how(walk: Walk, stop: Stop, kind: Kind) -> list[Block]:
    say = walk.phrases.say
    if kind is Kind.MULTILINE and walk.session.draft:
        return [Block(Style.HINT, how_much(walk))]
    limits = {"low": stop.control.parameters.get("start", ""), "high": stop.control.parameters.get("end", "")}
    if stop.control.kind is ControlKind.RANGE and kind is not Kind.SCALE:
        return [Block(Style.HINT, say("Write a number from {low} to {high}.", **limits))]
    words = {
        Kind.MANY: say("When you have chosen, press “Done”."),
        Kind.RANK: say("Press the choices in order, the first one first; press one again to take it out."),
        Kind.DATE: say("For example {example}.", example=say("31/12/2026")),
        Kind.TIME: say("For example {example}.", example=_HALF_PAST_NINE),
        Kind.DATETIME: say("For example {example}.", example=f"{say('31/12/2026')} {_HALF_PAST_NINE}"),
        Kind.PLACE: say("Send a place, or write its coordinates, for example {example}.", example=EXAMPLE),
        Kind.PLACES: say("Send the points one after the other, or write their coordinates; then press “Done”."),
    }
    if kind is Kind.UPLOAD:
        return [Block(Style.HINT, sent.wanted(asked_at(walk, stop)))]
    if kind is Kind.DATE and _is_not_a_day(stop.control):
        return []
    return [Block(Style.HINT, words[kind])] if kind in words else []


def _which_page(walk: Walk, stop: Stop) -> list[Block]:
    pages = pages_of(len(narrowed(walk, stop)))
    if pages == 1:
        return []
    said = walk.phrases.say(
        "Page {page} of {pages}. To look for a choice, write a few letters of it.",
        page=page_at(walk, stop) + 1,
        pages=pages,
    )
    return [Block(Style.HINT, said)]


def how_much(walk: Walk) -> str:
    """How much of a text there is that comes in pieces, and what to do next."""
    lines_written = sum(piece.count("\n") + 1 for piece in walk.session.draft)
    return walk.phrases.count(
        "{n} line so far. Write more, or press “Done”.", "{n} lines so far. Write more, or press “Done”.", lines_written
    )


def _is_not_a_day(control: Control) -> bool:
    """Whether only a month or a year is asked for."""
    return not {"year", "month-year"}.isdisjoint(control.appearance)
