"""The page of an invitation. Reading it does nothing at all: mail scanners and previews open every link."""

from http import HTTPStatus

from aiohttp import web

from bot.web import words
from bot.web.browser import browser_of, new_browser
from bot.web.hearing import read_form
from bot.web.site import SITE, wished_language
from conversations.protocol import Command, Commanded


async def show_invitation(request: web.Request) -> web.Response:
    """Say who asks, what and how long, and offer the ways to answer."""
    site = request.app[SITE]
    token = request.match_info["token"]
    preview = await site.dialogue.preview(token, language_wish=wished_language(request))
    if preview.terms is None:
        page = site.pages.blocks(preview.prompt.language, preview.prompt.blocks)
        return site.answer(page, status=HTTPStatus.NOT_FOUND)
    browser = browser_of(request) or new_browser()
    page = site.pages.landing(
        preview.prompt,
        title=preview.terms.title,
        token=browser.form_token,
        telegram=site.place.telegram_link(token),
    )
    return site.answer(page, browser=browser)


async def accept_invitation(request: web.Request) -> web.Response:
    """Tie the invitation to this browser and go to the conversation."""
    site = request.app[SITE]
    browser = browser_of(request)
    if browser is None:
        return site.message(request, words.cookie_needed, HTTPStatus.FORBIDDEN)
    posted = read_form(await request.read())
    if not browser.sent(posted.token):
        return site.message(request, words.form_refused, HTTPStatus.FORBIDDEN)
    reply = await site.dialogue.hear(
        browser.sender,
        Commanded(Command.START),
        claim=posted.claim,
        token=request.match_info["token"],
        language_wish=wished_language(request),
    )
    if reply.terms is None:
        page = site.pages.blocks(reply.prompt.language, reply.prompt.blocks)
        return site.answer(page, status=HTTPStatus.FORBIDDEN)
    raise web.HTTPSeeOther(site.chat_address)
