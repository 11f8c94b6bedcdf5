"""The message that leaves: its headers, its two bodies, its picture."""

import re
import zlib
from dataclasses import replace
from datetime import UTC
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from html.parser import HTMLParser

import pytest
import segno
from hypothesis import example, given
from hypothesis import strategies as st

from bot.mail.addresses import one_line
from bot.mail.message import LONGEST_NAME, NAMING, POLICY, Mail, NoAddress, NoSender, named
from conversations.letters import Occasion, OwnWords
from conversations.protocol import WaveKind
from storage.errors import SecretChanged
from storage.tokens import (
    invitation_token,
    occasion_of_bounce_tag,
    participant_of_quiet_token,
)
from tests.bot.mail.errands import ADA, NOW, PERSON, PLACE, SECRET, SURVEY, composed, errand, to

LINK = f"https://survey.example.org/s/{invitation_token(SECRET, SURVEY.id, ADA, 0)}"
SPITEFUL = (
    "Ada\r\nBcc: eve@example.org",
    "x" * 1000,
    "è" * 1000,
    '"eve@example.org" <eve@example.org>, Ada',
    "eve@example.org",
    "=?utf-8?q?eve=40example=2Eorg=0D=0ABcc:_eve?=",
    "Zoë 👩\u200d👩\u200d👧 \u202eadA",
    "Bianchi, Ada (dott.ssa); [UO \\ 3]",
    "</p><script>alert(1)</script>{{ 7 * 7 }}",
    "\ud800",
    "",
)


def received(mail: Mail | None = None) -> EmailMessage:
    """What the other side reads, by the library's own parser."""
    mail = mail or composed()
    message = message_from_bytes(mail.message.as_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def html_of(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


class Page(HTMLParser):
    """Every element with its attributes, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


# ---------------------------------------------------------------- headers


def test_the_headers_say_who_writes_to_whom_and_that_a_machine_does():
    """The name is the survey's sender; answers go to a person; other machines do not answer, but bounces do come."""
    message = received()

    assert str(message["From"]) == "Città metropolitana <survey@example.org>"
    assert str(message["To"]) == "Ada Bianchi <ada@example.net>"
    assert str(message["Reply-To"]) == "Città metropolitana <indagine@example.org>"
    assert message["Subject"] == "Il tè in ufficio: il suo invito"
    assert message["Date"].datetime == NOW
    assert message["Content-Language"] == "it"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "NDR" not in message["X-Auto-Response-Suppress"].split(", ")
    assert "OOF" in message["X-Auto-Response-Suppress"].split(", ")
    assert "Bcc" not in message
    assert "Cc" not in message


def test_a_bounce_comes_back_to_an_address_that_names_the_message():
    """And only if there is one: otherwise to the sender."""
    sender = composed().sender
    local, _, domain = sender.rpartition("@")

    assert domain == "example.org"
    assert len(local) <= 64
    assert occasion_of_bounce_tag(SECRET, local.removeprefix("bounces+")) == (ADA, "w12")
    assert composed(place=replace(PLACE, bounce_address="")).sender == "survey@example.org"


@pytest.mark.parametrize("occasion", ["w1", "w123456", "r1-20261122", "r99-20261122", "r999999-20261122"])
def test_the_part_before_the_at_is_never_too_long(occasion: str):
    """Servers take 64 characters; where the tag has no place, the bounce address stands without it."""
    place = replace(PLACE, bounce_address=f"{'b' * 15}@example.org")

    sender = composed(errand(None, occasion=occasion), place).sender

    assert len(sender.rpartition("@")[0]) <= 64
    assert ("+" in sender) == (len(occasion) <= 12)


def test_a_repeated_attempt_has_the_same_message_id():
    """So that what arrives twice can be told to be the same."""
    first, again = composed(), composed(errand(attempt=2))

    assert first.message["Message-ID"] == again.message["Message-ID"]
    assert re.fullmatch(r"<[a-z0-9-]+@example\.org>", str(first.message["Message-ID"]))
    assert first.message["Message-ID"] != composed(errand(occasion="w13")).message["Message-ID"]


def test_one_click_is_enough_to_get_no_more_reminders():
    """RFC 8058: an address by https that stands in the raw message as it is, and a mail to us as the other way."""
    raw = composed().message.as_bytes()
    [header] = re.findall(rb"^List-Unsubscribe: <(https://[^>]+)>,\r\n <(mailto:[^>]+)>\r\n", raw, re.MULTILINE)
    https, mailto = (part.decode() for part in header)

    assert https.startswith("https://survey.example.org/no-more/")
    assert participant_of_quiet_token(SECRET, https.rpartition("/")[2]) == ADA
    assert mailto == f"mailto:{composed().sender}?subject=unsubscribe"
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_one_click_is_not_promised_without_https():
    """As in a demo; the link works all the same."""
    message = received(composed(place=replace(PLACE, base="http://127.0.0.1:8080")))

    assert "http://127.0.0.1:8080/no-more/" in message["List-Unsubscribe"]
    assert "List-Unsubscribe-Post" not in message


@pytest.mark.parametrize(
    ("mail_from", "contact", "writes"),
    [
        ("survey@example.org", "help@example.org", "survey@example.org"),
        ("", "help@example.org", "help@example.org"),
        ("", "Ufficio indagini, interno 12", "colloquio@localhost"),
    ],
)
def test_somebody_always_writes(mail_from: str, contact: str, writes: str):
    """The setting, the survey's contact if that is an address, or nobody."""
    mail = composed(
        errand(survey=replace(SURVEY, contact=contact)), replace(PLACE, mail_from=mail_from, bounce_address="")
    )

    assert mail.message["From"].addresses[0].addr_spec == writes
    assert mail.sender == writes
    assert ("Reply-To" in mail.message) == ("@" in contact)


def test_a_server_gets_nothing_that_comes_from_nobody():
    """It would be refused, or taken for spam; only a folder takes it."""
    survey = replace(SURVEY, contact="Ufficio personale, personale@example.org, tel. 12")
    place = replace(PLACE, mail_from="", nobody="")

    with pytest.raises(NoSender):
        composed(errand(survey=survey), place)


@pytest.mark.parametrize(("bounces", "is_read"), [("", True), ("bounces@example.org", False), ("", False)])
def test_no_mail_is_asked_for_where_nobody_reads_it(bounces: str, *, is_read: bool):
    """The link in the same header is enough."""
    mail = composed(place=replace(PLACE, bounce_address=bounces, reads_returns=is_read))

    assert "mailto:" not in str(mail.message["List-Unsubscribe"])


@pytest.mark.parametrize("name", SPITEFUL)
def test_no_name_and_no_title_can_add_a_header_or_a_recipient(name: str):
    """Whatever the register, the survey and its sender are called."""
    survey = replace(SURVEY, title=name, sender=name)
    mail = composed(errand(person=replace(PERSON, name=name), survey=survey))
    message = received(mail)

    assert mail.recipient == "ada@example.net"
    assert [one.addr_spec for one in message["To"].addresses] == ["ada@example.net"]
    assert [one.addr_spec for one in message["From"].addresses] == ["survey@example.org"]
    assert message.keys() == received().keys()
    assert not message.defects


@given(name=st.text(), title=st.text(), sender=st.text(), contact=st.text())
def test_any_words_give_a_message_that_reads_back(name: str, title: str, sender: str, contact: str):
    """With one recipient, one sender, lines that servers take, and ASCII throughout."""
    survey = replace(SURVEY, title=title, sender=sender, contact=contact)
    mail = composed(errand(person=replace(PERSON, name=name), survey=survey))
    raw = mail.message.as_bytes()
    message = received(mail)

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert [one.addr_spec for one in message["To"].addresses] == ["ada@example.net"]
    assert [one.addr_spec for one in message["From"].addresses] == ["survey@example.org"]
    assert not message.defects


@pytest.mark.parametrize("email", ["", "Ada <ada@example.net>", "ada@example.net, eve@example.net", "ada@straße.de"])
def test_what_is_no_address_gets_no_message(email: str):
    """A name that stands beside an address is not looked into either."""
    with pytest.raises(NoAddress):
        composed(to(email))


def test_a_domain_with_accents_is_written_as_servers_know_it():
    """In the envelope and in the header."""
    mail = composed(to("ada@città.example"))

    assert mail.recipient == "ada@xn--citt-3na.example"
    assert str(mail.message["To"]) == "Ada Bianchi <ada@xn--citt-3na.example>"


def test_another_secret_than_the_invitations_were_made_with_is_noticed():
    """A link that opens nothing is not sent."""
    with pytest.raises(SecretChanged):
        composed(place=replace(PLACE, secret=b"another one, that is long enough too"))


# ---------------------------------------------------------------- bodies


def test_both_bodies_say_everything():
    """Who asks, what, until when, the personal link, whom to ask, and how to get no more reminders."""
    message = received()
    page = Page(html_of(message))
    links = {attributes["href"] for attributes in page.all("a")}
    [no_more] = links - {LINK}

    for body in (text_of(message), " ".join(" ".join(page.words).split())):
        assert "Gentile Ada Bianchi," in body
        assert "Città metropolitana" in body
        assert "Il tè in ufficio" in body
        assert "venerdì 18 dicembre 2026 alle 23:59" in body
        assert "Apro il questionario" in body
        assert LINK in body
        assert "Questo link è personale: non lo inoltri, per favore." in body
        assert "indagine@example.org" in body
        assert "Non voglio altri promemoria" in body
    assert participant_of_quiet_token(SECRET, no_more.rpartition("/")[2]) == ADA
    assert no_more in text_of(message)


@pytest.mark.parametrize("kind", [*WaveKind, None])
def test_every_message_can_be_the_last(kind: WaveKind | None):
    """«No more reminders» is in all of them, and a link to the questionnaire until the survey is over."""
    occasion = "w12" if kind else "r1-20261130"
    message = received(composed(errand(kind, occasion=occasion)))

    assert "/no-more/" in text_of(message)
    assert "/no-more/" in html_of(message)
    assert ("/s/" in text_of(message)) == ("/s/" in html_of(message)) == (kind is not WaveKind.CLOSED)


def test_a_link_sent_anew_is_the_one_of_its_generation():
    """The one before works until then, so the register still has that."""
    message = received(composed(errand(None, occasion="r1-20261130")))

    assert f"/s/{invitation_token(SECRET, SURVEY.id, ADA, 1)}\r\n" in text_of(message)
    assert LINK not in html_of(message)


def test_the_page_can_be_listened_to():
    """It says its language and its title, tables are for layout only, and the picture says what it is."""
    page = Page(html_of(received()))
    [picture] = page.all("img")

    assert page.all("html") == [{"lang": "it"}]
    assert len(page.all("h1")) == 1
    assert {table["role"] for table in page.all("table")} == {"presentation"}
    assert picture["alt"] == "Codice QR con il suo link personale"


def test_the_page_loads_and_runs_nothing():
    """No tracking: not one address but the two links and the picture that came with it."""
    html = html_of(received())
    addresses = [value for _, attributes in Page(html).elements for value in attributes.values() if "://" in str(value)]

    assert {address.partition("/no-more/")[0] for address in addresses} == {LINK, "https://survey.example.org"}
    assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in Page(html).elements}
    assert "url(" not in html


def test_the_language_is_the_persons():
    """As far as the questionnaire has it."""
    message = received(composed(errand(person=replace(PERSON, language="en"))))

    assert message["Content-Language"] == "en"
    assert Page(html_of(message)).all("html") == [{"lang": "en"}]
    assert "Open the questionnaire" in text_of(message)
    assert "Apri" not in html_of(message)


def test_a_coordinators_own_words_are_framed_by_what_must_be_said():
    """The deadline too, if they leave it out; lines stay lines, and signs mean nothing in HTML."""
    own = {(Occasion.INVITATION, "it"): OwnWords("Il <suo> parere", "Prima riga\n  e 1 < 2 & {name}\n\nPoi.")}
    message = received(composed(errand(texts=own)))
    html = html_of(message)

    assert message["Subject"] == "Il <suo> parere"
    assert "1 &lt; 2 &amp; Ada Bianchi" in html
    assert "Può rispondere fino a venerdì 18 dicembre 2026 alle 23:59." in html
    assert LINK in html


def test_the_deadline_is_not_said_twice():
    """Our own words have it."""
    assert text_of(received()).count("18 dicembre") == 1


@pytest.mark.parametrize("word", SPITEFUL)
def test_words_stay_words_in_html(word: str):
    """Names and titles are never read as tags."""
    survey = replace(SURVEY, title=word, sender=word)
    page = Page(html_of(received(composed(errand(person=replace(PERSON, name=word), survey=survey)))))

    assert not page.all("script")
    assert "49" not in "".join(page.words)


# ---------------------------------------------------------------- the picture


def picture_of(message: EmailMessage) -> EmailMessage:
    [picture] = [part for part in message.walk() if part.get_content_type() == "image/png"]
    return picture


def unfiltered(raw: bytes, stride: int) -> list[bytes]:
    """The rows of a PNG, each of which is given or said to be like the one above."""
    rows: list[bytes] = []
    for kind, *row in (raw[at : at + stride] for at in range(0, len(raw), stride)):
        assert kind == 0 or (kind == 2 and not any(row))
        rows.append(rows[-1] if kind else bytes(row))
    return rows


def modules_of(png: bytes, scale: int, border: int) -> list[list[int]]:
    """The dark and light squares of a PNG of one bit a pixel, without the margin."""
    at, data, wide = 8, b"", 0
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + size]
        wide = int.from_bytes(body[:4]) if kind == b"IHDR" else wide
        data += body if kind == b"IDAT" else b""
        at += 12 + size
    rows = unfiltered(zlib.decompress(data), 1 + (wide + 7) // 8)
    middles = range(border * scale + scale // 2, wide - border * scale, scale)
    return [[1 - (rows[y][x // 8] >> (7 - x % 8) & 1) for x in middles] for y in middles]


def test_the_picture_comes_with_the_message_and_is_the_code_of_the_link():
    """Inline, found by its id; the same squares as the code of the landing page's address."""
    message = received()
    picture = picture_of(message)
    wanted = [list(row) for row in segno.make_qr(LINK, error="m").matrix]

    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html_of(message)
    assert picture.get_content_disposition() == "inline"
    assert modules_of(picture.get_content(), scale=6, border=4) == wanted


def test_a_message_is_small():
    """Some kilobytes, picture and all."""
    assert len(composed().message.as_bytes()) < 15_000


def test_a_file_is_named_by_wave_person_and_attempt():
    """So that files stand in order, and the same attempt again takes the place of the first."""
    names = [composed(errand(occasion=occasion)).name for occasion in ("w2", "w10", "w100")]

    assert names == sorted(names)
    assert composed(errand(attempt=1)).name == composed(errand(attempt=1)).name
    assert composed(errand(attempt=1)).name != composed(errand(attempt=2)).name


def test_the_date_is_that_of_the_survey():
    """In its time zone, whatever the clock of the process says."""
    assert NOW.astimezone(UTC).utcoffset() != NOW.utcoffset()
    assert "09:30:00 +0100" in composed().message.as_string()


NAMES = st.text(st.one_of(st.sampled_from(" ,\"\\'<>@();:.=?_àèñß€漢字👩🏽‍🏫"), st.characters()), max_size=160)


@given(NAMES)
@example("Direzione generale, con un nome lungo più di settantacinque lettere, virgole e «altro», dottoressa")
@example("The office of statistics, surveys, registers, elections, and of everything else that counts, second floor")
def test_every_parser_reads_back_the_name_that_was_written(name: str):
    """However long it is, with commas, quotes, accents and emoji; and no line is longer than servers bear."""
    message = EmailMessage(policy=POLICY)
    for field in NAMING:
        message[field] = named(name, "ada@example.net")
    raw, wished = message.as_bytes(), one_line(name, LONGEST_NAME)
    modern, simple = message_from_bytes(raw, policy=policy.default), message_from_bytes(raw)
    for field in NAMING:
        (address,) = modern[field].addresses
        # the library's newer parser may put blanks between encoded words
        assert "".join(address.display_name.split()) == "".join(wished.split())
        assert address.addr_spec == "ada@example.net"
        (pair,) = getaddresses([simple[field]])
        assert (str(make_header(decode_header(pair[0]))), pair[1]) == (wished, "ada@example.net")
    assert max(map(len, raw.split(b"\r\n"))) < 998
