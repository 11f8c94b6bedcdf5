"""One letter to one person: ours or the coordinator's words, as an e-mail or a chat says them."""

from dataclasses import dataclass
from datetime import datetime

from conversations.codes import Verb, make_code
from conversations.forms import FormDefinition
from conversations.languages import language_of, tag_of
from conversations.letters.facts import Facts, facts_of
from conversations.letters.occasion import Occasion
from conversations.letters.own_words import OwnWords, filled, paragraphs_of
from conversations.letters.sentences import Words
from conversations.letters.words import our_words
from conversations.phrases import phrases_for
from conversations.protocol import Block, Button, Kind, Prompt, Session, Status, Style, Terms
from conversations.stops import REMINDER


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said, without a link.

    `language` is a tag. `paragraphs` begin with the greeting. `closing` is for an e-mail, below its links: whom to ask,
    and that reminders can be turned off, where there may be any. `prompt` is what a chat shows instead, None without a
    session.
    """

    occasion: Occasion
    language: str
    subject: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]
    prompt: Prompt | None


def letter_language(form: FormDefinition, wish: str, session: Session | None) -> str:
    """The tag of the language to write in: that of the session, else the wish as far as the questionnaire has it."""
    return tag_of(session.language if session else language_of(form, wish)) or "en"


def write_letter(  # noqa: PLR0913 - a letter has that many sides
    form: FormDefinition,
    terms: Terms,
    occasion: Occasion,
    *,
    language: str,
    name: str,
    session: Session | None,
    now: datetime,
    own: OwnWords | None = None,
    is_open_again: bool = False,
) -> Letter:
    """The letter; raises for nothing that a register, a coordinator or a session may hold.

    `form` is that of the session. `language` is the person's wish, a tag or "". `now` is in the survey's time zone.
    `own` words are used where they are not "". `is_open_again` for who was told last that the survey has closed.
    """
    tag = letter_language(form, language, session)
    facts = facts_of(form, terms, session, phrases=phrases_for(tag), name=name, now=now)
    words = _in_own_words(own, facts, our_words(occasion, facts)) if own else our_words(occasion, facts)
    again = (facts.phrases.say("The survey is open again."),) if is_open_again else ()
    paragraphs = (_greeting(facts), *again, *words.paragraphs)
    return Letter(
        occasion=occasion,
        language=tag,
        subject=" ".join(words.subject.split()),
        paragraphs=paragraphs,
        closing=_closing(occasion, facts),
        prompt=_prompt(occasion, facts, session, tag, paragraphs) if session else None,
    )


def _in_own_words(own: OwnWords, facts: Facts, ours: Words) -> Words:
    terms = facts.terms
    values = {
        "name": facts.name,
        "title": terms.title,
        "sender": terms.sender,
        "contact": terms.contact,
        "deadline": facts.deadline,
        "minutes": str(facts.minutes),
        "done": str(facts.done),
        "total": str(facts.total),
    }
    return Words(
        filled(own.subject, values).strip() or ours.subject,
        paragraphs_of(filled(own.body, values)) or ours.paragraphs,
    )


def _greeting(facts: Facts) -> str:
    say = facts.phrases.say
    return say("Dear {name},", name=facts.name) if facts.name else say("Hello,")


def _closing(occasion: Occasion, facts: Facts) -> tuple[str, ...]:
    say = facts.phrases.say
    asks = say("For questions about the survey: {contact}", contact=facts.terms.contact)
    quiet = say("If you would rather not receive reminders, you can say so: you will still be able to answer.")
    is_over = occasion is Occasion.CLOSED or facts.status is Status.SUBMITTED
    return (*([asks] if facts.terms.contact else []), *([] if is_over else [quiet]))


def _prompt(occasion: Occasion, facts: Facts, session: Session, tag: str, paragraphs: tuple[str, ...]) -> Prompt:
    return Prompt(
        place=REMINDER,
        revision=session.revision,
        kind=Kind.REMINDER,
        language=tag,
        blocks=tuple(Block(Style.PLAIN, paragraph) for paragraph in paragraphs),
        actions=_buttons(occasion, facts, session.seed),
    )


def _buttons(occasion: Occasion, facts: Facts, seed: int) -> tuple[Button, ...]:
    say = facts.phrases.say
    quiet = Button(say("No more reminders"), make_code(seed, REMINDER, Verb.QUIET))
    if occasion is Occasion.CLOSED:
        return (quiet,)  # the survey may open again
    is_new = facts.status is Status.NOTIFIED
    goes_on = say("See what it is about") if is_new else say("Go on with the questionnaire")
    return (Button(goes_on, make_code(seed, REMINDER, Verb.RESUME)), quiet)
