"""/help: what can be done here and now, and which survey the commands are about."""

from conversations.hearing.outcome import WALKING, Outcome, notice
from conversations.machine import allows
from conversations.walk import Walk


def tell_help(walk: Walk) -> Outcome:
    """Only what is of use in this status; the contact last."""
    lines = [*_of_answering(walk), *_of_the_chat(walk), *_of_the_survey(walk)]
    if walk.terms.contact:
        lines.append(walk.phrases.say("For questions about the survey: {contact}", contact=walk.terms.contact))
    return notice("\n".join(lines))


def _of_answering(walk: Walk) -> list[str]:
    if walk.session.status not in WALKING:
        return []
    say = walk.phrases.say
    return [
        say("Press a button, or write your answer: also the number or the words of a choice."),
        say(
            "/back returns to the question before. /summary shows your answers at any time; you can change any of them."
        ),
        say("/status says how far you are. You can stop at any time: what you have answered is saved."),
    ]


def _of_the_chat(walk: Walk) -> list[str]:
    say = walk.phrases.say
    has_answers = allows(walk.session.status, "withdraw")
    clean = say("/clean clears this chat; your answers stay saved.") if has_answers else say("/clean clears this chat.")
    return [
        say("/surveys lists your surveys, if you have several."),
        say("/language changes the language, /privacy tells how your answers are protected."),
        clean,
    ]


def _of_the_survey(walk: Walk) -> list[str]:
    say = walk.phrases.say
    lines = [
        say("For the survey “{title}”:", title=walk.terms.title),
        say("/stop ends its messages."),
        say("/mydata gives you a file with all that is stored about you."),
    ]
    if allows(walk.session.status, "withdraw"):
        lines.append(say("/withdraw erases your answers, after a question."))
    return lines
