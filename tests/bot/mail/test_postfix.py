"""A real Postfix between us and a server that refuses: its bounce comes back to our door. Runs when it is asked for.

apt install postfix
COLLOQUIO_TEST_POSTFIX=1 ./colloquio test tests/bot/mail/test_postfix.py
"""

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bot.mail.listening import listen
from bot.mail.returns import Returns
from bot.mail.smtp import SmtpCarrier
from storage.postings import Sent
from tests.bot.mail.coming_back import fate, way_back
from tests.bot.mail.errands import composed
from tests.bot.mail.mail_peer import MailPeer
from tests.storage.field import Field

pytestmark = pytest.mark.skipif(
    os.environ.get("COLLOQUIO_TEST_POSTFIX") != "1" or os.geteuid() != 0 or not shutil.which("postfix"),
    reason="as root: apt install postfix; COLLOQUIO_TEST_POSTFIX=1 ./colloquio test tests/bot/mail/test_postfix.py",
)

PATIENCE = 30.0
"""Seconds until a bounce must be there; it takes less than one."""

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
local_recipient_maps =
alias_maps =
mynetworks = 127.0.0.0/8
smtp_host_lookup = native
disable_dns_lookups = yes
smtputf8_enable = no
relayhost = [127.0.0.1]:{next_hop}
transport_maps = inline:{{example.org=lmtp:inet:127.0.0.1:{door}}}
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
retry unix - - n - - error
error unix - - n - - error
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


class Noticed:
    """Takes what comes back, and tells when it is stored."""

    def __init__(self, returns: Returns) -> None:
        self._returns = returns
        self.is_ours = returns.is_ours
        self.came = asyncio.Event()

    async def take(self, raw: bytes, recipients: Sequence[str]) -> None:
        await self._returns.take(raw, recipients)
        self.came.set()


class Postfix:
    """An instance of its own, with everything below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self, *, next_hop: int, door: int) -> None:
        for name in ("queue", "data", "etc"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        told = {"folder": self.folder, "next_hop": next_hop, "door": door, "port": self.port}
        (self.folder / "etc" / "main.cf").write_text(MAIN.format(**told))
        (self.folder / "etc" / "master.cf").write_text(MASTER.format(**told))
        self._run("start")

    def stop(self) -> None:
        self._run("stop")

    def _run(self, command: str) -> None:
        subprocess.run(["postfix", "-c", self.folder / "etc", command], check=True, capture_output=True)  # noqa: S603, S607


@pytest.fixture
def postfix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postfix]:
    """Stopped whatever happens; where a parent folder is closed to others, Postfix could not enter its own."""
    folder = tmp_path_factory.mktemp("postfix").resolve()
    for parent in (folder, *folder.parents):
        parent.chmod(parent.stat().st_mode | 0o111)
    instance = Postfix(folder)
    yield instance
    if (folder / "queue" / "pid" / "master.pid").exists():
        instance.stop()


async def test_a_bounce_of_postfix_marks_the_person(postfix: Postfix, sent: Field, returns: Returns):
    """Postfix takes both messages upon itself; the next server refuses one, and only that comes back."""
    refusing = "550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown"
    async with AsyncExitStack() as stack:
        noticed = Noticed(returns)
        door = await listen("lmtp://127.0.0.1:0", noticed)
        stack.callback(door.close)
        next_hop = await stack.enter_async_context(MailPeer(says={"RCPT": [refusing]}))
        ports = {"next_hop": next_hop.port, "door": door.sockets[0].getsockname()[1]}
        await asyncio.to_thread(postfix.start, **ports)
        carrier = SmtpCarrier(f"smtp://127.0.0.1:{postfix.port}")
        stack.push_async_callback(carrier.close)

        ada = replace(composed(), sender=await way_back(sent, "P1"))
        assert await carrier.carry(ada) == Sent()
        await asyncio.wait_for(noticed.came.wait(), PATIENCE)
        assert await carrier.carry(replace(composed(), sender=await way_back(sent, "P2"))) == Sent()

    assert await fate(sent, "P1") == ("dead", "5.1.1")
    assert await fate(sent, "P2") == ("sent", "")
