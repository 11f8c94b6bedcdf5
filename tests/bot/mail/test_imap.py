"""Bounces out of a mailbox."""

import asyncio
import logging
import shutil
from collections.abc import Sequence
from imaplib import IMAP4
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from bot.mail import service
from bot.mail.bounces import READ
from bot.mail.imap import AT_ONCE, SECONDS, Mailbox
from bot.mail.returns import Returns
from bot.mail.servers import PasswordInClear
from bot.mail.service import serve_bounces
from storage.engine import open_engine
from storage.errors import StorageError
from storage.settings import Settings
from tests.bot.mail import samples
from tests.bot.mail.coming_back import fate, way_back
from tests.bot.mail.conftest import BOUNCES, clock
from tests.bot.mail.imap_peer import ImapPeer
from tests.bot.mail.mail_peer import certificate
from tests.bot.mail.samples import sample
from tests.storage.field import SECRET, Field

LETTER = (
    b"From: Bea <bea@example.org>\r\nTo: Segreteria <bounces@example.org>\r\nSubject: Buongiorno\r\n\r\nA presto\r\n"
)

OTHER = "not/this:one"
OTHER_WITH_ACCENT = "città"


def url(peer: ImapPeer, host: str = "127.0.0.1", password: str = "") -> str:
    user, right = peer.login
    return f"imap://{user}:{quote(password or right, safe='')}@{host}:{peer.port}/INBOX"


@pytest.mark.parametrize("uid_comes_last", [False, True])
async def test_a_bounce_is_found_and_marked_when_it_is_stored(sent: Field, returns: Returns, *, uid_comes_last: bool):
    """Among other mail, which stays as new as it was, and of which only the recipients are read."""
    async with ImapPeer(uid_comes_last=uid_comes_last) as peer:
        peer.put(LETTER)
        bounce = peer.put(sample(samples.POSTFIX, await way_back(sent)))

        await Mailbox(url(peer)).visit(returns)

        assert await fate(sent) == ("dead", "5.1.1")
        assert peer.seen == {bounce}
        assert peer.opened == [bounce]


async def test_other_mail_is_looked_at_once(sent: Field, returns: Returns):
    """Until the server numbers its messages anew."""
    async with ImapPeer() as peer:
        peer.put(LETTER)
        mailbox = Mailbox(url(peer))
        await mailbox.visit(returns)
        await mailbox.visit(returns)
        assert peer.headers_read == [1]

        peer.validity += 1
        await mailbox.visit(returns)
        assert peer.headers_read == [1, 1]
    assert await fate(sent) == ("sent", "")


async def test_the_address_is_also_found_where_servers_note_it(sent: Field, returns: Returns):
    """A bounce may be addressed to nobody in particular."""
    to = await way_back(sent)
    raw = sample(samples.POSTFIX, "undisclosed-recipients:;").replace(
        b"Return-Path: <>", f"Delivered-To: {to}".encode()
    )
    async with ImapPeer() as peer:
        peer.put(raw)
        await Mailbox(url(peer)).visit(returns)

    assert await fate(sent) == ("dead", "5.1.1")


async def test_a_message_that_cannot_be_read_holds_up_nobody(
    sent: Field, returns: Returns, caplog: pytest.LogCaptureFixture
):
    """Not by its recipients, comments within comments, nor by its text: what follows is taken."""
    to = await way_back(sent)
    async with ImapPeer() as peer:
        peer.put(b"To: " + b"(" * 5000 + b"\r\n\r\n")
        charset = f'To: {to}\r\nFrom: MAILER-DAEMON@x\r\nContent-Type: text/plain; charset="undefined"\r\n\r\n'
        unreadable = peer.put(charset.encode() + b"\xe0")
        bounce = peer.put(sample(samples.POSTFIX, to))

        await Mailbox(url(peer)).visit(returns)

    assert peer.seen == {unreadable, bounce}
    assert await fate(sent) == ("dead", "5.1.1")
    assert to not in caplog.text


class _Broken(Returns):
    """A fault of ours, at the first message."""

    async def take(self, raw: bytes, recipients: Sequence[str]) -> None:
        if b"broken" in raw:
            raise LookupError(recipients)
        await super().take(raw, recipients)


async def test_a_message_that_we_cannot_deal_with_does_not_come_back(sent: Field, caplog: pytest.LogCaptureFixture):
    """It is marked, and where it went wrong stands in the log, without a word of it."""
    returns = _Broken(sent.engine, secret=SECRET, bounce_address=BOUNCES, clock=clock)
    to = await way_back(sent)
    async with ImapPeer() as peer:
        peer.put(f"To: {to}\r\nSubject: broken\r\n\r\n".encode())
        peer.put(sample(samples.POSTFIX, to))

        await Mailbox(url(peer)).visit(returns)

    assert peer.seen == {1, 2}
    assert await fate(sent) == ("dead", "5.1.1")
    assert "LookupError at " in caplog.text
    assert to not in caplog.text


class _Nonsense(Mailbox):
    """A server of which the library makes something that nobody foresaw."""

    def __init__(self) -> None:
        super().__init__("imap://127.0.0.1")
        self.visits = 0
        self.has_come_again = asyncio.Event()

    async def visit(self, _: Returns) -> None:
        self.visits += 1
        if self.visits > 2:
            self.has_come_again.set()
        raise TypeError


async def test_a_server_that_talks_nonsense_ends_nothing(
    sent: Field, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """The service looks again, says so once, and still ends when it is told to."""
    mailbox = _Nonsense()
    monkeypatch.setattr(service, "VISIT_EACH", 0.0)
    monkeypatch.setattr(service, "Mailbox", lambda _: mailbox)
    told = settings.model_copy(update={"imap_url": SecretStr("imap://127.0.0.1")})
    running = asyncio.create_task(serve_bounces(sent.engine, told, clock))
    await mailbox.has_come_again.wait()
    running.cancel()
    await asyncio.wait([running])

    assert running.cancelled()
    assert caplog.text.count("its answers cannot be understood (TypeError at ") == 1


async def test_an_empty_mailbox_and_a_full_one(sent: Field, returns: Returns):
    """Some hundred messages at a visit; the rest at the next."""
    async with ImapPeer() as peer:
        mailbox = Mailbox(url(peer))
        await mailbox.visit(returns)
        for _ in range(AT_ONCE):
            peer.put(LETTER)
        bounce = peer.put(sample(samples.POSTFIX, await way_back(sent)))

        await mailbox.visit(returns)
        assert peer.seen == set()
        await mailbox.visit(returns)
        assert peer.seen == {bounce}


async def test_only_the_beginning_of_a_large_message_is_fetched(sent: Field, returns: Returns):
    """Ten megabytes stay where they are."""
    async with ImapPeer() as peer:
        peer.put(sample(samples.POSTFIX, await way_back(sent)) + b"x" * 10_000_000)
        await Mailbox(url(peer)).visit(returns)

    assert await fate(sent) == ("dead", "5.1.1")
    assert READ < 1_000_000


async def test_what_cannot_be_stored_stays_new(sent: Field, tmp_path: Path):
    """The database is away: the next visit finds it again."""
    engine = open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'colloquio.db'}")
    returns = Returns(engine, secret=SECRET, bounce_address=BOUNCES, clock=clock)
    async with ImapPeer() as peer:
        peer.put(sample(samples.POSTFIX, await way_back(sent)))
        with pytest.raises(StorageError):
            await Mailbox(url(peer)).visit(returns)

        assert peer.seen == set()
    await engine.dispose()


@pytest.mark.parametrize("word", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE"])
async def test_a_server_that_breaks_off_loses_nothing(sent: Field, returns: Returns, word: str):
    """What was not marked comes again, and counts once."""
    async with ImapPeer(breaks_off={word}) as peer:
        peer.put(sample(samples.POSTFIX, await way_back(sent)))
        mailbox = Mailbox(url(peer))
        with pytest.raises((IMAP4.error, OSError)):
            await mailbox.visit(returns)
        assert peer.seen == set()

        peer.breaks_off.clear()
        await mailbox.visit(returns)
        assert peer.seen == {1}
    assert await fate(sent) == ("dead", "5.1.1")


@pytest.mark.parametrize("word", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE"])
async def test_a_process_that_ends_does_not_wait_for_a_server_that_stalls(sent: Field, returns: Returns, word: str):
    """Its thread wakes up and ends as well."""
    async with ImapPeer(stalls={word}) as peer:
        peer.put(sample(samples.POSTFIX, await way_back(sent)))
        visit = asyncio.create_task(Mailbox(url(peer)).visit(returns))
        await peer.is_stalling.wait()
        visit.cancel()
        await asyncio.wait([visit])
        await asyncio.wait_for(asyncio.get_running_loop().shutdown_default_executor(), SECONDS / 2)

    assert visit.cancelled()


async def test_a_process_that_ends_does_not_wait_for_a_server_that_never_greets(returns: Returns):
    """It takes the connection, and that is all."""
    called = asyncio.Event()

    async def take(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.set()
        await ended.wait()
        writer.close()

    ended = asyncio.Event()
    async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
        address = f"imap://a:b@127.0.0.1:{server.sockets[0].getsockname()[1]}"
        visit = asyncio.create_task(Mailbox(address).visit(returns))
        await called.wait()
        visit.cancel()
        await asyncio.wait([visit])
        await asyncio.wait_for(asyncio.get_running_loop().shutdown_default_executor(), SECONDS / 2)
        ended.set()

    assert visit.cancelled()


async def test_a_password_never_crosses_a_network_in_clear(returns: Returns):
    """0.0.0.0 leads here as well, but is not called so."""
    async with ImapPeer() as peer:
        with pytest.raises(PasswordInClear):
            await Mailbox(url(peer, host="0.0.0.0")).visit(returns)  # noqa: S104
        assert peer.logins == []


@pytest.mark.parametrize(
    ("folder", "on_the_line"),
    [("Attività", "Attivit&AOA-"), ("R&D", "R&-D"), ("Ufficio/台北", "Ufficio/&U,BTFw-"), ('a"b', 'a\\"b')],
)
async def test_passwords_and_folders_may_have_accents(sent: Field, returns: Returns, folder: str, on_the_line: str):
    """As people write them, or in the %XX of web addresses."""
    for written in (folder, quote(folder, safe="")):
        async with ImapPeer(login=("città", "perché/no"), folder=on_the_line) as peer:
            bounce = peer.put(sample(samples.POSTFIX, await way_back(sent)))
            await Mailbox(f"imap://città:perch%C3%A9%2Fno@127.0.0.1:{peer.port}/{written}").visit(returns)

            assert peer.seen == {bounce}


async def test_a_wrong_password_with_an_accent_is_refused_like_any_other(returns: Returns):
    """And by the server."""
    async with ImapPeer() as peer:
        with pytest.raises(IMAP4.error):
            await Mailbox(url(peer, password=OTHER_WITH_ACCENT)).visit(returns)
        assert len(peer.logins) == 1


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
async def test_encryption_that_is_offered_is_used(sent: Field, returns: Returns, tmp_path: Path):
    """As STARTTLS, before the password."""
    async with ImapPeer(tls=certificate(tmp_path)) as peer:
        peer.put(sample(samples.POSTFIX, await way_back(sent)))
        await Mailbox(url(peer)).visit(returns)

        assert peer.seen == {1}


async def test_the_service_looks_again_and_says_once_that_it_cannot(
    sent: Field, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """A wrong password is no reason to end, nor to fill the log, which never shows it."""
    monkeypatch.setattr(service, "VISIT_EACH", 0.0)
    async with ImapPeer() as peer:
        told = settings.model_copy(update={"imap_url": SecretStr(url(peer, password=OTHER))})
        running = asyncio.create_task(serve_bounces(sent.engine, told, clock))
        await peer.until(lambda: len(peer.logins) >= 3)
        peer.login = (peer.login[0], OTHER)
        peer.put(sample(samples.POSTFIX, await way_back(sent)))
        await peer.until(lambda: bool(peer.seen))
        running.cancel()
        await asyncio.wait([running])

    assert await fate(sent) == ("dead", "5.1.1")
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert "refuses the user name, the password or the folder" in errors[0]
    assert OTHER not in caplog.text
