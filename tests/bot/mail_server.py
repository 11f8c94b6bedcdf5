"""A mail server on loopback that can be watched taking messages, and that may hang up on who has handed one over."""

from collections.abc import Callable
from dataclasses import dataclass

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.bot.mail.mail_peer import MailPeer


@dataclass
class MailServer(MailPeer):
    """`watch` is called before and after each message is taken."""

    watch: Callable[[], None] = lambda: None
    closes_after_taking: bool = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.watch()
        said = await super().handle_DATA(server, session, envelope)
        self.watch()
        if self.closes_after_taking:
            self.hang_up()
        return said
