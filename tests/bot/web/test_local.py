"""Who sits at this very machine."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.web.local import is_local


@pytest.mark.parametrize(
    ("peer", "expected"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("192.0.2.7", False), ("fe80::1%eth0", False)],
)
def test_only_who_sits_at_this_machine_is_local(peer, expected):
    """By the address that the connection comes from."""
    request = make_mocked_request("GET", "/outbox", {"Host": "localhost:8080"}).clone(remote=peer)

    assert is_local(request) is expected
