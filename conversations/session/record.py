"""A session as a JSON document and back: all that is kept between two things heard."""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.protocol import Renewal, Session, Status

_LISTS = ("draft", "seen", "passed")


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
    return {name: value for name, value in record.items() if value or name in ("status", "language", "seed")}


def from_record(record: Mapping[str, Any]) -> Session:
    """The session that `to_record` wrote; unknown fields of a later version are an error (TypeError)."""
    fields = dict(record)
    fields["status"] = Status(fields["status"])
    fields["typed"] = tuple((message, place) for message, place in fields.get("typed", ()))
    fields["progress"] = tuple(fields.get("progress", (0, 0)))
    fields["renewal"] = _read_renewal(*fields["renewal"]) if "renewal" in fields else None
    for name in _LISTS:
        fields[name] = tuple(fields.get(name, ()))
    return Session(**fields)


def _renewal(renewal: Renewal | None) -> list[object]:
    if renewal is None:
        return []
    return [renewal.again, renewal.added, renewal.asks_anew, [list(pair) for pair in renewal.named]]


def _read_renewal(again: int, added: int, asks_anew: bool, named: Sequence[Sequence[str]] = ()) -> Renewal:  # noqa: FBT001 - as it was written
    """A record of before holds no names."""
    return Renewal(again, added, asks_anew, tuple((place, answer) for place, answer in named))
