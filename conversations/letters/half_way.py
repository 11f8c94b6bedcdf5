"""The letter to people who have begun and not submitted: how far they are, what is left."""

from conversations.letters.facts import Facts
from conversations.letters.sentences import (
    Words,
    joined,
    minutes_left,
    reminder_subject,
    survey_named,
    time_it_takes,
    until,
)
from conversations.protocol import Status


def half_way(facts: Facts) -> Words:
    """How far somebody is, from «agreed» to «all but submitted»."""
    if facts.status is Status.REVIEWING:
        return _before_submission(facts)
    return _in_the_middle(facts) if facts.done else _before_the_first_answer(facts)


def _before_the_first_answer(facts: Facts) -> Words:
    say = facts.phrases.say
    return Words(
        reminder_subject(facts),
        (
            say(
                "Thank you for choosing to take part in the survey {survey}: the first question is ready.",
                survey=survey_named(facts),
            ),
            time_it_takes(facts),
        ),
    )


def _in_the_middle(facts: Facts) -> Words:
    say, count = facts.phrases.say, facts.phrases.count
    return Words(
        reminder_subject(facts),
        (
            joined(
                count(
                    "You have answered {n} of {total} questions in the survey {survey}.",
                    "You have answered {n} of {total} questions in the survey {survey}.",
                    facts.done,
                    total=facts.total,
                    survey=survey_named(facts),
                ),
                minutes_left(facts),
            ),
            joined(
                say("Your answers are saved, and you go on where you stopped. They count once you submit them."),
                until(facts),
            ),
        ),
    )


def _before_submission(facts: Facts) -> Words:
    say = facts.phrases.say
    return Words(
        reminder_subject(facts),
        (
            say(
                "You have been through all the questions in the survey {survey}. One step is left: "
                "a look at the summary, then the button “{button}”.",
                survey=survey_named(facts),
                button=say("Submit my answers"),
            ),
            joined(say("Until then your answers are saved, but do not count."), until(facts)),
        ),
    )
