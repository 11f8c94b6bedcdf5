"""Somebody takes back the answers: asked first, then all is erased as if the questionnaire had never been begun."""

from conversations import stops
from conversations.codes import Press, Verb, make_code
from conversations.hearing.outcome import Outcome, notice
from conversations.machine import allows
from conversations.protocol import Button, Session, Status, Withdrawn
from conversations.session import FormSession
from conversations.walk import Walk


def ask_whether(walk: Walk) -> Outcome:
    """What it means, and the two ways; where there are no answers there is nothing to ask."""
    say = walk.phrases.say
    if not allows(walk.session.status, "withdraw"):
        return notice(say("There are no answers of yours in this survey, so there is nothing to erase."))
    lines = [
        say("Do you want to withdraw from the survey “{title}”?", title=walk.terms.title),
        say("All your answers will be erased for good, and you will receive no more messages about it."),
    ]
    if walk.session.status is Status.SUBMITTED:
        lines.append(say("What has already been published or exported stays as it is."))
    lines.append(say("Nothing is erased until you press the button."))
    seed = walk.session.seed
    return notice(
        "\n".join(lines),
        Button(say("Erase my answers"), make_code(seed, stops.WITHDRAWAL, Verb.WITHDRAW)),
        Button(say("Keep my answers"), make_code(seed, stops.WITHDRAWAL, Verb.KEEP)),
    )


def hear_whether(walk: Walk, press: Press) -> Outcome:
    """Erase, or go on as if nothing had been asked."""
    if not allows(walk.session.status, "withdraw"):
        return Outcome(toast=walk.phrases.say("This has already been done."))
    if press.verb is not Verb.WITHDRAW:
        return Outcome(toast=walk.phrases.say("Your answers stay as they are."), asks_again=True)
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
