"""What stays in the chat of a place that is done: the question and the answer, nothing to press."""

from conversations import stops
from conversations.prompts.life import welcome_prompt
from conversations.prompts.parts import section_blocks
from conversations.prompts.review import answer_text, entry_of
from conversations.protocol import Block, Entry, Style
from conversations.stops import Stop
from conversations.walk import Walk


def settled_blocks(walk: Walk, place: str) -> tuple[Block, ...]:
    """The blocks of an earlier place; () where nothing is worth keeping."""
    if place == stops.WELCOME:
        return welcome_prompt(walk).blocks
    if place in (stops.REVIEW, stops.SUMMARY):
        return (Block(Style.SECTION, walk.phrases.say("Your answers")),)
    stop = walk.route.at(place) if place.startswith("/") else None
    if stop is None:
        return ()
    return (*section_blocks(walk, stop), *_question_and_answer(walk, stop))


def _question_and_answer(walk: Walk, stop: Stop) -> tuple[Block, ...]:
    if not stop.is_question:
        entry = entry_of(walk, stop, 0)
        return (Block(Style.QUESTION, entry.question), Block(Style.ANSWER, entry.answer))
    question = Block(Style.QUESTION, walk.filled.label(stop.ref))
    if walk.is_open(stop):
        return (question,)
    return (question, Block(Style.ANSWER, answer_text(walk, stop)))


def history_of(walk: Walk) -> tuple[Entry, ...]:
    """Every question that is done, in order, but for the one that stands open to be changed and what was cleared."""
    out_of_sight = {walk.session.place, *walk.session.cleared}
    done = [stop for stop in walk.route.questions if stop.place not in out_of_sight and not walk.is_open(stop)]
    return tuple(entry_of(walk, stop, number) for number, stop in enumerate(done, 1))
