"""What a coordinator asks, and what is answered: the words between a channel and the desk."""

import re
from dataclasses import dataclass
from enum import StrEnum

from conversations.protocol import Block, Button
from storage.coordinators import PREFIX
from storage.surveys import Survey


class Verb(StrEnum):
    """What is asked; each is a command of the same name."""

    RATE = "rate"
    EXPORT = "export"
    REMIND = "remind"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link was opened."""

    token: str


@dataclass(frozen=True, slots=True)
class Order:
    """A command or a press. `survey` is the one that was chosen, if one was.

    `moment` is that of the dry run, in seconds, whose figures were confirmed.
    """

    verb: Verb
    survey: int | None = None
    moment: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say; nothing without blocks. `is_in_place`: the message that was pressed is to say it.

    `exports`: what to make and send after that. `is_named`: the account has just been bound, or was.
    """

    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    is_in_place: bool = False
    exports: Survey | None = None
    who: str = ""
    is_named: bool = False


_CODE = re.compile(r"~(?P<verb>rate|export|remind):(?P<survey>[0-9]{1,9})(?::(?P<moment>[0-9]{1,12}))?")
"""Begins with what no button of a questionnaire begins with."""


def code_of(order: Order) -> str:
    """What a button carries."""
    return ":".join([f"~{order.verb}", *(str(one) for one in (order.survey, order.moment) if one is not None)])


def read_order(*, command: str = "", token: str | None = None, code: str = "") -> Link | Order | None:
    """What was asked, by command, link or button; None for everything that concerns no coordinator."""
    if token is not None:
        return Link(token) if token.startswith(PREFIX) else None
    if command in set(Verb):
        return Order(Verb(command))
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    return Order(Verb(found["verb"]), int(found["survey"]), int(found["moment"]) if found["moment"] else None)
