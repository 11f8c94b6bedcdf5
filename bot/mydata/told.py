"""Everything of a person's session and response that is an answer, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from conversations.forms import FormDefinition
from conversations.told_back import Told, told_draft, told_response
from conversations.told_beside import told_of_before, told_unconfirmed
from storage.mydata import Holding
from storage.sessions import StoredSession


@dataclass(frozen=True, slots=True)
class AllTold:
    """`answers` handed in or given so far, each as often as it was changed; `unconfirmed`, and those of `before`."""

    answers: tuple[Told, ...] = ()
    unconfirmed: tuple[Told, ...] = ()
    before: tuple[Told, ...] = ()

    @classmethod
    def of(cls, form: FormDefinition, stored: StoredSession, held: Holding, now: datetime) -> Self:
        """What was handed in; or else the session, unless it is empty."""
        terms, session = stored.survey.terms, stored.session
        if held.response:
            given = [(ref, value) for ref, value in held.response[0]["answers"]]
            return cls(told_response(form, terms, session, given, now=now))
        if not session.filled:
            return cls()
        return cls(
            told_draft(form, terms, session, held.history, now=now),
            told_unconfirmed(form, terms, session, now=now),
            told_of_before(form, terms, session, now=now),
        )
