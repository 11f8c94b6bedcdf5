"""The messages that wait in a folder because there is no mail server, for whoever tries this out on one computer."""

import asyncio
import re
from pathlib import Path

from aiohttp import web

from bot.web.local import is_local
from bot.web.mailbox import Mail, list_mails, read_mail
from bot.web.site import OUTBOX, SITE, wished_language

_PAGE = re.compile(r"[1-9][0-9]{0,4}")
_SHOWN = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; "
_SHOWING_A_FRAME = f"{_SHOWN}form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
_IN_THE_FRAME = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


async def show_outbox(request: web.Request) -> web.Response:
    """List the messages, newest first."""
    site = request.app[SITE]
    leaf = await asyncio.to_thread(list_mails, _folder(request), _page(request.query.get("page", "1")))
    return site.answer(site.pages.outbox(wished_language(request), leaf))


def _page(written: str) -> int:
    return int(written) if _PAGE.fullmatch(written) else 1


async def show_mail(request: web.Request) -> web.Response:
    """Show one message."""
    site = request.app[SITE]
    response = site.answer(site.pages.mail(wished_language(request), await _mail(request)))
    response.headers["Content-Security-Policy"] = _SHOWING_A_FRAME
    return response


async def show_html(request: web.Request) -> web.Response:
    """The HTML of a message, as it is; it can run nothing, load nothing and send nothing. Links open apart from it."""
    mail = await _mail(request)
    if not mail.html:
        raise web.HTTPNotFound
    response = web.Response(text=mail.html, content_type="text/html")
    response.headers["Content-Security-Policy"] = _IN_THE_FRAME
    return response


async def _mail(request: web.Request) -> Mail:
    mail = await asyncio.to_thread(read_mail, _folder(request), request.match_info["name"])
    if mail is None:
        raise web.HTTPNotFound
    return mail


def _folder(request: web.Request) -> Path:
    """Nobody else learns that there is one."""
    if not is_local(request):
        raise web.HTTPNotFound
    return request.app[OUTBOX]
