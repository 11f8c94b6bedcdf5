"""A session as a JSON document and back: all that is kept between two things heard."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from conversations.protocol import Renewal, Session, Status

_KNOWN = frozenset(field.name for field in fields(Session)) - {"unknown"}
_RENEWAL = len(fields(Renewal))
_LISTS = ("draft", "seen", "passed", "left", "cleared")


def to_record(session: Session) -> dict[str, object]:
    """A JSON-able document; empty fields are left out."""
    record: dict[str, object] = {
        "status": session.status.value,
        "language": session.language,
        "seed": session.seed,
        "revision": session.revision,
        "place": session.place,
        "page": session.page,
        "part": session.part,
        "typed": [list(pair) for pair in session.typed],
        "receipt": session.receipt,
        "progress": list(session.progress) if any(session.progress) else [],
        "filled": session.filled,
        "renewal": _renewal(session.renewal),
    }
    record.update({name: list(getattr(session, name)) for name in _LISTS})
    told = {name: value for name, value in record.items() if value or name in ("status", "language", "seed")}
    return session.unknown | told


def from_record(record: Mapping[str, Any]) -> Session:
    """The session that `to_record` wrote, of this version or another.

    What is missing is as in a new session; what is unknown is not looked at, and is written again by `to_record`.
    """
    told: dict[str, Any] = {"language": "", "seed": 0}
    told |= {name: value for name, value in record.items() if name in _KNOWN}
    told["status"] = Status(told.get("status", Status.ANSWERING))
    told["typed"] = tuple((message, place) for message, place in told.get("typed", ()))
    told["progress"] = tuple(told.get("progress", (0, 0)))
    told["renewal"] = _read_renewal(*told["renewal"][:_RENEWAL]) if "renewal" in told else None
    for name in _LISTS:
        told[name] = tuple(told.get(name, ()))
    return Session(**told, unknown={name: value for name, value in record.items() if name not in _KNOWN})


def _renewal(renewal: Renewal | None) -> list[object]:
    if renewal is None:
        return []
    return [renewal.again, renewal.added, renewal.asks_anew, [list(pair) for pair in renewal.named]]


def _read_renewal(again: int, added: int, asks_anew: bool, named: Sequence[Sequence[str]] = ()) -> Renewal:  # noqa: FBT001 - as it was written
    """A record of before holds no names."""
    return Renewal(again, added, asks_anew, tuple((place, answer) for place, answer in named))
