"""A file in a form: kept piece by piece as it comes, and only where a file is asked for."""

from collections.abc import AsyncIterator
from dataclasses import replace

from aiohttp import BodyPartReader, web

from bot.files import Files
from bot.reply import Reply
from bot.web.browser import Browser
from bot.web.hearing import FormRefused, Posted, posted_of
from bot.web.site import Site
from conversations.protocol import MOST_MEGABYTES, Heard, Kind, Sent, Typed, Unreadable

FILE_FIELD = "file"
MOST_FIELDS = 20
MOST_OF_A_FIELD = 8 * 1024
MOST_DRAINED = 5 * MOST_MEGABYTES * 1024 * 1024
"""Of a file that is too large so much is read and thrown away, so that the browser hears why."""


def has_files(request: web.Request) -> bool:
    """Whether it is a form with a file."""
    return request.content_type == "multipart/form-data"


async def read_upload(request: web.Request, site: Site, browser: Browser) -> Posted:
    """Read the form, whose file comes last. Raises FormRefused; of a form that is not ours nothing is kept."""
    fields: dict[str, list[str]] = {}
    try:
        parts = await request.multipart()
        while (part := await parts.next()) is not None:
            if not isinstance(part, BodyPartReader) or len(fields) > MOST_FIELDS:
                raise FormRefused
            if part.name == FILE_FIELD:
                posted = posted_of(fields)
                return replace(posted, thing=await _thing(part, posted, site, browser))
            fields.setdefault(part.name or "", []).append(await _field(part))
    except (ValueError, AssertionError) as error:
        raise FormRefused from error
    return posted_of(fields)


async def _field(part: BodyPartReader) -> str:
    content = await part.read_chunk(MOST_OF_A_FIELD)
    if not part.at_eof() and await part.read_chunk(MOST_OF_A_FIELD):
        raise FormRefused
    return content.decode()


async def _thing(part: BodyPartReader, posted: Posted, site: Site, browser: Browser) -> Heard:
    if not browser.sent(posted.token):
        raise FormRefused
    reply = await site.dialogue.look(browser.sender)
    is_asked = reply is not None and _is_asked(reply, posted)
    if not part.filename or not is_asked or site.files is None:
        await _drain(part)
        return Typed("", place=posted.place) if not is_asked else Unreadable("document")
    return await _kept(part, site.files, posted.place)


def _is_asked(reply: Reply, posted: Posted) -> bool:
    is_here = posted.session in ("", reply.session)
    return is_here and (reply.prompt.kind, reply.prompt.place) == (Kind.UPLOAD, posted.place)


async def _kept(part: BodyPartReader, files: Files, place: str) -> Heard:
    declared = part.headers.get("Content-Type", "")
    received = await files.receive(_pieces(part), declared=declared, name=part.filename or "")
    await _drain(part)
    return replace(received, place=place) if isinstance(received, Sent) else received


async def _pieces(part: BodyPartReader) -> AsyncIterator[bytes]:
    while piece := await part.read_chunk(64 * 1024):
        yield piece


async def _drain(part: BodyPartReader) -> None:
    size = 0
    async for piece in _pieces(part):
        size += len(piece)
        if size > MOST_DRAINED:
            raise web.HTTPRequestEntityTooLarge(MOST_DRAINED, size)
