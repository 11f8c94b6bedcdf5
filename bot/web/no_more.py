"""«No more reminders»: looking changes nothing, since mail scanners look; pressing needs no cookie (RFC 8058)."""

from http import HTTPStatus

from aiohttp import web

from bot.web import words
from bot.web.site import SITE, WISHES, wished_language
from conversations.phrases import phrases_for


async def ask_no_more(request: web.Request) -> web.Response:
    """Ask before anything is changed."""
    site = request.app[SITE]
    about = await request.app[WISHES].about(request.match_info["token"])
    if about is None:
        return site.message(request, words.no_such_wish, HTTPStatus.NOT_FOUND)
    return site.answer(site.pages.no_more(wished_language(request), about.terms.title))


async def hear_no_more(request: web.Request) -> web.Response:
    """Whoever has the link may wish it, once or again; what else is sent with it does not matter."""
    site = request.app[SITE]
    await request.read()
    granted = await request.app[WISHES].be_quiet(request.match_info["token"])
    if granted is None:
        return site.message(request, words.no_such_wish, HTTPStatus.NOT_FOUND)
    phrases = phrases_for(wished_language(request))
    said = words.no_more_reminders(phrases, granted.terms, is_open=granted.is_open)
    return site.answer(site.pages.message(phrases.language, said, title=words.no_more_granted(phrases)))
