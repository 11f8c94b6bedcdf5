"""Messages that are to be sent, as the outbox would hand them over, without any database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.mail.message import Mail, MailPlace, compose
from bot.post import letter_of
from conversations.letters import Occasion, OwnWords
from conversations.protocol import Mode, WaveKind
from storage.postings import Errand, Ticket
from storage.register import Participant, Person
from storage.surveys import Survey
from storage.tokens import invitation_token, token_hash
from tests.sheets import form

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=ROME)
SECRET = b"a secret of the tests, long enough"
ADA = "0123456789abcdef0123456789abcdef"
TEA = form("""
| survey   |
|          | type    | name | label::Italiano (it) | label::English (en) |
|          | text    | name | Come si chiama?      | What is your name?  |
|          | integer | cups | Quante tazze?        | How many cups?      |
| settings |
|          | form_title | form_id | version | default_language |
|          | Il tè      | tea     | 1       | Italiano (it)    |
""")
SURVEY = Survey(
    id=7,
    name="tea",
    title="Il tè in ufficio",
    form_hash=TEA.hash,
    mode=Mode.CONFIDENTIAL,
    sender="Città metropolitana",
    contact="indagine@example.org",
    timezone="Europe/Rome",
    opens_at=None,
    closes_at=datetime(2026, 12, 18, 23, 59, tzinfo=ROME),
    opened_at=NOW,
    closed_at=None,
)
PERSON = Person("P1", "Ada Bianchi", "ada@example.net", "it")
PLACE = MailPlace("https://survey.example.org", SECRET, "survey@example.org", "bounces@example.org", reads_returns=True)


def errand(
    kind: WaveKind | None = WaveKind.INVITATION,
    *,
    occasion: str = "w12",
    person: Person = PERSON,
    survey: Survey = SURVEY,
    attempt: int = 1,
    texts: Mapping[tuple[Occasion, str], OwnWords] | None = None,
) -> Errand:
    """The message of this occasion to this person, who has not come yet."""
    token = invitation_token(SECRET, survey.id, ADA, 0)
    participant = Participant(ADA, survey.id, 0, token_hash(token), person)
    return Errand(Ticket(ADA, occasion, "email", 0.0), attempt, kind, survey, participant, None, "", texts or {}, NOW)


def composed(given: Errand | None = None, place: MailPlace = PLACE) -> Mail:
    """The message as it would leave."""
    given = given or errand()
    return compose(letter_of(given, TEA, NOW), given, place, now=NOW)


def to(email: str, **changes: object) -> Errand:
    """A message to this address."""
    return errand(person=replace(PERSON, email=email, **changes))
