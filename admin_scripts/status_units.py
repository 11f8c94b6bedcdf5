"""The response by unit of the register, by channel and by language, as far as the groups are large enough."""

from collections import Counter
from collections.abc import Mapping, Sequence

from admin_scripts.screen import counted
from admin_scripts.status_groups import Told, joined, percentage_in_words, protected, rate_told
from admin_scripts.status_rates import Outcomes, share
from admin_scripts.status_section import Section
from storage.dispositions import Counts, Disposition

TOO_SMALL = "{}: not shown, the groups are too small."
PROTECTED = "Without the not eligible; small groups are joined, or told in ranges."


def together(groups: Mapping[str, Counts]) -> Outcomes:
    """All groups as one."""
    total: Counter[Disposition] = Counter()
    for counts in groups.values():
        total.update(counts)
    return Outcomes(total)


def units_section(column: str, groups: Mapping[str, Counts]) -> Section:
    """RR1 of each group of a column of the register."""
    title = f"Response rate by {column}"
    units = _units(groups)
    told = _told(list(units.values()))
    if told is None or len(units) < 2:  # noqa: PLR2004 - one group is everybody
        return Section(title, notes=(TOO_SMALL.format(title),))
    rows = [
        (name, str(one.base), share(one.complete, one.base) if cell.is_exact else percentage_in_words(cell))
        for (name, one), cell in zip(units.items(), told, strict=True)
    ]
    return Section(title, (column, "People", "RR1"), rows, (PROTECTED,))


def _told(units: Sequence[Outcomes]) -> list[Told] | None:
    """When nobody at all has answered, or everybody, there is nothing to protect."""
    told = [rate_told(one.complete, one.base) for one in units]
    is_plain = sum(one.complete for one in units) in (0, sum(one.base for one in units))
    return told if is_plain else protected(told)


def _units(groups: Mapping[str, Counts]) -> dict[str, Outcomes]:
    alone, rest = joined({name: Outcomes(counts).base for name, counts in groups.items()})
    units = {name or "(blank)": Outcomes(groups[name]) for name in sorted(alone)}
    if rest:
        units[f"other ({counted(len(rest), 'group', 'groups')})"] = together({name: groups[name] for name in rest})
    return units


def complete_section(what: str, counts: Mapping[str, int]) -> Section:
    """The complete ones by channel or language."""
    title = f"Complete by {what}"
    alone, rest = joined(counts)
    if not alone:
        return Section(title, notes=(TOO_SMALL.format(title),))
    rows = [(name, str(counts[name])) for name in sorted(alone, key=lambda name: -counts[name])]
    if rest:
        rows.append(("other", str(sum(counts[name] for name in rest))))
    return Section(title, (what, "Complete"), rows)
