"""A long text that is sent message by message: put together until it is said to be done.

A form of the web sends it in one piece.
"""

from conversations.answers.cleaning import LONGEST
from conversations.hearing.answering import say_answer
from conversations.hearing.outcome import NOTHING, Outcome, notice
from conversations.prompts.question import is_gathered
from conversations.protocol import Typed
from conversations.stops import Stop
from conversations.walk import Walk

MOST_MESSAGES = 100


def is_piece(stop: Stop, typed: Typed) -> bool:
    """Whether more may follow."""
    return typed.place is None and is_gathered(stop.control)


def gather(walk: Walk, stop: Stop, typed: Typed) -> Outcome:
    """One more piece."""
    draft = walk.session.draft
    if len(draft) >= MOST_MESSAGES:
        return notice(walk.phrases.say("That is too many messages: please press “Done”."))
    if len("\n".join((*draft, typed.text))) > LONGEST:
        return notice(_too_long(walk))
    if not draft:
        walk.forget(stop.place)
    walk.remember(typed.message, stop.place)
    walk.set(draft=(*draft, typed.text))
    return Outcome(asks_again=True)


def _too_long(walk: Walk) -> str:
    return walk.phrases.say(
        "That message was not added: the limit is {n} characters in all. Please send a shorter one, or press “{done}”.",
        n=LONGEST,
        done=walk.phrases.say("Done"),
    )


def finish_text(walk: Walk, stop: Stop) -> Outcome:
    """Take the pieces as the answer; a text that is refused can be mended piece by piece."""
    draft = walk.session.draft
    if not draft:
        return NOTHING
    outcome = say_answer(walk, stop, "\n".join(draft))
    if outcome.notices and walk.session.place == stop.place:
        walk.set(draft=draft)
    return outcome


def mended_pieces(walk: Walk, place: str, message: str, text: str, pieces: tuple[str, ...]) -> tuple[str, ...]:
    """The pieces with the one that came under `message` replaced; () where it cannot be told which that is."""
    messages = [known for known, at in walk.session.typed if at == place]
    if len(messages) != len(pieces):
        return ()
    return tuple(text if known == message else piece for known, piece in zip(messages, pieces, strict=True))
