"""A journal as a text that a person can read: one line for each message, and between them what happened."""

from collections import Counter
from collections.abc import Iterator

from conversations.protocol import Status
from storage.due import Posting
from tests.field_work.journal import Act, Event, Journal, Left, Order, Ran, Returned
from tests.field_work.month import ROME

HEAD = """\
A simulated field period: what the coordinator does (=), which wave runs (*), what people do (>), what leaves (<), and
what comes back (!). All times are those of the clock on the wall in Rome. To follow one person: grep PO001.
Of each message: the person, by what, which wave (r: a link that was asked for), in whose words, what was known.
"""
_KNOWN = {
    None: "has not come",
    Status.NOTIFIED: "has opened the link",
    Status.ANSWERING: "is at {done} of {asked}",
    Status.REVIEWING: "is at the summary, {done} of {asked}",
    Status.SUBMITTED: "has submitted",
    Status.DECLINED: "has declined",
    Status.STOPPED: "has stopped",
}
_ORDER = {Order: 0, Ran: 1, Act: 2, Left: 3, Returned: 4}


def ledger_of(journal: Journal) -> str:
    """The whole text. Within a minute things stand by kind and person: which of them was first, is chance."""
    lines = sorted(
        (event.at.replace(second=0, microsecond=0), _ORDER[type(event)], _line(event)) for event in journal.events
    )
    days = [f"{at.astimezone(ROME):%a %d %b %H:%M}  {line}" for at, _, line in lines]
    return "\n".join([HEAD, *_with_gaps(days), "", *_summary(journal)]) + "\n"


def _with_gaps(lines: list[str]) -> Iterator[str]:
    """An empty line between days."""
    day = lines[0][:10]
    for line in lines:
        if line[:10] != day:
            yield ""
        day = line[:10]
        yield line


def _line(event: Event) -> str:
    if isinstance(event, Order):
        return f"= the coordinator {event.words}"
    if isinstance(event, Ran):
        counts = sorted((reason.value, by, n) for (reason, by), n in event.counts.items())
        told = ", ".join(f"{n} {reason} by {by}" for reason, by, n in counts)
        return f"* {event.kind} w{event.wave}: {told}"
    if isinstance(event, Act):
        return f"> {event.person} {event.words}{f' ({event.bound})' if event.bound else ''}"
    if isinstance(event, Returned):
        return f"! {event.person} {event.occasion}: {event.status}"
    known = _KNOWN[event.known].format(done=event.done, asked=event.asked)
    wave = event.occasion.partition("-")[0]
    return f"< {event.person} {event.channel:<8} {wave:<4} {event.kind or 'link':<10} {event.said:<11} {known}"


def _summary(journal: Journal) -> Iterator[str]:
    """What has become of the messages, and of those that did not leave."""
    left = Counter((one.kind or "link", one.channel, one.said) for one in journal.left())
    yield "What left, by kind, channel and words:"
    yield from (f"  {n:>4} {kind}, {channel}, {said}" for (kind, channel, said), n in sorted(left.items()))
    yield "What did not:"
    kept = Counter((state, reason) for state, reason in journal.postings.values() if state is not Posting.SENT)
    yield from (f"  {n:>4} {state}: {reason}" for (state, reason), n in sorted(kept.items()))
