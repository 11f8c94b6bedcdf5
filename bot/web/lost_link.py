"""«I have lost my link»: the answer is the same for every address, known or not."""

import re
from http import HTTPStatus

from aiohttp import web

from bot.web import words
from bot.web.browser import browser_of
from bot.web.clients import client_of
from bot.web.hearing import fields_in, first
from bot.web.site import SITE, WISHES, wished_language
from bot.web.words import Sentence
from conversations.phrases import phrases_for

_LONGEST = 254
_ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>.]+(\.[^@\s<>.]+)+")


async def ask_address(request: web.Request) -> web.Response:
    """Show the form."""
    return _form(request)


async def hear_address(request: web.Request) -> web.Response:
    """Have a new link sent, if there is somebody to send it to."""
    fields, browser = fields_in(await request.read()), browser_of(request)
    email = first(fields, "email").strip()
    if browser is not None and not browser.sent(first(fields, "token")):
        return _form(request, email, words.write_again, HTTPStatus.FORBIDDEN)
    if len(email) > _LONGEST or not _ADDRESS.fullmatch(email):
        return _form(request, email, words.no_address, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not request.app[WISHES].may_ask(client_of(request)):
        return _form(request, email, words.too_many, HTTPStatus.TOO_MANY_REQUESTS)
    request.app[WISHES].ask_for_links(email)
    site, phrases = request.app[SITE], phrases_for(wished_language(request))
    said = words.link_on_its_way(phrases, email)
    page = site.pages.message(phrases.language, said, title=words.link_asked_for(phrases), ways=site.to_outbox)
    return site.answer(page)


def _form(
    request: web.Request, email: str = "", problem: Sentence | None = None, status: HTTPStatus = HTTPStatus.OK
) -> web.Response:
    site, browser, phrases = request.app[SITE], browser_of(request), phrases_for(wished_language(request))
    page = site.pages.lost_link(
        phrases.language,
        email=email[:_LONGEST],
        problem=problem(phrases) if problem is not None else "",
        token=browser.form_token if browser is not None else "",
    )
    return site.answer(page, status=status)
