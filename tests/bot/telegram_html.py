"""Telegram's HTML as the service reads it, strict: the words without the marks, or an error."""

import re
from html import unescape

_TOKEN = re.compile(
    r"<(?P<open>b|i|a href=\"[^\"<>]*\")>|</(?P<close>[bia])>|&(?P<sign>amp|lt|gt|quot|#x27);|(?P<text>[^<&]+)"
)


class NotHtmlError(ValueError):
    """Telegram would refuse this text."""


def plain_of(html: str) -> str:
    """The text that a person sees; raises NotHtmlError for what is not closed, not known or not escaped."""
    place, seen, opened = 0, [], []
    while place < len(html):
        token = _TOKEN.match(html, place)
        if token is None:
            raise NotHtmlError(f"can't parse entities at {place}: {html[place : place + 20]!r}")
        place = token.end()
        if token["open"]:
            opened.append(token["open"][0])
        elif token["close"]:
            if not opened or opened.pop() != token["close"]:
                raise NotHtmlError(f"</{token['close']}> closes nothing")
        else:
            seen.append(unescape(token[0]))
    if opened:
        raise NotHtmlError(f"<{opened[-1]}> is never closed")
    return "".join(seen).strip()


def marks_in(html: str) -> int:
    """The stretches that are bold, italic or linked."""
    return len(re.findall(r"<[bia][ >]", html))
