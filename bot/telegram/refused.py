"""What Telegram says when it does not do something, and which of that is nothing to worry about."""

import logging

from telegram.error import TelegramError

_log = logging.getLogger(__name__)

_GONE = ("chat not found", "user_is_blocked", "user is deactivated", "peer_id_invalid")


def is_gone(error: TelegramError) -> bool:
    """Whether nobody reads in that chat any more."""
    return says(error, *_GONE)


def says(error: TelegramError, *words: str) -> bool:
    """Whether the error is described in one of these words."""
    return any(word in error.message.lower() for word in words)


def log_unless(error: TelegramError, *expected: str) -> None:
    """Something small was not done; worth a line unless it was to be expected."""
    if not says(error, *expected):
        _log.warning("Telegram did not do a small thing: %s", error.message)
