"""The conversation: shown by GET, answered by POST, which redirects unless there is something to say just once."""

from dataclasses import replace
from http import HTTPStatus

from aiohttp import web

from bot.web import words
from bot.web.browser import Browser, browser_of
from bot.web.doors import Way
from bot.web.hearing import Posted, read_form
from bot.web.site import SITE, Site, wished_language
from bot.web.uploads import has_files, read_upload
from bot.web.view import has_something_to_say, view_of
from conversations.advice import Advice, advice
from conversations.phrases import phrases_for
from conversations.protocol import Prompt
from storage.errors import StorageError


async def show_chat(request: web.Request) -> web.Response:
    """Show where the conversation of this browser stands."""
    site = request.app[SITE]
    browser = browser_of(request)
    wish = wished_language(request)
    reply = await site.dialogue.look(browser.sender, language_wish=wish) if browser is not None else None
    if browser is None or reply is None:
        return _advise(site, advice(Advice.NO_INVITATION, wish), site.to_new_link())
    if reply.terms is None:
        return _advise(site, reply.prompt)
    return site.answer(site.pages.chat(view_of(reply, reply.terms, browser)), browser=browser)


async def hear_chat(request: web.Request) -> web.Response:
    """Take what was sent; it is stored when the answer leaves."""
    site = request.app[SITE]
    browser = browser_of(request)
    if browser is None:
        return site.message(request, words.cookie_needed, HTTPStatus.FORBIDDEN)
    posted = await read_upload(request, site, browser) if has_files(request) else read_form(await request.read())
    if not browser.sent(posted.token):
        return site.message(request, words.form_refused, HTTPStatus.FORBIDDEN, ways=site.to_chat)
    try:
        return await _heard(site, browser, posted, wished_language(request))
    except StorageError:
        return _not_saved(site, posted, wished_language(request))


async def _heard(site: Site, browser: Browser, posted: Posted, language_wish: str) -> web.Response:
    """Words about what was heard are in this reply only, so they are shown at once, over the whole conversation."""
    turn = site.dialogue.hear(
        browser.sender,
        posted.heard,
        claim=posted.claim,
        language_wish=language_wish,
        seen=posted.revision,
        page_of=posted.session,
    )
    reply = await (turn if site.files is None else site.files.settled(posted.heard, turn))
    if reply.terms is None:
        return _advise(site, reply.prompt, site.to_data if reply.gives_data else ())
    if not has_something_to_say(reply):
        raise web.HTTPSeeOther(site.chat_address)
    looked = await site.dialogue.look(browser.sender)
    history = looked.history if looked is not None else ()
    return site.answer(site.pages.chat(view_of(replace(reply, history=history), reply.terms, browser, posted)))


def _advise(site: Site, prompt: Prompt, ways: tuple[Way, ...] = ()) -> web.Response:
    return site.answer(site.pages.blocks(prompt.language, prompt.blocks, ways=ways), status=HTTPStatus.FORBIDDEN)


def _not_saved(site: Site, posted: Posted, language: str) -> web.Response:
    """Everything that was sent stands in the answer, so nothing needs to be written twice."""
    page = site.pages.trouble(language, words.not_saved(phrases_for(language)), posted.fields, posted.text)
    return site.answer(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
