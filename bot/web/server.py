"""The web chat as a server in the loop of the process: its routes, its headers, its start and its end."""

import errno
import logging
from mimetypes import guess_type

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.dialogue import Dialogue
from bot.files import Files
from bot.web.chat import hear_chat, show_chat
from bot.web.exhibits import show_exhibit
from bot.web.home import show_home
from bot.web.landing import accept_invitation, show_invitation
from bot.web.lost_link import ask_address, hear_address
from bot.web.mishaps import in_words
from bot.web.my_data import show_my_data
from bot.web.no_more import ask_no_more, hear_no_more
from bot.web.outbox import show_html, show_mail, show_outbox
from bot.web.pages import STATIC
from bot.web.site import OUTBOX, SITE, WISHES, Site, WebPlace
from bot.wishes import Wishes

BODY_LIMIT = 256 * 1024
"""Bytes of a form: far more than an answer may have, so that one that is too long still comes back to be shortened."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TYPES = {name: guess_type(name)[0] or "application/octet-stream" for name in STATIC}


_LOG = logging.getLogger(__name__)


def _is_news(record: logging.LogRecord) -> bool:
    """The library logs who sent what is no request at all: that is nobody's failure, and addresses aren't logged."""
    record.msg, record.args = "The web server failed.", ()
    return record.exc_info is None or not isinstance(record.exc_info[1], HttpProcessingError)


_LOG.addFilter(_is_news)


class PortTaken(OSError):
    """The web chat cannot listen on its port: another program has it."""


class WebServer:
    """A running web chat; `port` is the one it really listens on."""

    def __init__(self, runner: web.AppRunner, port: int) -> None:
        self._runner = runner
        self.port = port

    async def stop(self) -> None:
        """Finish what is being answered, then close."""
        await self._runner.cleanup()


async def serve_web(
    dialogue: Dialogue, place: WebPlace, wishes: Wishes | None = None, files: Files | None = None
) -> WebServer:
    """Serve from now on, in this loop; raises `PortTaken` with a sentence for people.

    Without `wishes` there are no pages for those who want no more reminders, or a new link; without `files` nothing
    can be sent but words.
    """
    site = Site(dialogue, place, files, offers_links=wishes is not None)
    runner = web.AppRunner(_application(site, wishes), access_log=None, logger=_LOG, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, place.host, place.port).start()
    except OSError as error:
        await runner.cleanup()
        raise _explained(error, place) from error
    return WebServer(runner, runner.addresses[0][1])


def _explained(error: OSError, place: WebPlace) -> OSError:
    if error.errno != errno.EADDRINUSE:
        return error
    return PortTaken(
        f"Port {place.port} on {place.host} is already used by another program. "
        "Stop that program, or choose another port with COLLOQUIO_WEB_PORT."
    )


def _application(site: Site, wishes: Wishes | None) -> web.Application:
    application = web.Application(client_max_size=BODY_LIMIT, middlewares=[in_words])
    place = site.place
    application[SITE] = site
    application.on_response_prepare.append(_add_headers)
    application.add_routes(_routes(place.base))
    if wishes is not None:
        application[WISHES] = wishes
        application.on_cleanup.append(_finish_wishes)
        application.add_routes(_wishing(place.base))
    if place.shown_outbox is not None:
        application[OUTBOX] = place.shown_outbox
        application.add_routes(_waiting())
    return application


async def _finish_wishes(application: web.Application) -> None:
    await application[WISHES].end()


def _routes(base: str) -> list[web.RouteDef]:
    return [
        *[web.get(path, show_home) for path in {base or "/", f"{base}/"}],
        web.get(f"{base}/s/{{token}}", show_invitation),
        web.post(f"{base}/s/{{token}}", accept_invitation),
        web.get(f"{base}/chat", show_chat),
        web.post(f"{base}/chat", hear_chat),
        web.get(f"{base}/chat/mydata", show_my_data),
        web.get(f"{base}/media/{{name}}", show_exhibit),
        web.get(f"{base}/static/{{name}}", _static),
    ]


def _wishing(base: str) -> list[web.RouteDef]:
    return [
        web.get(f"{base}/no-more/{{token}}", ask_no_more),
        web.post(f"{base}/no-more/{{token}}", hear_no_more),
        web.get(f"{base}/link", ask_address),
        web.post(f"{base}/link", hear_address),
    ]


def _waiting() -> list[web.RouteDef]:
    """Without a public address there is no path under which they could lie."""
    return [
        web.get("/outbox", show_outbox),
        web.get("/outbox/{name}", show_mail),
        web.get("/outbox/{name}/html", show_html),
    ]


async def _static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound
    cached = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(body=STATIC[name], content_type=_TYPES[name], charset="utf-8", headers=cached)


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for header, value in _HEADERS.items():
        response.headers.setdefault(header, value)
