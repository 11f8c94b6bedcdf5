"""What every request of the web chat shares: the installation's addresses, the answers' headers, the language."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web

from bot.dialogue import Dialogue
from bot.web.browser import Browser, remember
from bot.web.pages import Pages
from conversations.phrases import Phrases, phrases_for


def no_telegram(_token: str) -> str:
    """Offer no way into Telegram."""
    return ""


@dataclass(frozen=True, slots=True)
class WebPlace:
    """Where the web chat listens and how people reach it; port 0 takes any free one.

    `telegram_link` turns an invitation's token into its t.me address, or "" as long as there is none.
    """

    host: str
    port: int
    public_url: str
    telegram_link: Callable[[str], str] = no_telegram

    @property
    def base(self) -> str:
        """The path under which everything lies: "" or "/path"."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether people reach it over https."""
        return urlsplit(self.public_url).scheme == "https"


class Site:
    """One web chat: what its handlers need."""

    def __init__(self, dialogue: Dialogue, place: WebPlace) -> None:
        self.dialogue = dialogue
        self.place = place
        self.pages = Pages(place.base)

    @property
    def chat_address(self) -> str:
        """Where the conversation is, at what is asked now."""
        return f"{self.place.base}/chat#now"

    def answer(self, html: str, *, status: HTTPStatus = HTTPStatus.OK, browser: Browser | None = None) -> web.Response:
        """A page; `browser` is remembered by it."""
        response = web.Response(text=html, content_type="text/html", status=status)
        if browser is not None:
            remember(response, browser, path=self.place.base or "/", secure=self.place.is_secure)
        return response

    def message(
        self, request: web.Request, sentence: Callable[[Phrases], str], status: HTTPStatus, *, link: str = ""
    ) -> web.Response:
        """A page of one sentence in the language that the browser asks for."""
        language = wished_language(request)
        return self.answer(self.pages.message(language, sentence(phrases_for(language)), link=link), status=status)


def wished_language(request: web.Request) -> str:
    """The first language of the browser, as a tag; "" when it names none."""
    return request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0].strip()[:35]


SITE = web.AppKey("SITE", Site)
