"""What carries messages out of the outbox, one kind for each channel, and the letter that each of them carries."""

from datetime import datetime
from typing import Protocol

from conversations.forms import FormDefinition
from conversations.letters import Letter, letter_language, occasion_of, write_letter
from storage.postings import Errand, Outcome


class Post(Protocol):
    """A channel on which the system can write on its own."""

    async def send(self, errand: Errand) -> tuple[Outcome, str]:
        """Send it now: what came of it, and the occasion in whose words. Raises StorageError only.

        Takes less time than a lease.
        """


def form_hash_of(errand: Errand) -> str:
    """The version of the questionnaire that the letter is about."""
    return errand.session.form_hash if errand.session else errand.survey.form_hash


def letter_of(errand: Errand, form: FormDefinition, now: datetime) -> Letter:
    """What is to be said to this person at this moment, in the coordinator's own words where there are any."""
    session = errand.session.session if errand.session else None
    person, terms = errand.participant.person, errand.survey.terms
    occasion = occasion_of(errand.kind, session.status if session else None, terms, now)
    return write_letter(
        form,
        terms,
        occasion,
        language=person.language,
        name=person.name,
        session=session,
        now=now.astimezone(errand.survey.zone),
        own=errand.texts.get((occasion, letter_language(form, person.language, session))),
        is_open_again=errand.is_open_again,
    )
