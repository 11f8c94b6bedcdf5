"""A real Dovecot with bounces and letters in one mailbox. Runs when it is asked for.

apt install dovecot-imapd
COLLOQUIO_TEST_DOVECOT=1 ./colloquio test tests/bot/mail/test_dovecot.py
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.mail.imap import Mailbox
from bot.mail.returns import Returns
from tests.bot.mail import samples
from tests.bot.mail.coming_back import fate, way_back
from tests.bot.mail.samples import sample
from tests.storage.field import Field

pytestmark = pytest.mark.skipif(
    os.environ.get("COLLOQUIO_TEST_DOVECOT") != "1" or os.geteuid() != 0 or not shutil.which("dovecot"),
    reason="as root, with dovecot-imapd: COLLOQUIO_TEST_DOVECOT=1 ./colloquio test tests/bot/mail/test_dovecot.py",
)

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


class Dovecot:
    """An instance of its own, with everything below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"imap://survey:secret@127.0.0.1:{self.port}/INBOX"
        for name in ("cur", "new", "tmp"):
            (folder / "mail" / name).mkdir(parents=True)
        (folder / "dovecot.conf").write_text(CONFIGURATION.format(folder=folder, port=self.port))
        self.own()

    def own(self) -> None:
        """Everything in the mailbox belongs to its user."""
        for path in (self.folder, *(self.folder / "mail").rglob("*"), self.folder / "mail"):
            shutil.chown(path, "mail", "mail")

    def put(self, name: str, raw: bytes) -> None:
        (self.folder / "mail" / "new" / name).write_bytes(raw.replace(b"\r\n", b"\n"))
        self.own()

    def seen(self) -> list[str]:
        """The messages that are marked."""
        return [path.name.partition(":")[0] for path in (self.folder / "mail" / "cur").glob("*:2,*S*")]

    def run(self, *words: str) -> None:
        """Without pipes, which the server would hold open."""
        command = ["dovecot", "-c", self.folder / "dovecot.conf", *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


@pytest.fixture
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    """Stopped whatever happens; its users have to be able to enter the folder."""
    folder = tmp_path_factory.mktemp("dovecot").resolve()
    for parent in (folder, *folder.parents):
        parent.chmod(parent.stat().st_mode | 0o111)
    instance = Dovecot(folder)
    instance.run()
    yield instance
    instance.run("stop")


async def test_a_bounce_is_found_in_a_mailbox_of_dovecot(dovecot: Dovecot, sent: Field, returns: Returns):
    """And marked; a letter beside it stays as new as it was."""
    dovecot.put("1.letter", b"From: bea@example.org\nTo: bounces@example.org\nSubject: Buongiorno\n\nA presto\n")
    dovecot.put("2.bounce", sample(samples.POSTFIX, await way_back(sent)))
    mailbox = Mailbox(dovecot.url)

    await mailbox.visit(returns)
    await mailbox.visit(returns)

    assert await fate(sent) == ("dead", "5.1.1")
    assert dovecot.seen() == ["2.bounce"]
