"""The letters to people who have not begun: what it is about, how long it takes, that they decide."""

from conversations.letters.facts import Facts
from conversations.letters.sentences import Words, joined, reminder_subject, survey_named, time_it_takes, until
from conversations.prompts.life import mode_sentence
from conversations.protocol import Status


def invitation(facts: Facts) -> Words:
    """Who asks, about what, why it is worth it, how long it takes, how answers are protected."""
    say, terms = facts.phrases.say, facts.terms
    invites = say("You are invited to take part in the survey {survey}.", survey=survey_named(facts))
    if terms.sender:
        invites = say("{sender} invites you to take part in the survey “{title}”.", **_named(facts))
    return Words(
        say("{title}: your invitation", title=terms.title),
        (
            joined(invites, say("The questions come one at a time, as in a conversation, on your phone or computer.")),
            say("The results can speak for everybody invited only if many answer: your view counts, whatever it is."),
            time_it_takes(facts),
            joined(mode_sentence(facts.phrases, terms.mode), say("Taking part is voluntary.")),
        ),
    )


def _named(facts: Facts) -> dict[str, str]:
    return {"sender": facts.terms.sender, "title": facts.terms.title}


def not_opened(facts: Facts) -> Words:
    """Nothing is known to have been read: the invitation once more, in short."""
    say = facts.phrases.say
    return Words(
        reminder_subject(facts),
        (
            say(
                "You were invited to take part in the survey {survey}. Your personal link is still valid.",
                survey=survey_named(facts),
            ),
            time_it_takes(facts),
            say("Opening the link commits you to nothing: first you read what it is about, then you decide."),
        ),
    )


def opened(facts: Facts) -> Words:
    """It was read and not answered: two ways on, both easy."""
    say = facts.phrases.say
    return Words(
        reminder_subject(facts),
        (
            say(
                "You have already opened the invitation to the survey {survey}: you can begin whenever you like.",
                survey=survey_named(facts),
            ),
            time_it_takes(facts),
            say("If you prefer not to take part, you can say so on the first page: we will not write to you again."),
        ),
    )


def new_link(facts: Facts) -> Words:
    """A link that takes the place of the one before."""
    say = facts.phrases.say
    return Words(
        say("{title}: your new personal link", title=facts.terms.title),
        (
            say("Here is a new personal link to the survey {survey}.", survey=survey_named(facts)),
            joined(_what_it_does(facts), until(facts)),
            say("If you have not asked for it, there is nothing you need to do."),
        ),
    )


def _what_it_does(facts: Facts) -> str:
    if facts.status is Status.SUBMITTED:
        return facts.phrases.say("You have already submitted your answers: with this link you can see your receipt.")
    return facts.phrases.say("As soon as you use it, the one before stops working. Answers already given stay saved.")
