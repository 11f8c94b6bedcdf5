"""Away from where the walk stands, to an earlier answer or to what its change has opened, and back again."""

from conversations.stops import SUMMARY, WITHDRAWAL
from conversations.walk import Walk


def leave_for(walk: Walk, place: str) -> None:
    """Stand at `place` for a change; afterwards the walk goes on where it stands now, with the draft that is there."""
    if place != walk.session.place:
        keep_place(walk)
    walk.answer_again()
    walk.go(place)


def keep_place(walk: Walk) -> None:
    """Remember the question that stands, and what is ticked there; a place that was kept before goes first."""
    if walk.stop is not None and walk.left is None:
        walk.set(left=(walk.session.place, *walk.session.draft))


def look_back(walk: Walk) -> None:
    """Stand at what a change has opened before here, or before what was left to look at something; else stay."""
    is_aside = walk.session.place in (SUMMARY, WITHDRAWAL) and walk.left is not None
    opened = walk.first_open(walk.session.left[0] if is_aside else walk.session.place)
    if opened is not None:
        leave_for(walk, opened.place)
    elif walk.stop is None and not is_aside:
        walk.go_on()
