"""What each wave that ran has sent, and what came in after it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from admin_scripts.status_section import CHANNELS, Section
from conversations.protocol import WaveKind
from storage.due import PENDING, Posting
from storage.settling import Tally
from storage.small_groups import singles_out
from storage.standstill import Standstill
from storage.waves import Wave, WaveState

NAMES = {
    WaveKind.INVITATION: "invitation",
    WaveKind.REMINDER: "reminder",
    WaveKind.LAST_DAY: "last day",
    WaveKind.CLOSED: "closing",
}
UNSENT = {
    **dict.fromkeys(PENDING, "waiting"),
    Posting.DEAD: "failed",
    Posting.DOUBT: "in doubt",
    Posting.CANCELLED: "no longer due",
}


def standing_still(found: Iterable[Standstill], zone: ZoneInfo, name: str) -> str:
    """A line for each channel that stands still, with what to do; "" if none does."""
    return "\n".join(
        f"All {CHANNELS.get(one.channel, one.channel)} messages wait: {one.reason}. They are tried again after"
        f" {one.until.astimezone(zone):%H:%M} on {one.until.astimezone(zone):%Y-%m-%d}"
        f", or at once by: colloquio outbox retry {name}"
        for one in found
    )


@dataclass(frozen=True, slots=True)
class WaveResult:
    """A wave that ran: its messages that were sent, by channel, those that were not, by why, and what came in after it.

    `brought` are the complete ones from its day until the day of the next wave; None of the closing, which asks nobody.
    """

    name: str
    ran_at: datetime
    sent: Mapping[str, int]
    unsent: Mapping[str, int]
    brought: int | None


def named(waves: Iterable[Wave]) -> dict[str, Wave]:
    """The waves that ran, by name and in order; those of a kind are numbered when there are several."""
    ran = sorted((wave for wave in waves if wave.state is WaveState.RAN), key=ran_at)
    several = Counter(wave.kind for wave in ran)
    met: Counter[WaveKind] = Counter()
    names: dict[str, Wave] = {}
    for wave in ran:
        met[wave.kind] += 1
        names[f"{NAMES[wave.kind]} {met[wave.kind]}" if several[wave.kind] > 1 else NAMES[wave.kind]] = wave
    return names


def ran_at(wave: Wave) -> datetime:
    """When a wave ran that did."""
    return wave.ran_at or wave.planned_at


def days_of(waves: Mapping[str, Wave], zone: ZoneInfo) -> dict[str, date]:
    """The day of each."""
    return {name: ran_at(wave).astimezone(zone).date() for name, wave in waves.items()}


def wave_results(
    waves: Mapping[str, Wave], tallies: Sequence[Tally], days: Mapping[date, int], zone: ZoneInfo
) -> list[WaveResult]:
    """Each of the waves; `days` are the complete ones of each day."""
    asking = days_of({name: wave for name, wave in waves.items() if wave.kind is not WaveKind.CLOSED}, zone)
    brought = {
        name: sum(number for day, number in days.items() if begin <= day < end)
        for (name, begin), end in zip(asking.items(), [*asking.values(), date.max][1:], strict=True)
    }
    return [WaveResult(name, ran_at(wave), *_counted(wave, tallies), brought.get(name)) for name, wave in waves.items()]


def _counted(wave: Wave, tallies: Sequence[Tally]) -> tuple[Counter[str], Counter[str]]:
    sent: Counter[str] = Counter()
    unsent: Counter[str] = Counter()
    for tally in tallies:
        if tally.wave == wave.id and tally.state in UNSENT:
            unsent[UNSENT[tally.state]] += tally.count
        elif tally.wave == wave.id:
            sent[CHANNELS.get(tally.channel, tally.channel)] += tally.count
    return sent, unsent


def waves_section(results: Sequence[WaveResult], complete: int, zone: ZoneInfo) -> Section:
    """A line for each, or several, of so many complete ones in all."""
    rows = [
        (
            one.name,
            f"{one.ran_at.astimezone(zone):%Y-%m-%d %H:%M}",
            _sent(one.sent) or "nothing",
            _listed(one.unsent),
            "" if one.brought is None else str(one.brought),
        )
        for one in results
    ]
    before = complete - sum(one.brought or 0 for one in results)
    notes = ["Complete: from the day of the wave until the day of the next one."]
    notes += [f"{before} of the complete ones came in before the first wave."] if before else []
    return Section("Waves", ("Wave", "Ran", "Sent", "Not sent", "Complete"), rows, notes)


def _sent(counts: Mapping[str, int]) -> str:
    """By channel, unless that would tell of few people which one they use."""
    if not singles_out(counts.values()):
        return _listed(counts)
    return "\n".join((f"{sum(counts.values())} in all", *(f"· {what}" for what in sorted(counts))))


def _listed(counts: Mapping[str, int]) -> str:
    return "\n".join(f"{counts[what]} {what}" for what in sorted(counts))
