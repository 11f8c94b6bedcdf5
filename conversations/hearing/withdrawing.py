"""Somebody takes back the answers: asked first, then all is erased as if the questionnaire had never been begun.

The question is a place of its own, so that nothing typed under it is taken for an answer to another question.
"""

from conversations import stops
from conversations.codes import Press, Verb
from conversations.hearing.detour import keep_place
from conversations.hearing.outcome import Outcome, notice
from conversations.machine import allows
from conversations.protocol import Session, Status, Withdrawn
from conversations.session import FormSession
from conversations.walk import Walk

_HOME = {Status.REVIEWING: stops.REVIEW, Status.STOPPED: stops.STOPPED, Status.SUBMITTED: stops.RECEIPT}
"""Where somebody stands who does not answer questions."""


def ask_whether(walk: Walk) -> Outcome:
    """Stand at the question; where there are no answers there is nothing to ask."""
    if not allows(walk.session.status, "withdraw"):
        return notice(walk.phrases.say("There are no answers of yours in this survey, so there is nothing to erase."))
    if walk.session.status is Status.ANSWERING:
        keep_place(walk)
    walk.go(stops.WITHDRAWAL)
    return Outcome(asks_again=True)


def leave_withdrawal(walk: Walk) -> bool:
    """Whether the question stood, and the session is where it was before."""
    if walk.session.place != stops.WITHDRAWAL:
        return False
    home = _HOME.get(walk.session.status)
    if home is None:
        walk.go_on()
    else:
        walk.go(home)
    return True


def hear_whether(walk: Walk, press: Press) -> Outcome:
    """Erase, or go on as if nothing had been asked; an old button only asks again."""
    if not allows(walk.session.status, "withdraw"):
        return Outcome(toast=walk.phrases.say("This has already been done."))
    if press.verb is not Verb.WITHDRAW:
        leave_withdrawal(walk)
        return Outcome(toast=walk.phrases.say("Your answers stay as they are."), asks_again=True)
    return _erase(walk) if walk.session.place == stops.WITHDRAWAL else ask_whether(walk)


def say_nothing_is_erased(walk: Walk) -> Outcome:
    """Words that are neither of the two answers; a mere yes is too little for what cannot be undone."""
    say = walk.phrases.say
    words = say(
        "Nothing has been erased. Press one of the two buttons, or write “{erase}” or “{keep}”.",
        erase=say("Erase my answers"),
        keep=say("Keep my answers"),
    )
    return notice(words)


def _erase(walk: Walk) -> Outcome:
    walk.move("withdraw")
    _forget_all(walk)
    walk.changes.append(Withdrawn())
    say = walk.phrases.say
    lines = [
        say("Your answers have been erased. It stays noted that you were invited and do not take part."),
        say("/clean empties this chat, too."),
    ]
    return notice("\n".join(lines))


def _forget_all(walk: Walk) -> None:
    session = walk.session
    filled = FormSession.start(walk.form, now=walk.now, language=session.language, seed=session.seed)
    walk.session = Session(
        status=session.status,
        language=session.language,
        seed=session.seed,
        revision=session.revision,
        place=stops.DECLINED,
        filled=filled.snapshot(),
        unknown=session.unknown,
    )
    walk.take_over(Walk(walk.form, walk.terms, walk.session, walk.now))
