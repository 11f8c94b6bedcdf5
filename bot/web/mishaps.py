"""Whatever goes wrong with a request is said in a sentence; addresses hold tokens, so none is ever logged."""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from bot.trail import trail_of
from bot.web import words
from bot.web.hearing import FormRefused
from bot.web.site import SITE, Site
from storage.errors import StorageError

_LOG = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a request, or say why not."""
    site = request.app[SITE]
    try:
        return await handler(request)
    except (web.HTTPException, FormRefused) as error:
        return _refused(site, request, error)
    except (web.RequestPayloadError, ConnectionResetError):
        return _half_arrived(site, request)
    except StorageError as error:
        _LOG.warning("The web chat could not answer: %s", error)
        return site.message(request, words.our_fault, HTTPStatus.SERVICE_UNAVAILABLE)
    except Exception as error:  # noqa: BLE001 - the last place before the person who waits; it is in the log
        _LOG.error("The web chat failed: %s", trail_of(error))
        return site.message(request, words.our_fault, HTTPStatus.INTERNAL_SERVER_ERROR)


def _refused(site: Site, request: web.Request, error: web.HTTPException | FormRefused) -> web.Response:
    """Raises it again when it is none: a redirect."""
    match error:
        case FormRefused():
            return site.message(request, words.form_refused, HTTPStatus.BAD_REQUEST, ways=site.to_chat)
        case web.HTTPRequestEntityTooLarge():
            return site.message(request, words.too_long, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ways=site.to_chat)
        case web.HTTPNotFound() | web.HTTPMethodNotAllowed():
            return site.message(request, words.no_such_page, HTTPStatus(error.status), ways=site.to_new_link())
        case _:
            raise error


def _half_arrived(site: Site, request: web.Request) -> web.Response:
    """Compressed wrongly, or cut off. What is left of it is not read: it would fail once more, unseen by us."""
    request.content.feed_eof()
    response = site.message(request, words.not_readable, HTTPStatus.BAD_REQUEST)
    response.force_close()
    return response
