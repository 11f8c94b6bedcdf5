"""The choices of a question as they are offered: in order, in pages, narrowed by a part that was typed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from conversations.answers import Asked
from conversations.answers.choosing import fitting
from conversations.codes import Verb, choice_key
from conversations.forms import ControlKind
from conversations.likert import MOST, signs_of
from conversations.prompts.parts import button, tag
from conversations.protocol import Button, Kind
from conversations.scale import scale_values
from conversations.session import ChoiceItem
from conversations.small_range import small_range
from conversations.stops import UNTURNED, Stop
from conversations.walk import Walk

AT_ONCE = 12
"""So many choices are shown at once; more come in pages."""

PAGE = 10
"""Choices on one page of several."""

SHORTEST_SEARCH = 2
"""Letters of a word that are looked for in a list."""

SCALE_MOST = 11
"""A range of up to so many values is shown as buttons; a longer one is typed."""

STAR = "★"
_COLUMNS = re.compile(r"(?:columns-|w)(\d)")
CHOOSING = (ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE, ControlKind.RANK)

Choices = tuple[ChoiceItem, ...]


def asked_at(walk: Walk, stop: Stop, choices: Choices | None = None) -> Asked:
    """What reading and showing an answer needs to know of the question; `choices` where only those are meant."""
    control = stop.control
    all_of_them = offered(walk, stop) if choices is None else choices
    is_narrowed = bool(walk.session.part) and stop.place == walk.session.place
    return Asked(
        kind=control.kind,
        choices=all_of_them,
        parameters=control.parameters,
        appearance=tuple(control.appearance),
        today=walk.now.date(),
        language=tag(walk),
        signs=() if is_narrowed else signs_of(control.kind, control.appearance, all_of_them),
    )


def offered(walk: Walk, stop: Stop) -> Choices:
    """All the choices in their order; the steps of a short range are choices too."""
    if stop.control.kind is ControlKind.RANGE:
        sign = f" {STAR}" if "rating" in stop.control.appearance else ""
        values = scale_values(stop.control.parameters, most=SCALE_MOST)
        return tuple(ChoiceItem(value, f"{value}{sign}") for value in values)
    if stop.control.kind is ControlKind.INTEGER:
        return _few_numbers(walk, stop)
    return walk.choices_at(stop.ref) if stop.control.kind in CHOOSING else ()


def _few_numbers(walk: Walk, stop: Stop) -> Choices:
    """The whole numbers that the author's constraint leaves, where these are few."""
    constraint = walk.form.nodes[stop.control.path].bind.constraint
    if constraint is None:
        return ()
    values = small_range(constraint.text, lambda value: walk.filled.takes(stop.ref, value))
    return tuple(ChoiceItem(value, value) for value in values)


def narrowed(walk: Walk, stop: Stop) -> Choices:
    """Those that what was typed may mean; all, when nothing was."""
    choices = offered(walk, stop)
    return (fitting(choices, walk.session.part, SHORTEST_SEARCH) or choices) if walk.session.part else choices


def on_page(walk: Walk, stop: Stop) -> Choices:
    """The choices of the page that is shown."""
    choices = narrowed(walk, stop)
    if pages_of(len(choices)) == 1:
        return choices
    start = page_at(walk, stop) * PAGE
    return choices[start : start + PAGE]


def page_at(walk: Walk, stop: Stop) -> int:
    """The page that is shown, counted from 0; the last one where a button meant a longer list."""
    page = _page_of_answer(walk, stop) if walk.session.page == UNTURNED else walk.session.page
    return min(page, pages_of(len(narrowed(walk, stop))) - 1)


def _page_of_answer(walk: Walk, stop: Stop) -> int:
    names = (walk.filled.value(stop.ref) or "").split()
    if not names:
        return 0
    return next((number // PAGE for number, item in enumerate(offered(walk, stop)) if item.name in names), 0)


def pages_of(count: int) -> int:
    """In how many pages so many choices are shown."""
    return -(-count // PAGE) if count > AT_ONCE else 1


def columns_of(appearance: Sequence[str], count: int) -> int:
    """In how many columns the author wants so many choices; 0 for no wish."""
    if "likert" in appearance:
        return count if count <= MOST else 0
    wished = (_COLUMNS.fullmatch(word) for word in appearance)
    return next((int(found[1]) for found in wished if found), 0)


# ---------------------------------------------------------------- buttons


def choice_buttons(walk: Walk, stop: Stop, kind: Kind) -> list[Button]:
    """A button for each choice of the page."""
    chosen = walk.session.draft if kind in (Kind.MANY, Kind.RANK) else (walk.filled.value(stop.ref) or "",)
    buttons = [_choice_button(walk, item, kind, chosen) for item in on_page(walk, stop)]
    signs = asked_at(walk, stop).signs
    return [replace(one, short=sign) for one, sign in zip(buttons, signs, strict=True)] if signs else buttons


def _choice_button(walk: Walk, item: ChoiceItem, kind: Kind, chosen: tuple[str, ...]) -> Button:
    is_chosen = item.name in chosen
    verb = _VERBS.get(kind, (Verb.CHOOSE, Verb.CHOOSE))[is_chosen]
    rank = chosen.index(item.name) + 1 if kind is Kind.RANK and is_chosen else 0
    code = button(walk, "", verb, choice_key(item.name)).code
    return Button(item.label, code, chosen=is_chosen, name=item.name, image=item.image, rank=rank)


_VERBS = {Kind.MANY: (Verb.SELECT, Verb.UNSELECT), Kind.RANK: (Verb.SELECT, Verb.LIFT)}
"""Of a choice that is not chosen, and of one that is."""


def page_actions(walk: Walk, stop: Stop) -> list[Button]:
    """The ways to the choices that are not shown."""
    say, page, count = walk.phrases.say, page_at(walk, stop), len(narrowed(walk, stop))
    fewer = [button(walk, say("Previous choices"), Verb.PAGE, str(page - 1))] if page else []
    more = [button(walk, say("More choices"), Verb.PAGE, str(page + 1))] if page + 1 < pages_of(count) else []
    every = [button(walk, say("All the choices"), Verb.ALL)] if walk.session.part else []
    return [*fewer, *more, *every]
