"""The first page, for those who come without a link."""

from aiohttp import web

from bot.web import words
from bot.web.browser import browser_of
from bot.web.site import SITE, wished_language
from conversations.phrases import phrases_for


async def show_home(request: web.Request) -> web.Response:
    """Say what this is, and the ways in."""
    site, phrases = request.app[SITE], phrases_for(wished_language(request))
    known = site.to_chat if browser_of(request) is not None else ()
    ways = (*known, *site.to_new_link(words.lost_my_link), *site.to_outbox)
    said = [words.what_this_is(phrases), words.where_to_begin(phrases)]
    return site.answer(site.pages.message(phrases.language, said, ways=ways))
