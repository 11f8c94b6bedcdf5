"""The log of the process: plain lines that hold no token, no respondent and no answer."""

import logging
from collections.abc import Iterable
from types import TracebackType

from bot.trail import trail_of

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

SHORTEST_SECRET = 6
"""A shorter text is not looked for: it would be found everywhere."""


class DiscreetFormatter(logging.Formatter):
    """Lines as "2026-11-22 15:04:05 WARNING bot.telegram: ..."; exceptions by their places only."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        # The part behind a token's colon, since the colon of an address may be written "%3A".
        parts = {part for secret in secrets for part in (secret, secret.rpartition(":")[2])}
        self._secrets = sorted((part for part in parts if len(part) >= SHORTEST_SECRET), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Write the line, secrets blotted out."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - logging's name
        """Say where an exception came from: its message may quote an answer, or an address with the token."""
        return trail_of(ei[1]) if ei[1] is not None else ""


def start_log(secrets: Iterable[str]) -> None:
    """Log to the standard error from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(DiscreetFormatter(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO)
    hush()


def hush() -> None:
    """Silence the libraries that log what people wrote; what goes wrong there reaches us as an exception."""
    for library in ("aiosqlite", "asyncpg", "mail.log", "sqlalchemy", "telegram"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
