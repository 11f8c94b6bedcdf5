"""The author's pictures, sounds and films: for the browsers of those who answer that questionnaire, for no others."""

from aiohttp import web

from bot.web.browser import browser_of
from bot.web.site import SITE

_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


async def show_exhibit(request: web.Request) -> web.Response:
    """A file beside the version that this browser answers; what respondents have sent is never shown."""
    site, browser = request.app[SITE], browser_of(request)
    reply = await site.dialogue.look(browser.sender) if browser is not None else None
    if reply is None or not reply.form or site.files is None:
        raise web.HTTPNotFound
    found = await site.files.exhibit(reply.form, request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    content, kind = found
    return web.Response(body=content, content_type=kind, headers=_HEADERS)
