"""Bounces out of a mailbox, for organisations whose server hands them to nobody: looked through now and then."""

import asyncio
import logging
import re
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from email.parser import BytesParser
from email.utils import getaddresses
from imaplib import IMAP4, IMAP4_SSL
from typing import cast

from bot.ending import is_ending
from bot.mail.bounces import READ
from bot.mail.returns import Returns
from bot.mail.servers import MailServer, PasswordInClear
from bot.trail import trail_of
from storage.errors import StorageError

_log = logging.getLogger(__name__)

SECONDS = 30.0
"""For one answer of the server."""

AT_ONCE = 200
"""New messages that are looked through in one visit."""

RECIPIENTS = ("To", "Delivered-To", "X-Original-To", "Envelope-To")

_BEYOND_ASCII = re.compile(r"[^\x20-\x7e]+")
_UID = re.compile(rb"\bUID (\d+)")


class Mailbox:
    """May be shared with people: only what is for our address is opened, and only that is marked as read."""

    def __init__(self, url: str) -> None:
        self._server = MailServer.at(url)
        self._passed: set[bytes] = set()
        self._validity = b""
        self._entering: IMAP4 | None = None

    async def visit(self, returns: Returns) -> None:
        """Take what is new. Raises StorageError, IMAP4.error, PasswordInClear and OSError; the rest comes next time."""
        connection = await self._opened()
        try:
            for uid, recipients in await asyncio.to_thread(self._ours, connection, returns):
                await _take(returns, await asyncio.to_thread(_content, connection, uid), recipients)
                await asyncio.to_thread(connection.uid, "STORE", uid.decode(), "+FLAGS", r"(\Seen)")
        finally:
            _hang_up(connection)

    async def _opened(self) -> IMAP4:
        try:
            return await _unwaited_for(self._open)
        except asyncio.CancelledError:
            if self._entering is not None:
                _hang_up(self._entering)
            raise
        finally:
            self._entering = None

    def _open(self) -> IMAP4:
        server = self._server
        if server.is_encrypted:
            connection: IMAP4 = IMAP4_SSL(server.host, server.port, ssl_context=server.tls(), timeout=SECONDS)
        else:
            connection = IMAP4(server.host, server.port, timeout=SECONDS)
        self._entering = connection
        try:
            self._enter(connection)
        except BaseException:
            _hang_up(connection)
            raise
        return connection

    def _enter(self, connection: IMAP4) -> None:
        if not self._server.is_encrypted:
            if "STARTTLS" in connection.capabilities:
                connection.starttls(self._server.tls())
            elif self._server.needs_encryption:
                raise PasswordInClear
        _log_in(connection, self._server.user, self._server.password)
        kind, data = connection.select(_quoted(_modified_utf7(self._server.folder or "INBOX")))
        if kind != "OK":
            raise IMAP4.error(f"no such folder: {data!r}")
        self._forget_if_renumbered(connection.response("UIDVALIDITY")[1])

    def _forget_if_renumbered(self, validity: Sequence[object]) -> None:
        if validity != [self._validity]:
            self._validity = validity[0] if validity and isinstance(validity[0], bytes) else b""
            self._passed.clear()

    def _ours(self, connection: IMAP4, returns: Returns) -> list[tuple[bytes, list[str]]]:
        """What is for our address: (uid, recipients). Of the rest only the recipients are read, and only once."""
        _, found = connection.uid("SEARCH", "UNSEEN")
        fresh = [uid for uid in (found[0] or b"").split() if uid not in self._passed][:AT_ONCE]
        ours = []
        for uid, recipients in _recipients(connection, fresh):
            if any(returns.is_ours(recipient) for recipient in recipients):
                ours.append((uid, recipients))
            else:
                self._passed.add(uid)
        return ours


async def _unwaited_for(call: Callable[[], IMAP4]) -> IMAP4:
    """What the call returns; its thread keeps no process from ending, for a server that never greets."""
    loop = asyncio.get_running_loop()
    opened: asyncio.Future[IMAP4] = loop.create_future()

    def tell(connection: IMAP4 | None, error: Exception | None) -> None:
        if not opened.done():
            opened.set_exception(error) if error is not None else opened.set_result(cast("IMAP4", connection))
        elif connection is not None:
            _hang_up(connection)

    def run() -> None:
        connection, failed = None, None
        try:
            connection = call()
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            failed = error
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(tell, connection, failed)

    threading.Thread(target=run, daemon=True).start()
    return await opened


async def _take(returns: Returns, content: bytes, recipients: Sequence[str]) -> None:
    """What cannot be stored comes again; what cannot be understood must not, or it would hold up all the others."""
    try:
        await returns.take(content, recipients)
    except StorageError:
        raise
    except Exception as error:
        if is_ending():
            raise
        _log.error("A message in the mailbox of COLLOQUIO_IMAP_URL is passed over: %s", trail_of(error))


def _hang_up(connection: IMAP4) -> None:
    """At once, also for a thread that waits for the server on this connection."""
    with suppress(OSError):
        connection.socket().shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        connection.shutdown()


def _recipients(connection: IMAP4, uids: Sequence[bytes]) -> Iterator[tuple[bytes, list[str]]]:
    if not uids:
        return
    fields = f"(BODY.PEEK[HEADER.FIELDS ({' '.join(RECIPIENTS).upper()})])"
    for uid, headers in _fetched(connection, b",".join(uids), fields):
        yield uid, _addresses(headers)


def _addresses(headers: bytes) -> list[str]:
    try:
        message = BytesParser().parsebytes(headers, headersonly=True)
        named = [str(value) for name in RECIPIENTS for value in message.get_all(name, [])]
        return [address for _, address in getaddresses(named)]
    except Exception as error:  # noqa: BLE001 - strangers write these, and comments within comments
        _log.warning("The recipients of a message cannot be read: %s", trail_of(error))
        return []


def _content(connection: IMAP4, uid: bytes) -> bytes:
    return next((content for _, content in _fetched(connection, uid, f"(BODY.PEEK[]<0.{READ}>)")), b"")


def _fetched(connection: IMAP4, uids: bytes, what: str) -> Iterator[tuple[bytes, bytes]]:
    """(uid, content) of each; a server may name the uid before the content or after it."""
    _, answers = connection.uid("FETCH", uids.decode(), what)
    for answer, following in zip(answers, [*answers[1:], b""], strict=True):
        if isinstance(answer, tuple):
            uid = _UID.search(answer[0]) or _UID.search(following if isinstance(following, bytes) else b"")
            if uid:
                yield uid[1], answer[1]


def _log_in(connection: IMAP4, user: str, password: str) -> None:
    """With LOGIN, which any server knows but takes ASCII only; what goes beyond needs PLAIN (RFC 4616)."""
    if f"{user}{password}".isascii():
        connection.login(user, password)
    else:
        connection.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())


def _modified_utf7(folder: str) -> str:
    """As "Attivit&AOA-" for "Attività" (RFC 3501, 5.1.3)."""
    return _BEYOND_ASCII.sub(lambda found: f"&{_base64(found[0])}-", folder.replace("&", "&-"))


def _base64(text: str) -> str:
    return b64encode(text.encode("utf-16-be"), b"+,").decode().rstrip("=")


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
