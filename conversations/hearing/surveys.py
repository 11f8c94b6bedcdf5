"""The surveys of one person: the list of them, the way to another one, and its buttons pressed in this one."""

from dataclasses import replace

from conversations import stops
from conversations.codes import Verb, make_code
from conversations.hearing.outcome import Outcome, notice
from conversations.phrases import Phrases
from conversations.protocol import Beside, Block, Button, Session, Status, Style
from conversations.walk import Walk


def tell_surveys(walk: Walk, beside: tuple[Beside, ...]) -> Outcome:
    """Each with how far the person is, this one first; a button to each of the others."""
    say = walk.phrases.say
    here = say("“{title}”, where you are now: {how_far}", title=walk.terms.title, how_far=_so_far(walk))
    others = [
        say("“{title}”: {how_far}", title=one.title, how_far=_how_far(walk.phrases, one.session, is_open=one.is_open))
        for one in beside
    ]
    head = walk.phrases.count("You have one survey here.", "You have {n} surveys here.", 1 + len(beside))
    lines = [head, *(f"{number}. {line}" for number, line in enumerate((here, *others), start=1))]
    return Outcome((Block(Style.NOTICE, "\n".join(lines)),), _ways(walk, beside))


def arrive(walk: Walk) -> Outcome:
    """Here from another survey: which one this is, and how far it has come."""
    say = walk.phrases.say
    if walk.session.status is Status.SUBMITTED:
        return notice(_so_far(walk))
    here = say("This is the survey “{title}”: {how_far}", title=walk.terms.title, how_far=_so_far(walk))
    return replace(notice(here), asks_again=True)


def belongs_to(walk: Walk, other: Beside) -> Outcome:
    """A button of another survey: whose it is, and the way there if there is anything to do."""
    say = walk.phrases.say
    how_far = _how_far(walk.phrases, other.session, is_open=other.is_open)
    words = say("This button belongs to the survey “{title}”: {how_far}", title=other.title, how_far=how_far)
    return notice(words, *_ways(walk, (other,)))


def edited_elsewhere(walk: Walk, other: Beside) -> Outcome:
    """A message was corrected that gave an answer in another survey: which, and the way there if it is open."""
    say = walk.phrases.say
    if not other.is_open:
        words = say(
            "The message that you have edited is an answer in the survey “{title}”, which is not open now: "
            "nothing has been changed.",
            title=other.title,
        )
        return notice(words)
    words = say(
        "The message that you have edited is an answer in the survey “{title}”, so nothing has been changed yet. "
        "Go there, and edit it once more.",
        title=other.title,
    )
    return notice(words, *_ways(walk, (other,)))


def _ways(walk: Walk, beside: tuple[Beside, ...]) -> tuple[Button, ...]:
    say = walk.phrases.say
    return tuple(
        Button(say("Go to “{title}”", title=one.title), make_code(one.session.seed, stops.SURVEYS, Verb.SWITCH))
        for one in beside
    )


def _so_far(walk: Walk) -> str:
    return _how_far(walk.phrases, replace(walk.session, progress=walk.progress()), is_open=True)


def _how_far(phrases: Phrases, session: Session, *, is_open: bool) -> str:
    """The rest of a sentence that begins with the survey's name."""
    say, (done, total) = phrases.say, session.progress
    if session.status is Status.SUBMITTED:
        return say("your answers have been submitted.")
    if not is_open:
        return say("not open now.")
    if session.status is Status.NOTIFIED:
        return say("not begun yet.")
    if session.status is Status.DECLINED:
        return say("you are not taking part.")
    if session.status is Status.STOPPED:
        return say("stopped, {done} of about {total} questions answered.", done=done, total=total)
    return say("{done} of about {total} questions answered.", done=done, total=total)
