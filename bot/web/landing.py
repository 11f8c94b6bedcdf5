"""The page of an invitation. Reading it does nothing at all: mail scanners and previews open every link."""

from http import HTTPStatus

from aiohttp import web

from bot.reply import Preview
from bot.web import words
from bot.web.browser import Browser, browser_of, new_browser
from bot.web.doors import LandingView
from bot.web.hearing import new_ticket, read_form
from bot.web.qr import qr_of
from bot.web.site import SITE, Site, wished_language
from conversations.advice import Advice
from conversations.protocol import Command, Commanded


async def show_invitation(request: web.Request) -> web.Response:
    """Say who asks, what, how long and until when, and offer the ways to answer."""
    return await _page(request, browser_of(request), HTTPStatus.OK)


async def accept_invitation(request: web.Request) -> web.Response:
    """Tie the invitation to this browser and go to its conversation, whichever was open here before.

    Pressed twice it leads to the same place, so each press is an act of its own.
    """
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
        claim=new_ticket(),
        token=request.match_info["token"],
        language_wish=wished_language(request),
    )
    if reply.terms is None:
        return await _page(request, browser, HTTPStatus.FORBIDDEN)
    raise web.HTTPSeeOther(site.chat_address)


async def _page(request: web.Request, known: Browser | None, status: HTTPStatus) -> web.Response:
    """How matters stand with the invitation, for this browser."""
    site, token = request.app[SITE], request.match_info["token"]
    sender = known.sender if known is not None else None
    preview = await site.dialogue.preview(token, language_wish=wished_language(request), sender=sender)
    if preview.terms is None:
        page = site.pages.blocks(preview.prompt.language, preview.prompt.blocks, ways=site.to_new_link())
        return site.answer(page, status=HTTPStatus.NOT_FOUND)
    browser = known or new_browser()
    return site.answer(site.pages.landing(_view(site, token, preview, browser)), status=status, browser=browser)


def _view(site: Site, token: str, preview: Preview, browser: Browser) -> LandingView:
    """Where an invitation is bound, only the person knows, so the ways that may lead there are offered still."""
    is_elsewhere = preview.obstacle is Advice.FOREIGN_TOKEN
    is_free = preview.obstacle is None and not preview.is_own
    telegram = site.place.telegram_link(token) if is_free or is_elsewhere else ""
    phone = (site.place.public_address(f"/s/{token}") or telegram) if is_free or is_elsewhere else ""
    return LandingView(
        preview,
        form_token=browser.form_token if preview.obstacle is None else "",
        telegram=telegram,
        qr=qr_of(phone) if phone else "",
        qr_opens_telegram=phone == telegram,
        ways=site.to_new_link() if is_elsewhere else (),
    )
