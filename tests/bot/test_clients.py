"""Limits per client: counted by the hour, and by whom a proxy names."""

from datetime import timedelta

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.clients import KNOWN, Clients
from bot.web.clients import client_of
from tests.bot.installation import NOON


def test_a_client_may_ask_again_after_an_hour():
    """Others are not kept waiting by it; of very many clients those are forgotten that asked longest ago."""
    clients, hour = Clients(per_hour=1), timedelta(hours=1)
    asked = [clients.may_ask(who, now=NOON + later) for who, later in (("a", 0 * hour), ("a", hour / 2), ("b", hour))]
    assert asked == [True, False, True]
    assert clients.may_ask("a", now=NOON + hour)
    assert clients.may_ask("a", now=NOON - hour)  # the clock was put right
    for number in range(KNOWN):
        clients.may_ask(str(number), now=NOON)
    assert clients.may_ask("b", now=NOON + hour)


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("127.0.0.1", "unknown", ""),
    ],
)
def test_behind_a_proxy_on_this_machine_the_client_is_whom_it_names(remote, forwarded, client):
    """Nobody else's word is believed; of IPv6 the network counts."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_of(make_mocked_request("POST", "/link", headers=headers).clone(remote=remote)) == client
