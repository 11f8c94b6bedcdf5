"""A posted form -> Heard. The only file that knows the names of the fields."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qs

from conversations.protocol import Chosen, Command, Commanded, Heard, Pressed, Typed

_FIELDS_LIMIT = 1000
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f]")  # none of our own fields holds control characters

_COMMANDS = {f"/{command}": command for command in Command}
"""Commands can be written, as in every chat."""


class FormRefused(ValueError):
    """What was sent is no form of this chat."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One form, as it was sent: `token` against forgery, `ticket` of the page it stood on, `thing` for a file."""

    token: str
    ticket: str
    session: str
    place: str
    code: str
    command: str
    text: str
    names: tuple[str, ...]
    is_list: bool
    revision: int  # of what the page showed
    thing: Heard | None = None

    @property
    def claim(self) -> str:
        """The name of this act: the same page saying the same thing twice is one act, saying another thing is not."""
        said = f"{self.place}\n{self.code}\n{self.command}\n{self.text}\n{' '.join(self.names)}\n{self.thing}"
        return f"{self.ticket}:{sha256(said.encode()).hexdigest()[:32]}"

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """All of it but the text, as the fields of a form that says the same."""
        known = ("token", self.token), ("ticket", self.ticket), ("session", self.session), ("place", self.place)
        listed = [("list", "1"), *(("name", name) for name in self.names)] if self.is_list else []
        pressed = ("code", self.code), ("command", self.command)
        return (*known, ("revision", str(self.revision)), *listed, *((name, value) for name, value in pressed if value))

    @property
    def heard(self) -> Heard:
        """What it says."""
        return self.thing or self._said

    @property
    def _said(self) -> Heard:
        if self.command:
            return Commanded(Command(self.command))
        if self.is_list and not self.text:
            return Chosen(self.names, self.place, self.code)
        if self.code:
            return Pressed(self.code)
        if self.text.strip() in _COMMANDS:
            return Commanded(_COMMANDS[self.text.strip()])
        return Typed(self.text, place=self.place)


def read_form(body: bytes) -> Posted:
    """Read a form of the chat; raises `FormRefused`."""
    return posted_of(fields_in(body))


def posted_of(fields: Mapping[str, list[str]]) -> Posted:
    """The fields as a form; raises `FormRefused`."""
    if first(fields, "command") not in ("", *Command):
        raise FormRefused
    revision = first(fields, "revision")[:9]
    return Posted(
        token=first(fields, "token"),
        ticket=first(fields, "ticket")[:64],
        session=first(fields, "session")[:64],
        place=first(fields, "place"),
        code=first(fields, "code"),
        command=first(fields, "command"),
        text=fields.get("text", [""])[0],
        names=tuple(fields.get("name", ())),
        is_list="list" in fields,
        revision=int(revision) if revision.isdecimal() else 0,
    )


def fields_in(body: bytes) -> Mapping[str, list[str]]:
    """Read an urlencoded body; raises `FormRefused`."""
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS_LIMIT)
    except ValueError as error:
        raise FormRefused from error


def first(fields: Mapping[str, list[str]], name: str) -> str:
    """A field of our own making; what people write is cleaned where answers are read."""
    return _UNWRITABLE.sub("", fields.get(name, [""])[0])


def new_ticket() -> str:
    """Name a page that is about to be drawn."""
    return secrets.token_urlsafe(16)
