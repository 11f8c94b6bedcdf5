"""The prompt of a question, and of a repeat that asks for another row."""

from conversations.answers import lines, show_answer
from conversations.codes import Verb
from conversations.drafts import value_of
from conversations.forms import Control, ControlKind
from conversations.minutes import minutes_left
from conversations.prompts.exhibits import exhibits_of
from conversations.prompts.grids import grid_of
from conversations.prompts.how import how_blocks
from conversations.prompts.legend import SCALE, is_known, legend_of
from conversations.prompts.offers import (
    PAGE,
    asked_at,
    choice_buttons,
    columns_of,
    narrowed,
    offered,
    page_actions,
    page_at,
    pages_of,
)
from conversations.prompts.parts import button, note_blocks, section_blocks, tag, title_of
from conversations.prompts.stepping import stepper_of
from conversations.prompts.table import table_blocks
from conversations.protocol import Block, Button, Kind, Prompt, Style
from conversations.sent_kinds import SENT
from conversations.stops import Stop
from conversations.walk import Walk

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
    ControlKind.GEOPOINT: Kind.PLACE,
    ControlKind.BARCODE: Kind.TEXT,
    **dict.fromkeys(lines.LEAST, Kind.PLACES),
    **dict.fromkeys(SENT, Kind.UPLOAD),
}
ECHO = 600
"""Characters of a text that is being written message by message: its end, for the chat has the messages themselves."""

_DRAFTED = (Kind.RANK, Kind.PLACES)
_PICKED = (Kind.DATE, Kind.TIME, Kind.DATETIME)


def kind_of(walk: Walk, stop: Stop) -> Kind:
    """The kind of prompt that fits the question."""
    if stop.control.kind in (ControlKind.RANGE, ControlKind.INTEGER) and offered(walk, stop):
        return Kind.SCALE
    if stop.control.kind is ControlKind.TEXT and "multiline" in stop.control.appearance:
        return Kind.MULTILINE
    return _KINDS[stop.control.kind]


def is_masked(control: Control) -> bool:
    """Whether what is written is not to be seen by who looks over somebody's shoulder."""
    return control.kind is ControlKind.TEXT and "masked" in control.appearance


def is_gathered(control: Control) -> bool:
    """Whether its text may come in several messages."""
    return control.kind is ControlKind.TEXT and "multiline" in control.appearance and not is_masked(control)


def question_prompt(walk: Walk, stop: Stop) -> Prompt:
    """The question as it is asked now."""
    kind, control = kind_of(walk, stop), stop.control
    shows_nothing = is_masked(control) or kind is Kind.UPLOAD
    choices = choice_buttons(walk, stop, kind)
    return Prompt(
        place=stop.place,
        revision=walk.session.revision,
        kind=kind,
        language=tag(walk),
        blocks=tuple(_question_blocks(walk, stop, kind)),
        choices=tuple(choices),
        actions=tuple(_actions(walk, stop, kind)),
        value="" if shows_nothing else _value(walk, stop, kind),
        low=control.parameters.get("start", ""),
        high=control.parameters.get("end", ""),
        progress=_progress(walk, stop),
        exhibits=exhibits_of(walk, (*_notes_of(walk, stop), stop.ref)),
        guidance=walk.filled.guidance(stop.ref),
        accepts=SENT.get(control.kind),
        columns=columns_of(control.appearance, len(choices)),
        legend=legend_of(walk, stop),
        first=page_at(walk, stop) * PAGE + 1,
        pages=pages_of(len(narrowed(walk, stop))),
        is_masked=is_masked(control),
        grid=grid_of(walk, stop) or stepper_of(walk, stop),
    )


def _value(walk: Walk, stop: Stop, kind: Kind) -> str:
    """The stored answer; of a text that is being written, what there is of it."""
    written = "\n".join(walk.session.draft) if kind is Kind.MULTILINE else ""
    return written or walk.filled.value(stop.ref) or ""


def _notes_of(walk: Walk, stop: Stop) -> tuple[str, ...]:
    """The notes said with it; those of the first question were said at the welcome."""
    return () if stop is walk.route.stops[0] else stop.notes


def _question_blocks(walk: Walk, stop: Stop, kind: Kind) -> list[Block]:
    notes = note_blocks(walk, _notes_of(walk, stop))
    blocks = [*section_blocks(walk, stop), *table_blocks(walk, stop), *notes]
    blocks.append(Block(Style.PROGRESS, _progress_words(walk, stop)))
    blocks.append(Block(Style.QUESTION, walk.filled.label(stop.ref)))
    hint = walk.filled.hint(stop.ref)
    blocks += [Block(Style.HINT, hint)] if hint else []
    return [*blocks, *_answer_so_far(walk, stop, kind), *how_blocks(walk, stop, kind)]


def _progress(walk: Walk, stop: Stop) -> tuple[int, int]:
    questions = walk.route.questions
    return next(i for i, other in enumerate(questions, 1) if other.place == stop.place), len(questions)


def _progress_words(walk: Walk, stop: Stop) -> str:
    number, total = _progress(walk, stop)
    if number == total:  # what comes after it may depend on the answer
        return walk.phrases.say("Question {number}", number=number)
    return walk.phrases.count(
        "Question {number} of about {total}, {n} minute left",
        "Question {number} of about {total}, {n} minutes left",
        _minutes(walk),
        number=number,
        total=total,
    )


def _minutes(walk: Walk) -> int:
    """What is left, by the kinds of the questions that still wait."""
    met = walk.route.stops
    left = (stop.control.kind for stop in walk.waiting(met))
    return minutes_left(walk.form, left, (stop.control.kind for stop in met))


def _answer_so_far(walk: Walk, stop: Stop, kind: Kind) -> list[Block]:
    value = _value(walk, stop, kind)
    if kind in _DRAFTED:
        return _draft_so_far(walk, stop)
    if kind is Kind.MANY:
        return _draft_so_far(walk, stop) if pages_of(len(offered(walk, stop))) > 1 else []
    if not value:
        return []
    shown = show_answer(asked_at(walk, stop), value)
    is_written = kind is Kind.MULTILINE and bool(walk.session.draft)
    return [Block(Style.ANSWER, _end_of(shown) if is_written else shown)]


def _end_of(text: str) -> str:
    return text if len(text) <= ECHO else f"… {text[-ECHO:].lstrip()}"


def _draft_so_far(walk: Walk, stop: Stop) -> list[Block]:
    joint = ";" if stop.control.kind in lines.LEAST else " "
    draft = joint.join(walk.session.draft)
    return [Block(Style.ANSWER, show_answer(asked_at(walk, stop), draft))] if draft else []


# ---------------------------------------------------------------- buttons


def _actions(walk: Walk, stop: Stop, kind: Kind) -> list[Button]:
    return [*page_actions(walk, stop), *_finishing_actions(walk, stop, kind), *_leaving_actions(walk, stop)]


def _finishing_actions(walk: Walk, stop: Stop, kind: Kind) -> list[Button]:
    say, draft = walk.phrases.say, walk.session.draft
    if kind is Kind.ACKNOWLEDGE:
        return [button(walk, say("OK"), Verb.DONE)]
    if kind is Kind.MANY and draft:
        return [button(walk, say("Done"), Verb.DONE)]
    if kind is Kind.MULTILINE and draft:
        return [button(walk, say("Done"), Verb.DONE), button(walk, say("Undo"), Verb.UNDO, str(len(draft)))]
    if kind in _DRAFTED and draft:
        undo = button(walk, say("Undo"), Verb.UNDO, str(len(draft)))
        is_line = stop.control.kind in lines.LEAST and bool(value_of(stop.control.kind, draft))
        is_whole = len(draft) == len(offered(walk, stop)) or is_line
        return [undo, button(walk, say("Done"), Verb.DONE)] if is_whole else [undo]
    return []


def _leaving_actions(walk: Walk, stop: Stop) -> list[Button]:
    say = walk.phrases.say
    value = walk.filled.value(stop.ref)
    actions = []
    if value and (kind_of(walk, stop) in _PICKED or not walk.session.draft):
        actions.append(button(walk, say("Keep this answer"), Verb.KEEP))
    is_being_written = bool(walk.session.draft) and stop.control.kind is ControlKind.TEXT
    if not walk.filled.is_required(stop.ref) and not is_being_written:
        actions.append(button(walk, say("Delete the answer") if value else say("Skip"), Verb.SKIP))
    if walk.route.before(stop.place) is not None:
        actions.append(button(walk, say("Back"), Verb.BACK))
    if walk.filled.guidance(stop.ref):
        actions.append(button(walk, say("Explanation"), Verb.EXPLAIN))
    if asked_at(walk, stop).signs and is_known(walk, stop):
        actions.append(button(walk, say("What the numbers mean"), Verb.EXPLAIN, SCALE))
    return actions


def repeat_prompt(walk: Walk, stop: Stop) -> Prompt:
    """Whether to add a row, with the number there is."""
    say = walk.phrases.say
    rows = walk.filled.repeat_count(stop.ref)
    label = title_of(walk, (*stop.groups, stop.ref)) if stop.always_titled else walk.filled.label(stop.ref)
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
