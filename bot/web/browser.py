"""Who is at the other end: a browser, known by a random key in a cookie of which only the hash is ever stored."""

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

from storage.turns import Sender

COOKIE = "colloquio"
KEY_BYTES = 24  # 192 bits
_KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_REMEMBERED = 180 * 24 * 3600  # seconds: longer than any field period


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser; its key is a secret between it and us."""

    key: str

    @property
    def sender(self) -> Sender:
        """The address under which its session is kept; storage keeps only the key's hash."""
        return Sender("web", self.key)

    @property
    def form_token(self) -> str:
        """What every form of ours carries and a foreign page cannot know."""
        return hmac.new(self.key.encode(), b"form", sha256).hexdigest()

    def sent(self, token: str) -> bool:
        """Whether a form with this token was drawn for this browser."""
        return hmac.compare_digest(self.form_token.encode(), token.encode())


def browser_of(request: web.Request) -> Browser | None:
    """Read the cookie; None when there is none of ours."""
    key = request.cookies.get(COOKIE, "")
    return Browser(key) if _KEY.fullmatch(key) else None


def new_browser() -> Browser:
    """Draw a new key."""
    return Browser(secrets.token_urlsafe(KEY_BYTES))


def remember(response: web.StreamResponse, browser: Browser, *, path: str, secure: bool) -> None:
    """Leave the key with the browser, out of reach of scripts and of requests from other sites' forms."""
    response.set_cookie(
        COOKIE, browser.key, max_age=_REMEMBERED, path=path, secure=secure, httponly=True, samesite="Lax"
    )
