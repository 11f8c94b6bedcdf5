"""What every request of the web chat shares: the installation's addresses, the answers' headers, the language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.dialogue import Dialogue
from bot.files import Files
from bot.web import words
from bot.web.browser import Browser, remember
from bot.web.doors import Way
from bot.web.pages import Pages
from bot.web.words import Sentence
from bot.wishes import Wishes
from conversations.phrases import phrases_for


def no_telegram(_token: str) -> str:
    """Offer no way into Telegram."""
    return ""


@dataclass(frozen=True, slots=True)
class WebPlace:
    """Where the web chat listens and how people reach it; port 0 takes any free one.

    `telegram_link` turns an invitation's token into its t.me address, or "" as long as there is none. `outbox` is the
    folder of the messages that wait there because there is no mail server; None where there is one.
    """

    host: str
    port: int
    public_url: str
    telegram_link: Callable[[str], str] = no_telegram
    outbox: Path | None = None

    @property
    def base(self) -> str:
        """The path under which everything lies: "" or "/path"."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether people reach it over https."""
        return urlsplit(self.public_url).scheme == "https"

    def public_address(self, path: str) -> str:
        """A page's address for other devices; "" where nobody has said what it is."""
        return f"{self.public_url.rstrip('/')}{path}" if self.public_url else ""

    @property
    def shown_outbox(self) -> Path | None:
        """The folder whose messages may be read in a browser: never where people from elsewhere come."""
        return None if self.public_url else self.outbox


class Site:
    """One web chat: what its handlers need. `offers_links`: whether people can ask for a new one.

    Without `files` none is taken and none is shown.
    """

    def __init__(
        self, dialogue: Dialogue, place: WebPlace, files: Files | None = None, *, offers_links: bool = False
    ) -> None:
        self.dialogue = dialogue
        self.files = files
        self.place = place
        self._offers_links = offers_links
        self.pages = Pages(place.base)

    @property
    def chat_address(self) -> str:
        """Where the conversation is, at what is asked now."""
        return f"{self.place.base}/chat#now"

    @property
    def to_outbox(self) -> tuple[Way, ...]:
        """The way to the messages that wait here."""
        return (Way(words.see_outbox, "/outbox"),) if self.place.shown_outbox is not None else ()

    @property
    def to_chat(self) -> tuple[Way, ...]:
        """The way to the conversation."""
        return (Way(words.open_conversation, self.chat_address),)

    @property
    def to_data(self) -> tuple[Way, ...]:
        """The way to the file of all that is stored about who asks."""
        return (Way(words.download_data, f"{self.place.base}/chat/mydata"),)

    def to_new_link(self, sentence: Sentence = words.need_new_link) -> tuple[Way, ...]:
        """The way to a new link, if there is one."""
        return (Way(sentence, f"{self.place.base}/link"),) if self._offers_links else ()

    def answer(self, html: str, *, status: HTTPStatus = HTTPStatus.OK, browser: Browser | None = None) -> web.Response:
        """A page; `browser` is remembered by it."""
        response = web.Response(text=html, content_type="text/html", status=status)
        if browser is not None:
            remember(response, browser, path=self.place.base or "/", secure=self.place.is_secure)
        return response

    def message(
        self, request: web.Request, sentence: Sentence, status: HTTPStatus, *, ways: Sequence[Way] = ()
    ) -> web.Response:
        """A page of one sentence in the language that the browser asks for."""
        language = wished_language(request)
        return self.answer(self.pages.message(language, [sentence(phrases_for(language))], ways=ways), status=status)


def wished_language(request: web.Request) -> str:
    """The first language of the browser, as a tag; "" when it names none."""
    return request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0].strip()[:35]


SITE = web.AppKey("SITE", Site)
WISHES = web.AppKey("WISHES", Wishes)
OUTBOX = web.AppKey("OUTBOX", Path)
