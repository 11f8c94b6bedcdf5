"""The log of the process holds no secret and nobody's words."""

import logging

from bot.logs import DiscreetFormatter
from bot.trail import trail_of

TOKEN = "123456:" + "AAcanaryBBcanaryCC"


def record(message: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error is not None else None
    return logging.LogRecord("bot", logging.ERROR, "x.py", 1, message, None, info)


def failing(words: str) -> None:
    raise ValueError(words)


def failure(words: str) -> ValueError:
    try:
        failing(words)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_token_is_blotted_out_wherever_it_stands():
    """As it is, and within an address, where its colon is written in another way."""
    formatter = DiscreetFormatter([TOKEN])
    for text in (f"POST https://api.telegram.org/bot{TOKEN}/getMe", "bot123456%3AAAcanaryBBcanaryCC"):
        assert "canary" not in formatter.format(record(text))


def test_an_exception_is_logged_by_where_it_came_from():
    """Its message may quote an answer."""
    line = DiscreetFormatter([]).format(record("It failed.", failure("mi chiamo Anna")))
    assert "Anna" not in line
    assert "ValueError at bot/test_logs.py:" in line


def test_a_trail_names_the_cause_too():
    """The first error is mostly the one to be mended."""
    error = RuntimeError("altro")
    error.__cause__ = failure("segreto")
    trail = trail_of(error)
    assert trail.startswith("RuntimeError at ")
    assert "from ValueError at bot/test_logs.py:" in trail
    assert "segreto" not in trail
