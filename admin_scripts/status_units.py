"""The response by unit of the register, by channel and by language, as far as the groups are large enough."""

from collections.abc import Mapping

from admin_scripts.screen import counted
from admin_scripts.status_section import Section
from storage.dispositions import Counts
from storage.response_rates import Unit, share, units_of
from storage.small_groups import joined, percentage_in_words

TOO_SMALL = "{}: not shown, the groups are too small."
PROTECTED = "Without the not eligible; small groups are joined, or told in ranges."


def units_section(column: str, groups: Mapping[str, Counts]) -> Section:
    """RR1 of each group of a column of the register."""
    title = f"Response rate by {column}"
    units = units_of(groups)
    if not units:
        return Section(title, notes=(TOO_SMALL.format(title),))
    return Section(title, (column, "People", "RR1"), [_row(unit) for unit in units], (PROTECTED,))


def _row(unit: Unit) -> tuple[str, str, str]:
    others = f"other ({counted(unit.joined, 'group', 'groups')})"
    name = others if unit.joined else unit.name or "(blank)"
    one, told = unit.outcomes, unit.told
    return name, str(one.base), share(one.complete, one.base) if told.is_exact else percentage_in_words(told)


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
