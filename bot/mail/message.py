"""A letter as an e-mail that is ready to leave: headers, both bodies, the QR code; in it stands what mail needs."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from io import BytesIO
from typing import Any
from urllib.parse import quote

import segno

from bot.mail.addresses import ascii_web_address, name_in_header, one_line
from bot.mail.bodies import Links, bodies_of, has_questionnaire
from bot.mail.verp import attempted, return_path
from conversations.letters import Letter
from storage.postings import Errand
from storage.senders import address_in, sender_address
from storage.tokens import bounce_tag, invitation_token, quiet_token

NOBODY = "colloquio@localhost"
"""Who writes if nobody is named: good enough for messages in a folder."""

LONGEST_NAME = 100
LONGEST_SUBJECT = 200

ALL_BUT_BOUNCES = "DR, RN, NRN, OOF, AutoReply"
"""What Exchange is asked not to answer. «All» would include NDR, the bounces by which wrong addresses are found."""

NAMING = ("From", "To", "Reply-To")
UNSUBSCRIBE = "List-Unsubscribe"

_NEW_LINK = re.compile(r"r(\d+)-")
_NUMBER = re.compile(r"\d+")


class NoAddress(Exception):
    """What the register has for this person is no e-mail address."""


class NoSender(Exception):
    """Neither the settings nor the survey name an address that the message could come from."""


@dataclass(frozen=True, slots=True)
class MailPlace:
    """What all messages of an installation share. `base` is where its web pages begin: "https://survey.example.org".

    `reads_returns`: somebody looks at what comes to the bounce address. `nobody`: who writes if nobody is named.
    """

    base: str
    secret: bytes
    mail_from: str = ""
    bounce_address: str = ""
    reads_returns: bool = False
    nobody: str = NOBODY


@dataclass(frozen=True, slots=True)
class Mail:
    """A message and its envelope. `name` is the same for the same attempt and sorts by wave; attempts count from 1."""

    message: EmailMessage
    sender: str
    recipient: str
    name: str
    attempt: int = 1


class _MailPolicy(EmailPolicy):
    """The library's rules of writing, but for headers with addresses.

    It would encode one, begin another on a second line, where simpler programs do not look, and take the quotes off a
    long name, whose commas then part addresses.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - text, or a parsed header
        """One address a line."""
        if name in NAMING:
            written = (f"{name_in_header(one.display_name)}<{one.addr_spec}>" for one in value.addresses)
            return f"{name}: {', '.join(written)}{self.linesep}".encode()
        if name not in (UNSUBSCRIBE, "Message-ID"):
            return super().fold_binary(name, value)
        return f"{name}: {value}{self.linesep}".replace(", ", f",{self.linesep} ").encode()


POLICY = _MailPolicy(linesep="\r\n")


def compose(letter: Letter, errand: Errand, place: MailPlace, *, now: datetime) -> Mail:
    """The message. Raises NoAddress, NoSender, and SecretChanged when this secret makes no such links any more."""
    survey, person, ticket = errand.survey, errand.participant.person, errand.ticket
    recipient = address_in(person.email)
    if not recipient:
        raise NoAddress
    writes = sender_address(place.mail_from, survey.contact) or place.nobody
    if not writes:
        raise NoSender
    tag = bounce_tag(place.secret, ticket.participant, ticket.occasion)
    returns_to = bounce_tag(place.secret, ticket.participant, attempted(ticket.occasion, errand.attempt))
    sender = return_path(place.bounce_address, returns_to) if place.bounce_address else writes
    message = EmailMessage(policy=POLICY)
    message["From"] = named(survey.sender or survey.title, writes)
    message["To"] = named(person.name, recipient)
    if address_in(survey.contact):
        message["Reply-To"] = named(survey.sender, address_in(survey.contact))
    message["Subject"] = one_line(letter.subject, LONGEST_SUBJECT)
    message["Date"] = now.astimezone(survey.zone)
    domain = writes.rpartition("@")[2]
    message["Message-ID"] = f"<{tag}@{domain}>"
    links = _links(letter, errand, place, f"qr.{tag}@{domain}")
    _add_automatic(message, links.no_more, sender if place.bounce_address and place.reads_returns else "")
    _add_bodies(message, letter, errand, links)
    return Mail(message, sender, recipient, _file_name(errand), errand.attempt)


def named(name: str, address: str) -> Address:
    """Who somebody is, in a header."""
    local, _, domain = address.rpartition("@")
    return Address(one_line(name, LONGEST_NAME), local, domain)


def _links(letter: Letter, errand: Errand, place: MailPlace, qr: str) -> Links:
    quiet = f"{place.base}/no-more/{quiet_token(place.secret, errand.ticket.participant)}"
    questionnaire = f"{place.base}/s/{_token(errand, place.secret)}" if has_questionnaire(letter) else ""
    return Links(ascii_web_address(questionnaire), ascii_web_address(quiet), qr)


def _token(errand: Errand, secret: bytes) -> str:
    participant = errand.participant
    renewed = _NEW_LINK.match(errand.ticket.occasion)
    if renewed is None:
        return participant.token(secret)
    return invitation_token(secret, participant.survey_id, participant.id, int(renewed[1]))


def _add_automatic(message: EmailMessage, no_more: str, writable: str) -> None:
    """What mail programs and other machines have to know; `writable` is where a mail about it is read."""
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = ALL_BUT_BOUNCES
    by_mail = f", <mailto:{quote(writable, safe='@+')}?subject=unsubscribe>" if writable else ""
    message[UNSUBSCRIBE] = f"<{no_more}>{by_mail}"
    if no_more.startswith("https://"):  # RFC 8058 knows no other
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_bodies(message: EmailMessage, letter: Letter, errand: Errand, links: Links) -> None:
    text, html = bodies_of(letter, errand.survey.terms, links)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language
    if links.questionnaire:
        _, page = message.iter_parts()
        code, cid = _qr(links.questionnaire), f"<{links.qr}>"
        page.add_related(code, "image", "png", filename="qr.png", disposition="inline", cid=cid)


def _qr(address: str) -> bytes:
    """A PNG, since mail programs show no SVG."""
    picture = BytesIO()
    segno.make_qr(address, error="m").save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()


def _file_name(errand: Errand) -> str:
    occasion = _NUMBER.sub(lambda number: number[0].zfill(6), errand.ticket.occasion, count=1)
    return f"{occasion}-{errand.ticket.participant}-{errand.attempt}"
