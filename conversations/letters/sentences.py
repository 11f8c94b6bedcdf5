"""What letters are made of: a subject with paragraphs, and the sentences that several of them say."""

from dataclasses import dataclass

from conversations.letters.facts import Facts
from conversations.prompts.life import duration
from conversations.protocol import Status


@dataclass(frozen=True, slots=True)
class Words:
    """A subject that tells nothing of the person, and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


def survey_named(facts: Facts) -> str:
    """The survey's name and who asks, as it stands within a sentence."""
    say, terms = facts.phrases.say, facts.terms
    if not terms.sender:
        return say("“{title}”", title=terms.title)
    return say("“{title}” ({sender})", title=terms.title, sender=terms.sender)


def joined(*sentences: str) -> str:
    """Sentences as one paragraph; "" is none."""
    return " ".join(sentence for sentence in sentences if sentence)


def until(facts: Facts) -> str:
    """Until when one can answer; "" where nothing is known, and to who has answered already."""
    if not facts.deadline or facts.status is Status.SUBMITTED:
        return ""
    return facts.phrases.say("You can answer until {deadline}.", deadline=facts.deadline)


def reminder_subject(facts: Facts) -> str:
    """The same to everybody: logs of mail servers and locked screens show it, not how far somebody is."""
    return facts.phrases.say("{title}: a reminder", title=facts.terms.title)


def time_it_takes(facts: Facts) -> str:
    """How long it takes, that it can be interrupted, until when."""
    return joined(duration(facts.phrases, facts.minutes), until(facts))


def minutes_left(facts: Facts) -> str:
    """How long what is still open takes."""
    return facts.phrases.count("About {n} minute is left.", "About {n} minutes are left.", facts.minutes)
