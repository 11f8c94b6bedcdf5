"""What an administrator can set, by environment or file, and where the files of an installation lie."""

import os
import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from conversations.protocol import MOST_MEGABYTES
from storage.errors import SettingsRefused
from storage.senders import address_in
from storage.tokens import secret_in
from storage.workdays import WorkingHours

_PREFIX = "COLLOQUIO_"
ALWAYS = "always"
"""The hours in which nobody has to be left in peace: for trying out."""
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}", re.ASCII)
_MAIL = re.compile(r"[^@\s<>]{1,64}@[A-Za-z0-9.-]+", re.ASCII)
_LONGEST_BOUNCE_NAME = 15
_WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*")


def _as_botfather_writes_it(token: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(token.get_secret_value()):
        raise PydanticCustomError("token", "this is no token; copy the whole of it from @BotFather, as 123456:ABC...")
    return token


def _web_address(url: str) -> str:
    if not _WEB_ADDRESS.fullmatch(url):
        raise PydanticCustomError("web_address", "an address that begins with https:// or http:// is needed")
    return url


def _public_address(url: str) -> str:
    """Where the web chat begins: links are made by writing after it."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise PydanticCustomError("web_address", "this is no web address") from error
    if url and (parts.query or parts.fragment or not _WEB_ADDRESS.fullmatch(url)):
        raise PydanticCustomError("web_address", "an address that begins with https:// or http:// is needed, without ?")
    return url


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise PydanticCustomError("timezone", "no time zone has this name; use one such as Europe/Rome") from error
    return name


def _known_country(name: str) -> str:
    if name == WorkingHours.country:  # known, and a tenth of a second that most commands need not spend
        return name
    try:
        WorkingHours(name).holidays  # noqa: B018 - raises
    except NotImplementedError as error:
        raise PydanticCustomError("country", "no holidays are known for it; use a code such as IT or IT-MI") from error
    return name


def _hours(text: str) -> str:
    if text == ALWAYS:
        return text
    begins, _, ends = text.partition("-")
    try:
        first, last = time.fromisoformat(begins), time.fromisoformat(ends)
        is_in_order = first.tzinfo is None and last.tzinfo is None and first < last
    except ValueError:
        is_in_order = False
    if not is_in_order:
        raise PydanticCustomError("hours", "write it as 09:00-18:00, or always")
    return text


def _mail_server(url: SecretStr) -> SecretStr:
    return _address_of(url, "smtp", "smtps")


def _mailbox(url: SecretStr) -> SecretStr:
    return _address_of(url, "imap", "imaps")


def _bounce_listener(url: str) -> str:
    if url:
        _address_of(SecretStr(url), "lmtp", "smtp")
    return url


def _address_of(url: SecretStr, *schemes: str) -> SecretStr:
    """Never quoted: it holds a password."""
    try:
        parts = urlsplit(url.get_secret_value())
        host = (parts.hostname or "").encode("idna")  # an empty part, as in "mail..example.org", is an error
        is_right = parts.scheme in schemes and bool(host) and parts.port != 0
    except ValueError:
        is_right = False
    if not is_right:
        raise PydanticCustomError(
            "address", "an address such as {example} is needed", {"example": _EXAMPLES[schemes[0]]}
        )
    return url


_EXAMPLES = {
    "smtp": "smtp://USER:PASSWORD@mail.example.org:587 or smtps://...:465",
    "imap": "imaps://USER:PASSWORD@mail.example.org/INBOX",
    "lmtp": "lmtp://127.0.0.1:2527",
}


def _mail_address(text: str) -> str:
    if text and not (_MAIL.fullmatch(text) and address_in(text)):
        raise PydanticCustomError("mail_address", "an address such as survey@example.org is needed")
    return text


def _bounce_address(text: str) -> str:
    """Servers take 64 characters before the @, and the tag of each message needs 49 of them."""
    if len(_mail_address(text).rpartition("@")[0]) > _LONGEST_BOUNCE_NAME:
        raise PydanticCustomError(
            "bounce_address", "at most {most} characters before the @, please", {"most": _LONGEST_BOUNCE_NAME}
        )
    return text


class Settings(BaseSettings):
    """Each is `COLLOQUIO_NAME` in the environment, or in the file that COLLOQUIO_SETTINGS names (./colloquio.env)."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Path("data")
    database_url: str = ""  # empty: the file colloquio.db in data_dir
    media: str = ""  # what respondents send: a folder, or an address of fsspec; empty: media in data_dir
    most_megabytes: int = Field(default=MOST_MEGABYTES, ge=1, le=MOST_MEGABYTES)  # of a file that is an answer
    telegram_token: Annotated[SecretStr, AfterValidator(_as_botfather_writes_it)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    telegram_bot_name: str = ""  # for the links of exported invitations
    telegram_rate: float = Field(default=25, gt=0, le=1000)  # messages a second; Telegram refuses more than 30
    public_url: Annotated[str, AfterValidator(_public_address)] = ""
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    secret: SecretStr | None = Field(default=None, min_length=32)
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Rome"
    country: Annotated[str, AfterValidator(_known_country)] = "IT"  # whose holidays are kept free: "IT", "IT-MI"
    hours: Annotated[str, AfterValidator(_hours)] = "09:00-18:00"  # when the system may write on its own
    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = None
    mail_from: Annotated[str, AfterValidator(_mail_address)] = ""
    bounce_address: Annotated[str, AfterValidator(_bounce_address)] = ""
    bounce_listen: Annotated[str, AfterValidator(_bounce_listener)] = ""
    imap_url: Annotated[SecretStr, AfterValidator(_mailbox)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _default_database(cls, values: dict[str, object]) -> dict[str, object]:
        folder = values.get("data_dir", "data")
        return {"database_url": f"sqlite+aiosqlite:///{folder}/colloquio.db"} | values

    @model_validator(mode="after")
    def _what_is_read_has_an_address(self) -> Self:
        if not self.bounce_address and (self.bounce_listen or self.imap_url):
            way = "BOUNCE_LISTEN" if self.bounce_listen else "IMAP_URL"
            raise PydanticCustomError(
                "bounces",
                "COLLOQUIO_{way} reads what comes back to COLLOQUIO_BOUNCE_ADDRESS, which is not set: set it as well",
                {"way": way},
            )
        return self

    @property
    def working_hours(self) -> WorkingHours:
        """When the system may write on its own."""
        if self.hours == ALWAYS:
            return WorkingHours(self.country, is_always=True)
        begins, _, ends = self.hours.partition("-")
        return WorkingHours(self.country, time.fromisoformat(begins), time.fromisoformat(ends))

    def secret_key(self) -> bytes:
        """COLLOQUIO_SECRET, or the file secret.key in data_dir, which is made on first use."""
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        return secret_in(self.data_dir / "secret.key")


def load_settings() -> Settings:
    """The settings in force. Raises SettingsRefused, which names each wrong one but never shows its value."""
    named = os.environ.get(f"{_PREFIX}SETTINGS")
    if named and not Path(named).is_file():
        raise SettingsRefused(f"{_PREFIX}SETTINGS names {named}, which is not there")
    file: dict[str, Any] = {"_env_file": named or "colloquio.env"}
    try:
        return Settings(**file)
    except ValidationError as error:
        raise SettingsRefused("; ".join(map(_sentence, error.errors()))) from None


def _sentence(wrong: ErrorDetails) -> str:
    """About one setting, or about some that do not fit together."""
    name = "_".join(map(str, wrong["loc"])).upper()
    return f"{_PREFIX}{name}: {wrong['msg']}" if name else wrong["msg"]
