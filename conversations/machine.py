"""The life of a session as one table; the only file that knows `transitions`.

Questions are data, not states: the place in the questionnaire is `Session.place`.
The machine is shared by all sessions and fired without a model of its own.
"""

from transitions import Machine, MachineError

from conversations.protocol import Status

TABLE: list[tuple[str, Status, Status]] = [
    ("accept", Status.NOTIFIED, Status.ANSWERING),
    ("decline", Status.NOTIFIED, Status.DECLINED),
    ("reconsider", Status.DECLINED, Status.NOTIFIED),
    ("finish", Status.ANSWERING, Status.REVIEWING),
    ("change", Status.REVIEWING, Status.ANSWERING),
    ("submit", Status.REVIEWING, Status.SUBMITTED),
    ("submit", Status.ANSWERING, Status.SUBMITTED),
    ("stop", Status.NOTIFIED, Status.DECLINED),
    ("stop", Status.ANSWERING, Status.STOPPED),
    ("stop", Status.REVIEWING, Status.STOPPED),
    ("resume", Status.STOPPED, Status.ANSWERING),
    ("withdraw", Status.ANSWERING, Status.DECLINED),
    ("withdraw", Status.REVIEWING, Status.DECLINED),
    ("withdraw", Status.STOPPED, Status.DECLINED),
    ("withdraw", Status.SUBMITTED, Status.DECLINED),
]

_MACHINE = Machine(
    model=None,
    states=Status,
    transitions=[list(row) for row in TABLE],
    initial=Status.NOTIFIED,
    auto_transitions=False,
)


class MoveRefused(Exception):
    """The session is in a status that does not allow this move."""


class _Cursor:
    """What `transitions` moves: one attribute, thrown away after the move."""

    __slots__ = ("state",)

    def __init__(self, status: Status) -> None:
        self.state = status


def advance(status: Status, trigger: str) -> Status:
    """The status after `trigger`; raises `MoveRefused` where the table has no such row."""
    cursor = _Cursor(status)
    try:
        _MACHINE.events[trigger].trigger(cursor)
    except MachineError as error:
        raise MoveRefused(f"{trigger!r} is not possible when {status.value}") from error
    return cursor.state


def allows(status: Status, trigger: str) -> bool:
    """Whether the table has a row for `trigger` in this status."""
    return any(name == trigger and source is status for name, source, _ in TABLE)
