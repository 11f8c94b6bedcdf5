"""A letter as the two bodies of an e-mail, plain text and HTML. The only file of this room that knows the templates."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from conversations.letters import Letter, Occasion
from conversations.letters.deadline import moment_in_words
from conversations.phrases import Phrases, phrases_for
from conversations.protocol import Terms

_JINJA = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Links:
    """Where a letter leads: the questionnaire, "" once it is over, and no more reminders. `qr` is the picture's CID."""

    questionnaire: str
    no_more: str
    qr: str


def bodies_of(letter: Letter, terms: Terms, links: Links) -> tuple[str, str]:
    """Text and HTML."""
    phrases = phrases_for(letter.language)
    values = {"letter": letter, "terms": terms, "links": links, "words": _words(phrases, letter, terms)}
    text, html = (_JINJA.get_template(name).render(values) for name in ("letter.txt", "letter.html"))
    return _writable(text), _writable(html)


def has_questionnaire(letter: Letter) -> bool:
    """Whether there still is something to be opened."""
    return letter.occasion is not Occasion.CLOSED


def _writable(text: str) -> str:
    """Half a character, as a broken file may hold, cannot be encoded."""
    return text.encode(errors="replace").decode()


def _words(phrases: Phrases, letter: Letter, terms: Terms) -> dict[str, str]:
    say = phrases.say
    return {
        "open": say("Open the questionnaire"),
        "until": _until(phrases, letter, terms.closes_at),
        "personal": say("This link is personal: please do not pass it on."),
        "qr": say("QR code with your personal link"),
        "qr_why": say("Are you at a computer? Point your phone's camera at the code to answer there."),
        "by_hand": say("If the button does not work, copy this address into your browser:"),
        "no_more": say("No more reminders"),
    }


def _until(phrases: Phrases, letter: Letter, closes_at: datetime | None) -> str:
    """The deadline, unless the letter says it anyway: a coordinator's own words may not."""
    deadline = moment_in_words(closes_at, phrases) if closes_at and has_questionnaire(letter) else ""
    is_said = any(deadline in paragraph for paragraph in letter.paragraphs)
    return "" if is_said else phrases.say("You can answer until {deadline}.", deadline=deadline)
