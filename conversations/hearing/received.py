"""Places and files, and what can be neither read nor stored."""

from conversations.answers import lines
from conversations.answers.coordinates import Point, find_points, stored
from conversations.answers.geopoint import nowhere
from conversations.answers.sent import fits, not_taken
from conversations.drafts import value_of
from conversations.forms import ControlKind
from conversations.hearing.answering import give_answer, say_answer
from conversations.hearing.outcome import NOTHING, Outcome, notice, too_late
from conversations.phrases import N_
from conversations.prompts.offers import asked_at
from conversations.protocol import Located, Media, NotReceived, Sent, Status, Trouble, Unreadable
from conversations.sent_kinds import SENT
from conversations.stops import Stop
from conversations.walk import Walk

MOST_POINTS = 500
_PLACES = (ControlKind.GEOPOINT, *lines.LEAST)

_THINGS = {
    "sticker": N_("a sticker"),
    "voice": N_("a voice message"),
    "audio": N_("an audio file"),
    "photo": N_("a picture"),
    "video": N_("a video"),
    "document": N_("a file"),
    "contact": N_("a contact"),
    "location": N_("a location"),
}
_NAMES = {Media.IMAGE: "photo", Media.AUDIO: "audio", Media.VIDEO: "video", Media.FILE: "document"}


def hear_located(walk: Walk, located: Located) -> Outcome:
    """A place: the answer, or one more point of it."""
    stop, point = _question(walk), Point(located.latitude, located.longitude, 0.0, max(located.accuracy, 0.0))
    if stop is None or stop.control.kind not in _PLACES:
        return hear_unreadable(walk, Unreadable("location"))
    if not point.exists:
        return notice(nowhere(asked_at(walk, stop), ""))
    return _add(walk, (point,)) if stop.control.kind in lines.LEAST else give_answer(walk, stop, stored(point))


def say_points(walk: Walk, stop: Stop, text: str) -> Outcome:
    """Coordinates that were written at a line: more points of it."""
    points = find_points(text)
    return _add(walk, points) if points else say_answer(walk, stop, text)


def finish_line(walk: Walk, stop: Stop) -> Outcome:
    """Take the points sent so far as the answer."""
    value = value_of(stop.control.kind, walk.session.draft)
    return give_answer(walk, stop, value) if value else notice(lines.too_few(asked_at(walk, stop)))


def _add(walk: Walk, points: tuple[Point, ...]) -> Outcome:
    new = tuple(stored(point) for point in points)
    if len(walk.session.draft) + len(new) > MOST_POINTS:
        return notice(walk.phrases.say("That is too many points: at most {n}, please.", n=MOST_POINTS))
    walk.set(draft=(*walk.session.draft, *new))
    return NOTHING


def hear_sent(walk: Walk, heard: Sent) -> Outcome:
    """A file: the answer, if it is of the sort that is wanted."""
    stop = _question(walk)
    if heard.place is not None and heard.place != walk.session.place:
        return notice(walk.phrases.say("That page was out of date, so nothing was changed. Here is where you are."))
    if stop is None or not fits(stop.control.kind, heard.media):
        return hear_unreadable(walk, Unreadable(_NAMES[heard.media]))
    outcome = give_answer(walk, stop, heard.name)
    if outcome.notices or not heard.of_several:
        return outcome
    return notice(walk.phrases.say("One answer is one file, so only the first one was taken."), *outcome.actions)


def hear_not_received(walk: Walk, heard: NotReceived) -> Outcome:
    """Say why, and what can be done."""
    say = walk.phrases.say
    if heard.trouble is Trouble.TOO_LARGE:
        return notice(say("This file is too large: at most {n} MB, please.", n=heard.most))
    return notice(say("The file did not arrive here. Please send it once more; your other answers are safe."))


def hear_unreadable(walk: Walk, heard: Unreadable) -> Outcome:
    """A kind sentence, which says what is wanted; nothing is changed."""
    stop = _question(walk)
    if stop is not None and stop.control.kind in SENT:
        return notice(not_taken(asked_at(walk, stop)))
    if walk.session.status is Status.SUBMITTED:
        return too_late(walk)
    say = walk.phrases.say
    thing = say(_THINGS[heard.kind]) if heard.kind in _THINGS else say("this kind of message")
    if stop is None:
        return notice(say("I cannot read {thing} here. Please press a button.", thing=thing))
    return notice(say("I cannot read {thing} here. Please write your answer or press a button.", thing=thing))


def _question(walk: Walk) -> Stop | None:
    stop = walk.stop if walk.session.status is Status.ANSWERING else None
    return stop if stop is not None and stop.is_question else None
