"""Whether an answer stands in the chat already, as the respondent wrote it: then nothing need repeat it."""

from conversations.answers.cleaning import folded
from conversations.codes import Verb, read_code
from conversations.forms import ControlKind
from conversations.picked import whole_length
from conversations.prompts.offers import offered
from conversations.prompts.question import is_gathered, is_masked
from conversations.prompts.review import answer_text
from conversations.prompts.stepping import ladder_of
from conversations.protocol import Heard, Pressed, Session, Status, Typed
from conversations.stops import Stop
from conversations.walk import Walk

WRITTEN = {
    ControlKind.TEXT,
    ControlKind.INTEGER,
    ControlKind.DECIMAL,
    ControlKind.DATE,
    ControlKind.TIME,
    ControlKind.DATETIME,
    ControlKind.BARCODE,
}


def is_verbatim(walk: Walk, before: Session, heard: Heard) -> bool:
    """After something was heard without a refusal: whether it was an answer that reads as it was written.

    A question with a calendar or numbers to press is none of these: its buttons would stay above the answer.
    """
    stop = walk.route.at(before.place) if before.status is Status.ANSWERING and before.filled else None
    if stop is None or not stop.is_question or is_masked(stop.control):
        return False
    if is_gathered(stop.control):
        return _is_first_piece(walk, before, heard) or _ends_pieces(walk, before, heard)
    if not isinstance(heard, Typed) or not heard.message:
        return False
    is_gone_on = walk.session.place != before.place and not _can_be_pressed(walk, stop)
    return is_gone_on and reads_as(walk, stop, heard.text)


def _can_be_pressed(walk: Walk, stop: Stop) -> bool:
    return bool(whole_length(stop.control) or ladder_of(stop.control) or offered(walk, stop))


def reads_as(walk: Walk, stop: Stop, text: str) -> bool:
    """Whether the stored answer of a written question says what that text does."""
    return stop.control.kind in WRITTEN and folded(answer_text(walk, stop)) == folded(text)


def _is_first_piece(walk: Walk, before: Session, heard: Heard) -> bool:
    return isinstance(heard, Typed) and bool(heard.message) and not before.draft and walk.session.place == before.place


def _ends_pieces(walk: Walk, before: Session, heard: Heard) -> bool:
    press = read_code(heard.code) if isinstance(heard, Pressed) else None
    is_done = press is not None and press.verb is Verb.DONE
    return is_done and bool(before.draft) and walk.session.place != before.place
