"""The letters about the end of a survey: that it comes, that it has come."""

from conversations.letters.facts import Facts
from conversations.letters.sentences import Words, joined, minutes_left, survey_named
from conversations.protocol import Status


def last_day(facts: Facts) -> Words:
    """When it closes, and what each could still do until then."""
    say, title = facts.phrases.say, facts.terms.title
    if not facts.deadline:
        subject = say("{title}: about to close", title=title)
        closes = say("The survey {survey} is about to close.", survey=survey_named(facts))
    else:
        subject = say("{title}: open until {deadline}", title=title, deadline=facts.deadline)
        closes = say("The survey {survey} closes on {deadline}.", survey=survey_named(facts), deadline=facts.deadline)
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
        here = joined(here, minutes_left(facts))
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
    if facts.status is Status.ANSWERING:
        return count(
            "You have chosen to take part: it takes about {n} minute.",
            "You have chosen to take part: it takes about {n} minutes.",
            facts.minutes,
        )
    return count(
        "You have already opened the invitation: if you would like to take part, it takes about {n} minute.",
        "You have already opened the invitation: if you would like to take part, it takes about {n} minutes.",
        facts.minutes,
    )


def closed(facts: Facts) -> Words:
    """It is over; what that means for answers that were not submitted."""
    say, survey = facts.phrases.say, survey_named(facts)
    over = say("The survey {survey} has closed.", survey=survey)
    if facts.is_over:
        over = say("The survey {survey} closed on {deadline}.", survey=survey, deadline=facts.deadline)
    counted = say("Answers that had not been submitted are not part of the results.")
    thanks = say("Thank you for your attention.")
    if facts.done and facts.status is not Status.SUBMITTED:
        counted = say("Your answers had not been submitted, and so they are not part of the results.")
        thanks = say("Thank you for the time you have given.")
    return Words(say("{title}: the survey has closed", title=facts.terms.title), (over, counted, thanks))
