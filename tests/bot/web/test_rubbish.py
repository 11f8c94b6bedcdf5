"""What no browser sends: the server answers it calmly, and logs nothing of it."""

import asyncio
import gzip
import logging

import pytest

from storage.tokens import quiet_token
from tests.bot.web.conftest import SECRET

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PLACES = ("/s", "/no-more", "/static", "/outbox", "/link", "/chat")
RUBBISH = ("A" * 300, "%ff", "%00", "%", "%zz", "%u0041", "%ed%a0%80", "..%2f..%2fetc%2fpasswd", "a.b", "è", "x?y=%ff")


async def send(place, request: bytes) -> int:
    """The status of the answer to these bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", place.server.port)
    writer.write(request)
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    await writer.wait_closed()
    return int(answer.split()[1])


def complaints(caplog) -> list[str]:
    """What was logged as going wrong."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
async def test_no_address_and_no_method_breaks_anything(place, caplog, method):
    """It is not there, not allowed or not understood, but never our fault."""
    for where in PLACES:
        for rubbish in RUBBISH:
            request = f"{method} {where}/{rubbish} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            assert await send(place, request.encode()) in range(400, 500), (where, rubbish)
    assert complaints(caplog) == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("where", ["/s/{token}", "/chat", "/link", "/no-more/{quiet}"])
async def test_a_body_that_is_compressed_wrongly_changes_nothing(place, browser, caplog, where, encoding):
    """It is a bad request, and nothing of ours has failed."""
    await browser.open(f"/s/{place.tokens[0]}")
    path = where.format(token=place.tokens[0], quiet=quiet_token(SECRET, (await place.people())[0].id))
    before = await place.everything()
    headers = {"Content-Encoding": encoding, "Content-Type": "application/x-www-form-urlencoded"}
    async with browser.session.post(f"{place.address}{path}", data=b"never compressed", headers=headers) as response:
        assert response.status == 400
        assert "did not arrive whole" in await response.text()
    assert await place.everything() == before
    assert complaints(caplog) == []
    assert (await browser.open("/")).status == 200


async def test_a_body_that_grows_beyond_measure_is_refused(place, browser):
    """Before all of it is unpacked."""
    body, headers = gzip.compress(b"email=" + b"a" * 10_000_000), {"Content-Encoding": "gzip"}
    async with browser.session.post(f"{place.address}/link", data=body, headers=headers) as response:
        assert response.status == 413


async def test_who_hangs_up_in_the_middle_is_no_failure_of_ours(place, browser, caplog):
    """Nor is anything kept of it."""
    _, writer = await asyncio.open_connection("127.0.0.1", place.server.port)
    writer.write(b"POST /link HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nemail=p0")
    await writer.drain()
    await browser.open("/")
    writer.close()
    await writer.wait_closed()
    await browser.open("/")

    assert (await place.rows())["outbox"] == 0
    assert complaints(caplog) == []
