"""Our words for each occasion: a subject, and a few short paragraphs that press nobody."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.letters.facts import Facts
from conversations.letters.occasion import Occasion
from conversations.prompts.life import duration, mode_sentence
from conversations.protocol import Status


@dataclass(frozen=True, slots=True)
class Words:
    """A subject without an answer in it, and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


def our_words(occasion: Occasion, facts: Facts) -> Words:
    """What we say on this occasion."""
    return _WORDS[occasion](facts)


def _survey(facts: Facts) -> str:
    """The survey's name and who asks, as it stands within a sentence."""
    say, terms = facts.phrases.say, facts.terms
    if not terms.sender:
        return say("“{title}”", title=terms.title)
    return say("“{title}” ({sender})", title=terms.title, sender=terms.sender)


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _until(facts: Facts) -> str:
    return facts.phrases.say("You can answer until {deadline}.", deadline=facts.deadline) if facts.deadline else ""


def _time_it_takes(facts: Facts) -> str:
    return _joined(duration(facts.phrases, facts.minutes), _until(facts))


# ---------------------------------------------------------------- before the first question


def _invitation(facts: Facts) -> Words:
    say, terms = facts.phrases.say, facts.terms
    invites = say("You are invited to take part in the survey {survey}.", survey=_survey(facts))
    if terms.sender:
        invites = say("{sender} invites you to take part in the survey “{title}”.", **_named(facts))
    return Words(
        say("{title}: your invitation", title=terms.title),
        (
            _joined(invites, say("The questions come one at a time, as in a conversation, on your phone or computer.")),
            say("The results can speak for everybody invited only if many answer: your view counts, whatever it is."),
            _time_it_takes(facts),
            _joined(mode_sentence(facts.phrases, terms.mode), say("Taking part is voluntary.")),
        ),
    )


def _named(facts: Facts) -> dict[str, str]:
    return {"sender": facts.terms.sender, "title": facts.terms.title}


def _not_opened(facts: Facts) -> Words:
    say = facts.phrases.say
    return Words(
        say("{title}: your invitation is still valid", title=facts.terms.title),
        (
            say(
                "You were invited to take part in the survey {survey}. Your personal link is still valid.",
                survey=_survey(facts),
            ),
            _time_it_takes(facts),
            say("Opening the link commits you to nothing: first you read what it is about, then you decide."),
        ),
    )


def _opened(facts: Facts) -> Words:
    say = facts.phrases.say
    return Words(
        say("{title}: would you like to take part?", title=facts.terms.title),
        (
            say(
                "You have already opened the invitation to the survey {survey}: you can begin whenever you like.",
                survey=_survey(facts),
            ),
            _time_it_takes(facts),
            say(
                "If you prefer not to take part, it is enough to choose “{button}”: we will not write to you again.",
                button=say("No, thank you"),
            ),
        ),
    )


def _new_link(facts: Facts) -> Words:
    say = facts.phrases.say
    return Words(
        say("{title}: your new personal link", title=facts.terms.title),
        (
            say("Here is a new personal link to the survey {survey}.", survey=_survey(facts)),
            _joined(
                say("As soon as you use it, the one before stops working. Answers already given stay saved."),
                _until(facts),
            ),
            say("If you have not asked for it, there is nothing you need to do."),
        ),
    )


# ---------------------------------------------------------------- on the way


def _half_way(facts: Facts) -> Words:
    if facts.status is Status.REVIEWING:
        return _before_submission(facts)
    return _in_the_middle(facts) if facts.done else _before_the_first_answer(facts)


def _before_the_first_answer(facts: Facts) -> Words:
    say = facts.phrases.say
    return Words(
        say("{title}: you can begin whenever you like", title=facts.terms.title),
        (
            say(
                "Thank you for choosing to take part in the survey {survey}: the first question is ready.",
                survey=_survey(facts),
            ),
            _time_it_takes(facts),
        ),
    )


def _in_the_middle(facts: Facts) -> Words:
    say, count = facts.phrases.say, facts.phrases.count
    return Words(
        count(
            "{title}: you have answered {n} of {total} questions",
            "{title}: you have answered {n} of {total} questions",
            facts.done,
            title=facts.terms.title,
            total=facts.total,
        ),
        (
            _joined(
                count(
                    "You have answered {n} of {total} questions in the survey {survey}.",
                    "You have answered {n} of {total} questions in the survey {survey}.",
                    facts.done,
                    total=facts.total,
                    survey=_survey(facts),
                ),
                _minutes_left(facts),
            ),
            _joined(
                say("Your answers are saved, and you go on where you stopped. They count once you submit them."),
                _until(facts),
            ),
        ),
    )


def _minutes_left(facts: Facts) -> str:
    return facts.phrases.count("About {n} minute is left.", "About {n} minutes are left.", facts.minutes)


def _before_submission(facts: Facts) -> Words:
    say = facts.phrases.say
    return Words(
        say("{title}: only the submission is missing", title=facts.terms.title),
        (
            say(
                "You have been through all the questions in the survey {survey}. One step is left: "
                "a look at the summary, then the button “{button}”.",
                survey=_survey(facts),
                button=say("Submit my answers"),
            ),
            _joined(say("Until then your answers are saved, but do not count."), _until(facts)),
        ),
    )


# ---------------------------------------------------------------- the end


def _last_day(facts: Facts) -> Words:
    say, title = facts.phrases.say, facts.terms.title
    if not facts.deadline:
        subject = say("{title}: about to close", title=title)
        closes = say("The survey {survey} is about to close.", survey=_survey(facts))
    else:
        subject = say("{title}: open until {deadline}", title=title, deadline=facts.deadline)
        closes = say("The survey {survey} closes on {deadline}.", survey=_survey(facts), deadline=facts.deadline)
    return Words(subject, (closes, *_what_is_left(facts)))


def _what_is_left(facts: Facts) -> tuple[str, ...]:
    say, count = facts.phrases.say, facts.phrases.count
    if facts.status is Status.REVIEWING:
        here = say("You have been through all the questions: only the submission is missing.")
    elif facts.done:
        here = count(
            "You have answered {n} of {total} questions.",
            "You have answered {n} of {total} questions.",
            facts.done,
            total=facts.total,
        )
        here = _joined(here, _minutes_left(facts))
    else:
        return (_still_to_begin(facts), say("After that it will no longer be possible to answer."))
    return (here, say("Only what has been submitted by then counts."))


def _still_to_begin(facts: Facts) -> str:
    count = facts.phrases.count
    if facts.status is None:
        return count(
            "If you would like to take part, your personal link is valid until then. It takes about {n} minute.",
            "If you would like to take part, your personal link is valid until then. It takes about {n} minutes.",
            facts.minutes,
        )
    return count(
        "You have already opened the invitation: if you would like to take part, it takes about {n} minute.",
        "You have already opened the invitation: if you would like to take part, it takes about {n} minutes.",
        facts.minutes,
    )


def _closed(facts: Facts) -> Words:
    say, survey = facts.phrases.say, _survey(facts)
    over = say("The survey {survey} has closed.", survey=survey)
    if facts.is_over:
        over = say("The survey {survey} closed on {deadline}.", survey=survey, deadline=facts.deadline)
    counted = say("Answers that had not been submitted are not part of the results.")
    thanks = say("Thank you for your attention.")
    if facts.done and facts.status is not Status.SUBMITTED:
        counted = say("Your answers had not been submitted, and so they are not part of the results.")
        thanks = say("Thank you for the time you have given.")
    return Words(say("{title}: the survey has closed", title=facts.terms.title), (over, counted, thanks))


_WORDS: dict[Occasion, Callable[[Facts], Words]] = {
    Occasion.INVITATION: _invitation,
    Occasion.NOT_OPENED: _not_opened,
    Occasion.OPENED: _opened,
    Occasion.HALF_WAY: _half_way,
    Occasion.LAST_DAY: _last_day,
    Occasion.CLOSED: _closed,
    Occasion.NEW_LINK: _new_link,
}
