"""The file of all that is stored about a person, for the browser of that person."""

from aiohttp import web

from bot.mydata import FILE_NAME
from bot.web.browser import browser_of
from bot.web.site import SITE


async def show_my_data(request: web.Request) -> web.Response:
    """A download; nobody else's browser gets it."""
    browser = browser_of(request)
    content = await request.app[SITE].dialogue.mydata.of(browser.sender) if browser is not None else None
    if content is None:
        raise web.HTTPNotFound
    named = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return web.Response(body=content, content_type="text/html", charset="utf-8", headers=named)
