"""The life of a session: one table, checked."""

import pytest

from conversations.machine import TABLE, MoveRefused, advance, allows
from conversations.protocol import Status


@pytest.mark.parametrize(("trigger", "source", "target"), TABLE)
def test_every_row_of_the_table_is_a_move(trigger, source, target):
    """Also for a status that came back from JSON as text."""
    assert advance(Status(source.value), trigger) is target
    assert allows(source, trigger)


def test_what_is_not_in_the_table_is_refused():
    """A submitted response is not answered any more."""
    with pytest.raises(MoveRefused, match="submitted"):
        advance(Status.SUBMITTED, "change")
    assert not allows(Status.SUBMITTED, "stop")


def test_only_to_have_all_of_it_erased_leads_out_of_submitted():
    """The walk ends there; who withdraws is from then on somebody who declined."""
    assert [row for row in TABLE if row[1] is Status.SUBMITTED] == [("withdraw", Status.SUBMITTED, Status.DECLINED)]


def test_every_status_can_be_reached():
    """From the invitation on."""
    reached = {Status.NOTIFIED}
    for _ in TABLE:
        reached |= {target for _, source, target in TABLE if source in reached}
    assert reached == set(Status)
