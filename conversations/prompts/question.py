"""The prompt of a question, and of a repeat that asks for another row."""

from conversations.answers import Asked, show_answer
from conversations.codes import Verb, choice_key
from conversations.forms import ControlKind
from conversations.prompts.parts import button, note_blocks, section_blocks, tag
from conversations.protocol import Block, Button, Kind, Prompt, Style
from conversations.scale import scale_values
from conversations.session import ChoiceItem
from conversations.stops import Stop
from conversations.walk import Walk

PAGE = 40
"""Choices on one page: a Telegram keyboard ends at 100 buttons and about 10 kB."""

SCALE_MOST = 11
"""A range of up to so many values is shown as buttons; a longer one is typed."""

_KINDS = {
    ControlKind.TEXT: Kind.TEXT,
    ControlKind.INTEGER: Kind.INTEGER,
    ControlKind.DECIMAL: Kind.DECIMAL,
    ControlKind.DATE: Kind.DATE,
    ControlKind.TIME: Kind.TIME,
    ControlKind.DATETIME: Kind.DATETIME,
    ControlKind.SELECT_ONE: Kind.ONE,
    ControlKind.SELECT_MULTIPLE: Kind.MANY,
    ControlKind.RANK: Kind.RANK,
    ControlKind.RANGE: Kind.DECIMAL,
    ControlKind.ACKNOWLEDGE: Kind.ACKNOWLEDGE,
}


def asked_at(walk: Walk, stop: Stop) -> Asked:
    """What reading and showing an answer needs to know of the question."""
    control = stop.control
    return Asked(
        kind=control.kind,
        choices=offered(walk, stop),
        parameters=control.parameters,
        appearance=tuple(control.appearance),
        today=walk.now.date(),
        language=tag(walk),
    )


def offered(walk: Walk, stop: Stop) -> tuple[ChoiceItem, ...]:
    """The choices in the order shown; the steps of a short range are choices too."""
    if stop.control.kind is ControlKind.RANGE:
        return tuple(ChoiceItem(value, value) for value in scale_values(stop.control.parameters, most=SCALE_MOST))
    if stop.control.kind in (ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE, ControlKind.RANK):
        named = (item for item in walk.filled.choices(stop.ref) if item.name)  # a row of a repeat may have none yet
        return tuple(item if item.label else ChoiceItem(item.name, item.name) for item in named)
    return ()


def kind_of(walk: Walk, stop: Stop) -> Kind:
    """The kind of prompt that fits the question."""
    if stop.control.kind is ControlKind.RANGE and offered(walk, stop):
        return Kind.SCALE
    if stop.control.kind is ControlKind.TEXT and "multiline" in stop.control.appearance:
        return Kind.MULTILINE
    return _KINDS[stop.control.kind]


def question_prompt(walk: Walk, stop: Stop) -> Prompt:
    """The question as it is asked now."""
    kind = kind_of(walk, stop)
    parameters = stop.control.parameters
    return Prompt(
        place=stop.place,
        revision=walk.session.revision,
        kind=kind,
        language=tag(walk),
        blocks=tuple(_question_blocks(walk, stop, kind)),
        choices=tuple(_choice_buttons(walk, stop, kind)),
        actions=tuple(_actions(walk, stop, kind)),
        value=walk.filled.value(stop.ref) or "",
        low=parameters.get("start", ""),
        high=parameters.get("end", ""),
        progress=_progress(walk, stop),
    )


def _question_blocks(walk: Walk, stop: Stop, kind: Kind) -> list[Block]:
    blocks = [] if stop is walk.route.stops[0] else note_blocks(walk, stop.notes)
    blocks = [*section_blocks(walk, stop), *blocks, Block(Style.PROGRESS, _progress_words(walk, stop))]
    blocks.append(Block(Style.QUESTION, walk.filled.label(stop.ref)))
    hint = walk.filled.hint(stop.ref)
    blocks += [Block(Style.HINT, hint)] if hint else []
    return blocks + _answer_so_far(walk, stop, kind) + _how(walk, stop, kind)


def _progress(walk: Walk, stop: Stop) -> tuple[int, int]:
    questions = walk.route.questions
    return next(i for i, other in enumerate(questions, 1) if other.place == stop.place), len(questions)


def _progress_words(walk: Walk, stop: Stop) -> str:
    number, total = _progress(walk, stop)
    if number == total:  # what comes after it may depend on the answer
        return walk.phrases.say("Question {number}", number=number)
    return walk.phrases.say("Question {number} of about {total}", number=number, total=total)


def _answer_so_far(walk: Walk, stop: Stop, kind: Kind) -> list[Block]:
    value = walk.filled.value(stop.ref) or ""
    if kind is Kind.RANK:
        value = " ".join(walk.session.draft)
    elif kind is Kind.MANY or not value:
        return []
    return [Block(Style.ANSWER, show_answer(asked_at(walk, stop), value))] if value else []


def _how(walk: Walk, stop: Stop, kind: Kind) -> list[Block]:
    say = walk.phrases.say
    limits = {"low": stop.control.parameters.get("start", ""), "high": stop.control.parameters.get("end", "")}
    if stop.control.kind is ControlKind.RANGE and kind is not Kind.SCALE:
        return [Block(Style.HINT, say("Write a number from {low} to {high}.", **limits))]
    words = {
        Kind.MANY: say("When you have chosen, press “Done”."),
        Kind.RANK: say("Press them in order, the first one first."),
        Kind.DATE: say("For example {example}.", example=say("31/12/2026")),
    }
    return [Block(Style.HINT, words[kind])] if kind in words else []


# ---------------------------------------------------------------- buttons


def _choice_buttons(walk: Walk, stop: Stop, kind: Kind) -> list[Button]:
    chosen = _chosen(walk, stop, kind)
    return [_choice_button(walk, item, kind, chosen) for item in on_page(walk, stop)]


def on_page(walk: Walk, stop: Stop) -> tuple[ChoiceItem, ...]:
    """The choices of the page that is shown."""
    return offered(walk, stop)[walk.session.page * PAGE : (walk.session.page + 1) * PAGE]


def _chosen(walk: Walk, stop: Stop, kind: Kind) -> tuple[str, ...]:
    if kind in (Kind.MANY, Kind.RANK):
        return walk.session.draft
    return (walk.filled.value(stop.ref) or "",)


def _choice_button(walk: Walk, item: ChoiceItem, kind: Kind, chosen: tuple[str, ...]) -> Button:
    is_chosen = item.name in chosen
    verb = Verb.CHOOSE
    if kind is Kind.MANY:
        verb = Verb.UNSELECT if is_chosen else Verb.SELECT
    elif kind is Kind.RANK:
        verb = Verb.SELECT
    code = button(walk, "", verb, choice_key(item.name)).code
    return Button(item.label, code, chosen=is_chosen, name=item.name)


def _actions(walk: Walk, stop: Stop, kind: Kind) -> list[Button]:
    return [
        *_page_actions(walk, len(offered(walk, stop))),
        *_finishing_actions(walk, stop, kind),
        *_leaving_actions(walk, stop),
    ]


def _page_actions(walk: Walk, count: int) -> list[Button]:
    say, page = walk.phrases.say, walk.session.page
    more = [button(walk, say("More choices"), Verb.PAGE, str(page + 1))] if (page + 1) * PAGE < count else []
    fewer = [button(walk, say("Previous choices"), Verb.PAGE, str(page - 1))] if page else []
    return fewer + more


def _finishing_actions(walk: Walk, stop: Stop, kind: Kind) -> list[Button]:
    say, draft = walk.phrases.say, walk.session.draft
    if kind is Kind.ACKNOWLEDGE:
        return [button(walk, say("OK"), Verb.DONE)]
    if kind is Kind.MANY and draft:
        return [button(walk, say("Done"), Verb.DONE)]
    if kind is Kind.RANK and draft:
        undo = button(walk, say("Undo"), Verb.UNDO, str(len(draft)))
        is_whole = len(draft) == len(offered(walk, stop))
        return [undo, button(walk, say("Done"), Verb.DONE)] if is_whole else [undo]
    return []


def _leaving_actions(walk: Walk, stop: Stop) -> list[Button]:
    say = walk.phrases.say
    value = walk.filled.value(stop.ref)
    actions = []
    if value and not walk.session.draft:
        actions.append(button(walk, say("Keep this answer"), Verb.KEEP))
    if not walk.filled.is_required(stop.ref):
        actions.append(button(walk, say("Delete the answer") if value else say("Skip"), Verb.SKIP))
    if walk.route.before(stop.place) is not None:
        actions.append(button(walk, say("Back"), Verb.BACK))
    return actions


def repeat_prompt(walk: Walk, stop: Stop) -> Prompt:
    """Whether to add a row, with the number there is."""
    say = walk.phrases.say
    rows = walk.filled.repeat_count(stop.ref)
    label = walk.filled.label(stop.ref)
    question = say("Add another “{name}”?", name=label) if rows else say("Add “{name}”?", name=label)
    actions = [
        button(walk, say("Yes, add"), Verb.ADD_ROW, str(rows)),
        button(walk, say("No, go on"), Verb.NO_MORE_ROWS),
    ]
    if rows:
        actions.append(button(walk, say("Remove the last one (number {n})", n=rows), Verb.REMOVE_ROW, str(rows)))
    if walk.route.before(stop.place) is not None:
        actions.append(button(walk, say("Back"), Verb.BACK))
    return Prompt(
        place=stop.place,
        revision=walk.session.revision,
        kind=Kind.REPEAT,
        language=tag(walk),
        blocks=(*note_blocks(walk, stop.notes), Block(Style.QUESTION, question)),
        actions=tuple(actions),
    )
