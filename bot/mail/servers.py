"""A mail server as a setting names it: where it is, who we are there, and when its certificate has to be right."""

import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 25, "smtps": 465, "imap": 143, "imaps": 993, "lmtp": 24}
_SUBMISSION = 587


class PasswordInClear(Exception):
    """The server offers no encryption, and a password may not cross a network without."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """As "smtps://USER:PASSWORD@mail.example.org:465"; what needs to be written as %40 in there is so."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = ""

    @classmethod
    def at(cls, url: str) -> Self:
        """Read the setting, which has been checked."""
        parts = urlsplit(url)
        user, password, folder = (unquote(part or "") for part in (parts.username, parts.password, parts.path[1:]))
        usual = _SUBMISSION if user and parts.scheme == "smtp" else _PORTS[parts.scheme]
        return cls(parts.scheme, parts.hostname or "", parts.port or usual, user, password, folder)

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection begins with TLS."""
        return self.scheme in ("smtps", "imaps")

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine: what goes there crosses no network."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def needs_encryption(self) -> bool:
        """Whether a password would cross a network."""
        return bool(self.user) and not self.is_loopback

    def tls(self) -> ssl.SSLContext:
        """A context for this server.

        Where we would go on without encryption as well, a certificate that nobody knows is better than none.
        """
        if not self.is_loopback and (self.is_encrypted or self.user):
            return ssl.create_default_context()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without the world's authorities: reading them takes long
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
