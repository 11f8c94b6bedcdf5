"""The web chat as a server in the loop of the process: its routes, its headers, its start and its end."""

import errno
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from mimetypes import guess_type

from aiohttp import web

from bot.dialogue import Dialogue
from bot.trail import trail_of
from bot.web import words
from bot.web.chat import hear_chat, show_chat
from bot.web.hearing import FormRefused
from bot.web.landing import accept_invitation, show_invitation
from bot.web.pages import STATIC
from bot.web.site import SITE, Site, WebPlace
from storage.errors import StorageError

BODY_LIMIT = 256 * 1024
"""Bytes of a form: far more than an answer may have, so that one that is too long still comes back to be shortened."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TYPES = {name: guess_type(name)[0] or "application/octet-stream" for name in STATIC}
_LOG = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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


async def serve_web(dialogue: Dialogue, place: WebPlace) -> WebServer:
    """Serve from now on, in this loop; raises `PortTaken` with a sentence for people."""
    runner = web.AppRunner(_application(dialogue, place), access_log=None, shutdown_timeout=5)
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


def _application(dialogue: Dialogue, place: WebPlace) -> web.Application:
    application = web.Application(client_max_size=BODY_LIMIT, middlewares=[_in_words])
    application[SITE] = Site(dialogue, place)
    application.on_response_prepare.append(_add_headers)
    application.add_routes(
        [
            web.get(f"{place.base}/s/{{token}}", show_invitation),
            web.post(f"{place.base}/s/{{token}}", accept_invitation),
            web.get(f"{place.base}/chat", show_chat),
            web.post(f"{place.base}/chat", hear_chat),
            web.get(f"{place.base}/static/{{name}}", _static),
        ]
    )
    return application


async def _static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound
    cached = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(body=STATIC[name], content_type=_TYPES[name], charset="utf-8", headers=cached)


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")


@web.middleware
async def _in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong is said in a sentence; addresses hold tokens, so none is ever logged."""
    site = request.app[SITE]
    try:
        return await handler(request)
    except FormRefused:
        return site.message(request, words.form_refused, HTTPStatus.BAD_REQUEST, link=site.chat_address)
    except web.HTTPRequestEntityTooLarge:
        return site.message(request, words.too_long, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, link=site.chat_address)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as error:
        return site.message(request, words.no_such_page, HTTPStatus(error.status))
    except StorageError as error:
        _LOG.warning("The web chat could not answer: %s", error)
        return site.message(request, words.our_fault, HTTPStatus.SERVICE_UNAVAILABLE)
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - the last place before the person who waits; it is in the log
        _LOG.error("The web chat failed: %s", trail_of(error))
        return site.message(request, words.our_fault, HTTPStatus.INTERNAL_SERVER_ERROR)
