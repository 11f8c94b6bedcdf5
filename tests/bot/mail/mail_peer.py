"""A mail server on loopback that behaves as a test tells it to."""

import asyncio
import ssl
import subprocess
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "survey@example.org", "pass/word:1@"


@dataclass(frozen=True)
class Taken:
    """A message that the server took upon itself."""

    sender: str
    recipient: str
    content: bytes
    was_encrypted: bool


@dataclass
class MailPeer:
    """`says` answers a command with other words, once for each of them; `breaks_off` and `stalls` name commands."""

    tls: ssl.SSLContext | None = None
    requires_tls: bool = False
    requires_login: bool = False
    is_encrypted: bool = False
    says: dict[str, list[str]] = field(default_factory=dict)
    breaks_off: set[str] = field(default_factory=set)
    stalls: set[str] = field(default_factory=set)
    taken: list[Taken] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._released = asyncio.Event()
        self._transports: list[asyncio.BaseTransport] = []
        tls = self.tls if self.is_encrypted else None
        self._server = await loop.create_server(self._connection, "127.0.0.1", self.port, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._released.set()
        self._server.close()
        self.hang_up()
        await self._server.wait_closed()

    def take_leave(self) -> None:
        """End every connection with a word that nobody has asked for, as a server does that has waited too long."""
        for transport in self._transports:
            transport.write(b"421 4.4.2 peer: timeout exceeded\r\n")  # type: ignore[attr-defined]
            transport.close()
        self._transports.clear()

    def hang_up(self) -> None:
        """End every connection, as a server does that is restarted."""
        for transport in self._transports:
            transport.abort()  # type: ignore[attr-defined]
        self._transports.clear()

    def url(self, login: str = "", host: str = "127.0.0.1") -> str:
        scheme = "smtps" if self.is_encrypted else "smtp"
        return f"{scheme}://{login}{host}:{self.port}"

    def _connection(self) -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a login without encryption is what the tests are about
            return _Protocol(
                self,
                hostname="peer",
                tls_context=None if self.is_encrypted else self.tls,
                require_starttls=self.requires_tls,
                auth_required=self.requires_login,
                auth_require_tls=False,
                authenticator=self._authenticate,
                loop=asyncio.get_running_loop(),
            )

    def connected(self, transport: asyncio.BaseTransport) -> None:
        self.connections += 1
        self._transports.append(transport)
        if "connect" in self.breaks_off:
            transport.abort()  # type: ignore[attr-defined]

    def _authenticate(self, _server: SMTP, _session: Session, _env: Envelope, _how: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        login = (data.login.decode(), data.password.decode())
        self.logins.append(login)
        return AuthResult(success=login == (USER, PASSWORD), handled=False)

    async def _behave(self, command: str, session: Session) -> str:
        """The words to answer with; "" for the usual ones."""
        if command in self.stalls:
            await self._released.wait()
        if command in self.breaks_off:
            session.loop.call_soon(self.hang_up)
            await self._released.wait()
        waiting = self.says.get(command)
        return waiting.pop(0) if waiting else ""

    async def handle_MAIL(self, _server: SMTP, session: Session, envelope: Envelope, address: str, *_: object) -> str:  # noqa: N802
        said = await self._behave("MAIL", session)
        if not said:
            envelope.mail_from = address
        return said or "250 2.1.0 Ok"

    async def handle_RCPT(self, _server: SMTP, session: Session, envelope: Envelope, address: str, *_: object) -> str:  # noqa: N802
        said = await self._behave("RCPT", session)
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert envelope.mail_from is not None
        assert isinstance(envelope.content, bytes)
        said = await self._behave("DATA", session)
        if not said:
            [recipient] = envelope.rcpt_tos
            is_secret = session.ssl is not None or self.is_encrypted
            self.taken.append(Taken(envelope.mail_from, recipient, envelope.content, is_secret))
        return said or "250 2.0.0 Taken"


class _Protocol(SMTP):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.event_handler.connected(transport)


def certificate(folder: Path) -> ssl.SSLContext:
    """A context of a server whose certificate nobody has signed but itself."""
    key, own = folder / "key.pem", folder / "certificate.pem"
    made = (
        f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {key} -out {own} -days 2 -subj /CN=peer"
    )
    subprocess.run(["openssl", *made.split()], check=True, capture_output=True)  # noqa: S603, S607
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(own, key)
    return context
