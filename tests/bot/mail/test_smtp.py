"""Handing messages over to real servers on loopback, good ones and others."""

import asyncio
import logging
import shutil
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from email import message_from_bytes
from urllib.parse import quote

import pytest

from bot.mail import smtp
from bot.mail.servers import MailServer
from bot.mail.smtp import SmtpCarrier
from storage.outbox import LEASE
from storage.postings import Blame, Later, Rejected, Sent
from tests.bot.mail.errands import composed, errand, to
from tests.bot.mail.mail_peer import PASSWORD, USER, MailPeer, certificate

LOGIN = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"
WRONG = f"{quote(USER, safe='')}:another@"
NAMES = ("ada", "Ada", "Bianchi", "example.net", PASSWORD, "another")
"""What no log may hold."""


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that stalls is given up soon."""
    monkeypatch.setattr(smtp, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(smtp, "COMMAND_SECONDS", 1.0)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate that is signed by nobody."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
async def carriers() -> AsyncIterator[list[SmtpCarrier]]:
    """Those that a test has opened; closed at the end."""
    opened: list[SmtpCarrier] = []
    yield opened
    for carrier in opened:
        await carrier.close()


@pytest.fixture
def carrier_to(carriers: list[SmtpCarrier], clock: Clock):
    def open_carrier(url: str) -> SmtpCarrier:
        carriers.append(SmtpCarrier(url, clock))
        return carriers[-1]

    return open_carrier


# ---------------------------------------------------------------- a good server


async def test_a_message_arrives_as_it_was_written(carrier_to):
    """With the address of its bounces in the envelope."""
    async with MailPeer() as peer:
        mail = composed()

        assert await carrier_to(peer.url()).carry(mail) == Sent()

        [taken] = peer.taken
        assert (taken.sender, taken.recipient) == (mail.sender, "ada@example.net")
        assert taken.content == mail.message.as_bytes()
        assert message_from_bytes(taken.content)["Message-ID"] == mail.message["Message-ID"]


async def test_many_messages_leave_by_one_connection(carrier_to):
    """Also if they are begun at once."""
    async with MailPeer() as peer:
        carrier = carrier_to(peer.url())

        outcomes = await asyncio.gather(*(carrier.carry(composed(to(f"p{n}@example.net"))) for n in range(12)))

        assert outcomes == [Sent()] * 12
        assert len(peer.taken) == 12
        assert peer.connections == 1


@pytest.mark.parametrize("way", [MailPeer.hang_up, MailPeer.take_leave])
async def test_a_connection_that_is_gone_is_opened_anew(carrier_to, way: Callable[[MailPeer], None]):
    """The server was restarted meanwhile, or has waited too long."""
    async with MailPeer() as peer:
        carrier = carrier_to(peer.url())
        await carrier.carry(composed())
        way(peer)

        assert await carrier.carry(composed()) == Sent()
        assert (peer.connections, len(peer.taken)) == (2, 2)


async def test_a_server_that_has_waited_too_long_is_asked_once_more(carrier_to):
    """It says 421 to the next command, and means the connection."""
    async with MailPeer() as peer:
        carrier = carrier_to(peer.url())
        await carrier.carry(composed())
        peer.says["MAIL"] = ["421 4.4.2 Idle for too long"]

        assert await carrier.carry(composed()) == Sent()
        assert (peer.connections, len(peer.taken)) == (2, 2)


async def test_leaving_is_polite_and_final(carrier_to):
    """After that there is no connection, and the next message opens one."""
    async with MailPeer() as peer:
        carrier = carrier_to(peer.url())
        await carrier.carry(composed())
        await carrier.close()
        await carrier.close()

        assert await carrier.carry(composed()) == Sent()
        assert peer.connections == 2


# ---------------------------------------------------------------- what it refuses


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.1.1 <ada@example.net>: Recipient unknown", Blame.ADDRESS),
        ("553 5.1.2 Bad destination", Blame.ADDRESS),
        ("550 5.2.1 Mailbox disabled", Blame.ADDRESS),
        ("550 Not here", None),
        ("552 5.2.2 Mailbox full", None),
        ("550 5.4.6 Loop", None),
    ],
)
async def test_a_refused_recipient_is_at_fault_only_if_the_server_says_so(
    carrier_to, answer: str, outcome: Blame | None
):
    """A policy, or a refusal without a code, says nothing about the address: it might meet everybody."""
    async with MailPeer(says={"RCPT": [answer]}) as peer:
        carrier = carrier_to(peer.url())

        refused = await carrier.carry(composed())

        assert isinstance(refused, Rejected)
        assert refused.blames is outcome
        assert refused.reason.startswith(answer[:9].rstrip())
        assert "ada@" not in refused.reason
        assert await carrier.carry(composed()) == Sent()
        assert peer.connections == 1


ABOUT_US = (
    "550 5.7.1 <ada@example.net>: Relaying denied",
    "554 5.7.1 Spam",
    "550 Administrative prohibition",
    "550 relay not permitted",
    "550 5.1.8 Bad sender",
    "454 4.7.1 Relay access denied",
)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
@pytest.mark.parametrize("answer", ABOUT_US)
async def test_a_server_that_refuses_everybody_because_of_us_stops_everything(
    carrier_to, caplog: pytest.LogCaptureFixture, answer: str, command: str
):
    """From the third recipient on; the first two come again. One line says so, however often it is tried."""
    async with MailPeer(says={command: [answer] * 6}) as peer:
        carrier = carrier_to(peer.url())

        first, second, *others = [await carrier.carry(composed(to(f"p{n}@example.net"))) for n in range(6)]

        assert not any(map(is_pause, (first, second)))
        assert [type(one) for one in (first, second)] == [Later, Later]
        assert all(map(is_pause, others))
        assert all("refuses one recipient after the other" in one.reason for one in others if isinstance(one, Later))
        assert len(caplog.records) == 1
        assert not any(name in caplog.text for name in NAMES)
        assert [await carrier.carry(composed()) for _ in range(2)] == [Sent()] * 2


@pytest.mark.parametrize("answer", [one for one in ABOUT_US if one[0] == "5"])
async def test_the_policy_of_one_mailbox_stops_nobody_else(carrier_to, answer: str):
    """It is believed the second time, after others were let through; the address is not blamed."""
    async with MailPeer(says={"RCPT": [answer]}) as peer:
        carrier = carrier_to(peer.url())
        assert await carrier.carry(composed()) == Later(answer.replace("<ada@example.net>:", "<…>"), 0.0)
        assert [await carrier.carry(composed(to(f"p{n}@example.net"))) for n in range(3)] == [Sent()] * 3
        peer.says["RCPT"] = [answer] * 4

        again = [await carrier.carry(composed(errand(attempt=2))) for _ in range(4)]

        assert again == [Rejected(answer.replace("<ada@example.net>:", "<…>"))] * 4
        assert peer.connections == 1


async def test_a_server_that_puts_everybody_off_stops_everything(carrier_to):
    """From the twentieth on, so that nobody's attempts are used up by it."""
    async with MailPeer(says={"RCPT": ["451 4.3.0 Local problem"] * 20}) as peer:
        carrier = carrier_to(peer.url())
        outcomes = [await carrier.carry(composed(to(f"p{n}@example.net"))) for n in range(20)]

    assert [is_pause(one) for one in outcomes] == [False] * 19 + [True]


async def test_greylisting_stops_nobody(carrier_to):
    """It puts everybody off once, and lets them through a little later."""
    async with MailPeer(says={"RCPT": ["450 4.2.0 Greylisted, try again"] * 25}) as peer:
        carrier = carrier_to(peer.url())
        outcomes = [await carrier.carry(composed(to(f"p{n}@example.net"))) for n in range(25)]

    assert not any(map(is_pause, outcomes))


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", ["530 5.7.0 Authentication required", "535 5.7.8 Who are you?"])
async def test_a_server_that_wants_a_password_stops_everything(
    carrier_to, caplog: pytest.LogCaptureFixture, answer: str, command: str
):
    """At once, and the setting that is meant is named."""
    async with MailPeer(says={command: [answer]}) as peer:
        assert is_pause(await carrier_to(peer.url()).carry(composed()))

    assert "COLLOQUIO_SMTP_URL" in caplog.text
    assert "COLLOQUIO_MAIL_FROM" not in caplog.text


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_what_is_refused_for_now_comes_later(carrier_to, command: str):
    """Only this message waits; the next one leaves by the same connection."""
    async with MailPeer(says={command: ["450 4.2.0 Greylisted, try again"]}) as peer:
        carrier = carrier_to(peer.url())

        assert await carrier.carry(composed()) == Later("450 4.2.0 Greylisted, try again", 0.0)
        assert await carrier.carry(composed()) == Sent()
        assert peer.connections == 1


async def test_a_message_that_is_refused_blames_nobody(carrier_to):
    """Its content was not liked."""
    async with MailPeer(says={"DATA": ["554 5.6.0 Not like this"]}) as peer:
        assert await carrier_to(peer.url()).carry(composed()) == Rejected("554 5.6.0 Not like this")


async def test_a_sender_that_is_refused_stops_everything(carrier_to, caplog: pytest.LogCaptureFixture):
    """It would meet every message; the administrator is told which settings are meant."""
    async with MailPeer(says={"MAIL": ["550 5.7.1 Not your address: survey@example.org"]}) as peer:
        outcome = await carrier_to(peer.url()).carry(composed())

    assert isinstance(outcome, Later)
    assert outcome.pauses_all
    assert "COLLOQUIO_MAIL_FROM" in caplog.text
    assert "550 5.7.1" in caplog.text
    assert "survey@" not in caplog.text


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_server_that_goes_away_stops_everything(carrier_to, command: str):
    """421 speaks of the server, not of the message."""
    async with MailPeer(says={command: ["421 4.3.2 Shutting down"]}) as peer:
        outcome = await carrier_to(peer.url()).carry(composed())

    assert outcome == Later("the mail server: it answers 421 4.3.2", smtp.FIRST_PAUSE, pauses_all=True)


# ---------------------------------------------------------------- servers in trouble


def is_pause(outcome: object) -> bool:
    return isinstance(outcome, Later) and outcome.pauses_all


async def test_a_server_that_is_not_there(carrier_to, caplog: pytest.LogCaptureFixture):
    """Everything waits; one line says so, without a name."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{taken.getsockname()[1]}"

        assert is_pause(await carrier_to(url).carry(composed()))

    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert not any(name in caplog.text for name in NAMES)


@pytest.mark.usefixtures("quick")
async def test_a_server_that_never_greets(carrier_to):
    """It takes the connection, and that is all."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert is_pause(await carrier_to(f"smtp://127.0.0.1:{silent.getsockname()[1]}").carry(composed()))


async def test_a_server_that_hangs_up_at_once(carrier_to):
    """Right after it was called."""
    async with MailPeer(breaks_off={"connect"}) as peer:
        assert is_pause(await carrier_to(peer.url()).carry(composed()))


async def test_a_server_that_speaks_another_language(carrier_to):
    """Not SMTP at all."""

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.0 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert is_pause(await carrier_to(f"smtp://127.0.0.1:{port}").carry(composed()))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
async def test_a_server_that_stalls_before_the_message(carrier_to, command: str):
    """Nothing has been handed over, so nothing counts as tried."""
    async with MailPeer(stalls={command}) as peer:
        assert is_pause(await carrier_to(peer.url()).carry(composed()))
        assert peer.taken == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("way", ["stalls", "breaks_off"])
async def test_a_server_that_says_nothing_after_the_message(carrier_to, clock: Clock, way: str):
    """It may have been taken: it is sent again with the same Message-ID, but a limited number of times."""
    async with MailPeer(**{way: {"DATA"}}) as peer:
        carrier = carrier_to(peer.url())

        outcome = await carrier.carry(composed())
        assert outcome == Later("the mail server broke off before it answered", smtp.FIRST_PAUSE)
        assert is_pause(await carrier.carry(composed()))

        getattr(peer, way).clear()
        clock.now += smtp.FIRST_PAUSE
        assert await carrier.carry(composed()) == Sent()


async def test_pauses_grow_and_end_with_the_first_success(carrier_to, clock: Clock):
    """Up to a quarter of an hour; the outbox keeps to them, so that a coordinator can end one."""
    async with MailPeer(breaks_off={"connect"}) as peer:
        carrier = carrier_to(peer.url())
        pauses = []
        for _ in range(9):
            outcome = await carrier.carry(composed())
            assert isinstance(outcome, Later)
            pauses.append(outcome.seconds)
            clock.now += outcome.seconds
        peer.breaks_off.clear()

        assert pauses == [15, 30, 60, 120, 240, 480, 900, 900, 900]
        assert await carrier.carry(composed()) == Sent()
        peer.breaks_off.add("connect")
        peer.hang_up()
        again = await carrier.carry(composed())
        assert isinstance(again, Later)
        assert again.seconds == smtp.FIRST_PAUSE


async def test_those_that_wait_while_one_finds_out_leave_the_server_alone(carrier_to):
    """One connection tells enough."""
    async with MailPeer(breaks_off={"connect"}) as peer:
        carrier = carrier_to(peer.url())
        assert all(map(is_pause, await asyncio.gather(*(carrier.carry(composed()) for _ in range(5)))))
        assert peer.connections == 1


async def test_a_server_that_keeps_everybody_waiting(carrier_to, monkeypatch: pytest.MonkeyPatch):
    """However slowly the server goes on, a message has only so much time."""
    monkeypatch.setattr(smtp, "WHOLE_SECONDS", 0.5)
    async with MailPeer(stalls={"RCPT"}) as peer:
        assert is_pause(await carrier_to(peer.url()).carry(composed()))


def test_a_message_is_done_with_before_its_lease_ends():
    """Otherwise the outbox would hold it to be in doubt."""
    assert smtp.CONNECT_SECONDS < smtp.COMMAND_SECONDS < smtp.WHOLE_SECONDS < LEASE.total_seconds()


# ---------------------------------------------------------------- encryption and passwords


async def test_what_a_server_offers_is_used(carrier_to, tls: ssl.SSLContext):
    """STARTTLS, also with a certificate that nobody knows: without it, nothing would be encrypted."""
    async with MailPeer(tls=tls) as peer:
        assert await carrier_to(peer.url()).carry(composed()) == Sent()
        assert [taken.was_encrypted for taken in peer.taken] == [True]


async def test_a_server_may_demand_encryption(carrier_to, tls: ssl.SSLContext):
    """And gets it."""
    async with MailPeer(tls=tls, requires_tls=True) as peer:
        assert await carrier_to(peer.url()).carry(composed()) == Sent()


async def test_a_connection_may_be_encrypted_from_its_beginning(carrier_to, tls: ssl.SSLContext):
    """As smtps:// says."""
    async with MailPeer(tls=tls, is_encrypted=True) as peer:
        assert await carrier_to(peer.url()).carry(composed()) == Sent()
        assert [taken.was_encrypted for taken in peer.taken] == [True]


@pytest.mark.parametrize("is_encrypted", [True, False])
async def test_a_password_is_given_to_nobody_whose_certificate_is_unknown(
    carrier_to, tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture, *, is_encrypted: bool
):
    """Unless it is this very machine; 0.0.0.0 leads here as well, but is not called so."""
    async with MailPeer(tls=tls, is_encrypted=is_encrypted) as peer:
        outcome = await carrier_to(peer.url(LOGIN, host="0.0.0.0")).carry(composed())  # noqa: S104

        assert is_pause(outcome)
        assert peer.logins == []
    assert "certificate is not trusted" in caplog.text


async def test_a_password_never_crosses_a_network_in_clear(carrier_to, caplog: pytest.LogCaptureFixture):
    """A server that offers no encryption does not get it."""
    async with MailPeer(requires_login=True) as peer:
        outcome = await carrier_to(peer.url(LOGIN, host="0.0.0.0")).carry(composed())  # noqa: S104

        assert is_pause(outcome)
        assert peer.logins == []
    assert "offers no encryption" in caplog.text
    assert not any(name in caplog.text for name in NAMES)


@pytest.mark.parametrize("is_encrypted", [True, False])
async def test_who_we_are_is_said_where_it_is_asked(carrier_to, tls: ssl.SSLContext, *, is_encrypted: bool):
    """With signs in the password that an address has to escape; on this machine also without encryption."""
    async with MailPeer(tls=tls if is_encrypted else None, requires_login=True) as peer:
        assert await carrier_to(peer.url(LOGIN)).carry(composed()) == Sent()
        assert peer.logins == [(USER, PASSWORD)]


async def test_a_wrong_password_stops_everything(carrier_to, caplog: pytest.LogCaptureFixture):
    """For a quarter of an hour, since trying often locks accounts; the line in the log names the setting only."""
    async with MailPeer(requires_login=True) as peer:
        outcome = await carrier_to(peer.url(WRONG)).carry(composed())

    assert isinstance(outcome, Later)
    assert (outcome.seconds, outcome.pauses_all) == (900, True)
    assert "refuses the user name or the password of COLLOQUIO_SMTP_URL (535" in caplog.text
    assert [r.levelno for r in caplog.records if r.name.startswith("bot.")] == [logging.ERROR]
    assert not any(name in caplog.text for name in NAMES)


async def test_a_server_that_wants_a_login_we_do_not_have(carrier_to):
    """It would refuse every message."""
    async with MailPeer(requires_login=True) as peer:
        assert is_pause(await carrier_to(peer.url()).carry(composed()))


def test_a_server_never_shows_its_password():
    """Not even when somebody prints it; and ports are the usual ones."""
    server = MailServer.at(f"smtp://{LOGIN}mail.example.org")

    assert (server.user, server.password) == (USER, PASSWORD)
    assert PASSWORD not in repr(server)
    assert server.port == 587
    assert MailServer.at("smtp://mail.example.org").port == 25
    assert MailServer.at("smtps://mail.example.org").port == 465
    assert MailServer.at("imaps://u:p@mail.example.org/Posta%20in%20arrivo").folder == "Posta in arrivo"


@pytest.mark.parametrize(
    ("url", "is_checked"),
    [
        ("smtp://mail.example.org", False),
        ("smtp://u:p@mail.example.org", True),
        ("smtps://mail.example.org", True),
        ("smtps://u:p@127.0.0.1", False),
        ("smtps://u:p@[::1]", False),
        ("imaps://u:p@localhost", False),
        ("smtps://u:p@localhost.example.org", True),
    ],
)
def test_a_certificate_is_checked_where_anything_depends_on_it(url: str, *, is_checked: bool):
    """A password, or encryption that was asked for; on this machine nobody can stand in between."""
    context = MailServer.at(url).tls()

    assert (context.verify_mode is ssl.CERT_REQUIRED) is is_checked
    assert context.check_hostname is is_checked
