"""The steps of a process that anybody else can see, each commit and each message; at any of them a test may act."""

from collections.abc import Callable

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.mail.message import Mail
from bot.mail.smtp import SmtpCarrier
from bot.telegram.transport import AiohttpRequest
from storage.postings import Outcome


class Killed(BaseException):
    """As by kill -9: nobody catches it."""


class Steps:
    """Counts; at the step `at`, from 1, `act` is called."""

    def __init__(self, at: int = 0, act: Callable[[], None] = lambda: None) -> None:
        self.count = 0
        self._at = at
        self._act = act

    def __call__(self) -> None:
        self.count += 1
        if self.count == self._at:
            self._act()


class Kill(Steps):
    """From the step `at` on nothing that the process does has any effect."""

    def __call__(self) -> None:
        self.count += 1
        if self.has_struck:
            raise Killed

    @property
    def has_struck(self) -> bool:
        return self.count >= self._at


class UnheardCommit(DBAPIError):
    """The server committed, and the line broke before it could say so."""

    def __init__(self) -> None:
        super().__init__("COMMIT", None, ConnectionError("the line broke"), connection_invalidated=True)


def watch(engine: AsyncEngine, step: Callable[[], None]) -> None:
    """A step right before and right after each transaction that writes is committed."""
    writing: set[int] = set()
    commit = engine.dialect.do_commit

    def before(connection: Connection) -> None:
        if not connection.get_execution_options().get("reads"):
            step()
            writing.add(id(connection.connection.dbapi_connection))

    def do_commit(connection: object) -> None:
        commit(connection)
        if id(getattr(connection, "dbapi_connection", connection)) in writing:
            writing.discard(id(getattr(connection, "dbapi_connection", connection)))
            step()

    event.listen(engine.sync_engine, "commit", before)
    engine.dialect.do_commit = do_commit


class Wire(AiohttpRequest):
    """A step before a message leaves for Telegram, and one when its answer is there."""

    def __init__(self, step: Callable[[], None]) -> None:
        super().__init__()
        self._step = step

    async def do_request(self, url: str, method: str, *arguments: object, **more: object) -> tuple[int, bytes]:
        is_message = url.endswith("/sendmessage")
        if is_message:
            self._step()
        answer = await super().do_request(url, method, *arguments, **more)
        if is_message:
            self._step()
        return answer


class Carrier(SmtpCarrier):
    """A step before a message leaves for the mail server, and one when it has been taken."""

    def __init__(self, url: str, step: Callable[[], None]) -> None:
        super().__init__(url)
        self._step = step

    async def carry(self, mail: Mail) -> Outcome:
        self._step()
        outcome = await super().carry(mail)
        self._step()
        return outcome
