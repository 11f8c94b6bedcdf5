"""The door for bounces, with a real client at it."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.mail import listening
from bot.mail.listening import LARGEST, listen
from bot.mail.returns import Returns
from bot.mail.service import serve_bounces
from bot.mail.verp import return_path
from storage.engine import open_engine
from storage.settings import Settings
from storage.tokens import bounce_tag
from tests.bot.mail import samples
from tests.bot.mail.coming_back import fate, way_back
from tests.bot.mail.conftest import BOUNCES, clock
from tests.bot.mail.samples import sample
from tests.bot.telegram_peer import PATIENCE
from tests.storage.field import SECRET, Field

SCHEMES = {"lmtp": smtplib.LMTP, "smtp": smtplib.SMTP}


class Door:
    """Where it is, and how a server hands messages in."""

    def __init__(self, scheme: str, port: int) -> None:
        self.scheme, self.port = scheme, port

    async def hand_in(self, raw: bytes, *recipients: str) -> tuple[int, bytes]:
        """The last answer, to the message or to its recipients."""
        return await asyncio.to_thread(self._hand_in, raw, recipients)

    def _hand_in(self, raw: bytes, recipients: tuple[str, ...]) -> tuple[int, bytes]:
        with SCHEMES[self.scheme]("127.0.0.1", self.port, timeout=PATIENCE) as client:
            client.ehlo_or_helo_if_needed()
            client.mail("")
            answers = [client.rcpt(recipient) for recipient in recipients]
            if answers[-1][0] != 250:
                return answers[-1]
            return client.data(raw)


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def door(scheme: str, returns: Returns) -> AsyncIterator[Door]:
    """By LMTP, as a mail server on the same machine would, and by SMTP."""
    server = await listen(f"{scheme}://127.0.0.1:0", returns)
    yield Door(scheme, server.sockets[0].getsockname()[1])
    server.close()


async def test_a_bounce_is_confirmed_when_it_is_stored(door: Door, sent: Field):
    """Then the server that brought it may forget it."""
    to = await way_back(sent)

    assert (await door.hand_in(sample(samples.POSTFIX, to), to))[0] == 250
    assert await fate(sent) == ("dead", "5.1.1")


async def test_a_bounce_that_cannot_be_stored_is_not_confirmed(
    scheme: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """The database is away: the server keeps it and comes again."""
    engine = open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'colloquio.db'}")
    returns = Returns(engine, secret=SECRET, bounce_address=BOUNCES, clock=clock)
    server = await listen(f"{scheme}://127.0.0.1:0", returns)
    to = return_path(BOUNCES, bounce_tag(SECRET, "f" * 32, "w1"))

    answer = await Door(scheme, server.sockets[0].getsockname()[1]).hand_in(sample(samples.POSTFIX, to), to)

    assert answer[0] == 451
    assert "could not be stored" in caplog.text
    assert to not in caplog.text
    server.close()
    await engine.dispose()


async def test_a_bounce_that_we_stumble_over_is_not_confirmed(
    door: Door, sent: Field, returns: Returns, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Nor refused: a better version may take it. What it says is not quoted in the log."""
    to = await way_back(sent)

    async def stumble(*_: object) -> None:
        raise KeyError(to)

    monkeypatch.setattr(returns, "take", stumble)

    assert (await door.hand_in(sample(samples.POSTFIX, to), to))[0] == 451
    assert "KeyError" in caplog.text
    assert to not in caplog.text


async def test_nobody_else_is_let_in(door: Door, sent: Field):
    """No relay, no guessing, no mailbox: a recipient is ours or is refused."""
    to = await way_back(sent)
    for other in ("ada@example.net", BOUNCES, to.replace("-w1-", "-w2-"), "bounces+x@example.org", "postmaster"):
        assert (await door.hand_in(b"", other))[0] == 550, other
    assert await fate(sent) == ("sent", "")


async def test_one_recipient_at_a_time(door: Door, sent: Field):
    """The server brings the second one by itself."""
    first, second = await way_back(sent), await way_back(sent, "P2")

    assert (await door.hand_in(b"", first, second))[0] == 452


async def test_what_is_too_large_is_not_taken_into_memory(door: Door, sent: Field):
    """A bounce has some ten thousand bytes."""
    to = await way_back(sent)

    assert (await door.hand_in(sample(samples.POSTFIX, to) + (b"x" * 98 + b"\r\n") * (LARGEST // 100), to))[0] == 552
    assert await fate(sent) == ("sent", "")


async def test_ten_megabytes_by_one_line_are_not_taken_either(door: Door, sent: Field):
    """However they are cut."""
    to = await way_back(sent)
    try:
        answer = (await door.hand_in(b"x" * 10_000_000, to))[0]
    except (smtplib.SMTPException, OSError):
        return  # hung up on
    assert answer >= 500


async def test_nonsense_is_taken_and_forgotten(door: Door, sent: Field, returns: Returns):
    """A server that brought it is not to bring it for ever."""
    to = await way_back(sent)

    assert (await door.hand_in(b"\xff\x00 nonsense", to))[0] == 250
    assert returns.unread == 1


async def test_the_settings_open_the_door(sent: Field, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """As long as the service runs."""
    opened: asyncio.Future[asyncio.Server] = asyncio.get_running_loop().create_future()

    async def watched(url: str, returns: Returns) -> asyncio.Server:
        opened.set_result(await listen(url, returns))
        return opened.result()

    monkeypatch.setattr(listening, "listen", watched)
    told = settings.model_copy(update={"bounce_listen": "lmtp://127.0.0.1:0"})
    service = asyncio.create_task(serve_bounces(sent.engine, told, clock))
    server = await opened
    to = await way_back(sent)

    answer = await Door("lmtp", server.sockets[0].getsockname()[1]).hand_in(sample(samples.POSTFIX, to), to)
    service.cancel()
    await asyncio.wait([service])

    assert answer[0] == 250
    assert await fate(sent) == ("dead", "5.1.1")
    assert not server.is_serving()


async def test_a_port_that_is_taken_is_said(sent: Field, settings: Settings, returns: Returns):
    """The process then says so and ends, rather than miss all bounces."""
    server = await listen("smtp://127.0.0.1:0", returns)
    port = server.sockets[0].getsockname()[1]

    with pytest.raises(OSError, match=str(port)):
        await serve_bounces(
            sent.engine, settings.model_copy(update={"bounce_listen": f"smtp://127.0.0.1:{port}"}), clock
        )
    server.close()


async def test_without_settings_nothing_is_opened(sent: Field, settings: Settings):
    """It waits, since a service that ends would end them all."""
    service = asyncio.create_task(serve_bounces(sent.engine, settings, clock))
    await asyncio.sleep(0)
    assert not service.done()
    service.cancel()
    await asyncio.wait([service])
