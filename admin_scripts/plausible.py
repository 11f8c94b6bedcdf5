"""Whether what a file says is a publication can be one: nothing that no program has counted, and not more than fits.

Whoever gives the folder to `colloquio audit` need not have written it.
"""

from collections.abc import Iterator
from math import inf, isfinite

from admin_scripts.publication import Panel, Publication, Share, Table

MOST_BYTES = 16_000_000
MOST_TABLES = 2_000
MOST_PANELS = 2_000
MOST_NUMBERS = 4_000
"""Of one question: groups times lines, the unknowns that the attack calculates with."""
MOST_PEOPLE = 1_000_000_000
ABOUT_ALL = 100 + 1e-6


def implausible(publication: Publication) -> str:
    """What cannot be, in words; "" if all of it can."""
    return next(_mistakes(publication), "")


def _mistakes(publication: Publication) -> Iterator[str]:
    numbers = publication.k, publication.k_text, publication.responses, publication.population
    if not all(0 <= number <= MOST_PEOPLE for number in numbers):
        yield "k, the responses or the people are no number of people"
    if len(publication.tables) > MOST_TABLES:
        yield f"it has more than {MOST_TABLES} tables"
    weighting = publication.weighting
    if weighting and not all(0 < one < inf for one in (weighting.design_effect, weighting.effective, weighting.ratio)):
        yield "such weights cannot be"
    counts = [*publication.field.dispositions.values(), *(publication.field.languages or {}).values()]
    rates = (number for _, *numbers in publication.field.rates for number in numbers)
    if not all(0 <= number <= MOST_PEOPLE for number in (*counts, *rates)):
        yield "the field work has numbers that are none of people"
    names = [(table.repeat, table.variable) for table in publication.tables]
    if len(set(names)) < len(names):
        yield "it has two tables of one question"
    for table in publication.tables:
        yield from (f"{table.variable}: {mistake}" for mistake in _of_table(table))


def _of_table(table: Table) -> Iterator[str]:
    panels = table.panels
    if not panels:
        yield "it has nothing of everybody"
    codes = {code for panel in panels for code in panel.group.codes}
    lines = max((len(panel.lines) for panel in panels), default=0)
    if len(panels) > MOST_PANELS or max(len(codes), len(panels)) * lines > MOST_NUMBERS:
        yield f"it has more than {MOST_PANELS} groups, or {MOST_NUMBERS} numbers"
        return
    groups = [frozenset(panel.group.codes) for panel in panels]
    if len(set(groups)) < len(groups):
        yield "a group is there twice"
    for panel in panels:
        yield from _of_panel(panel)


def _of_panel(panel: Panel) -> Iterator[str]:
    if not 0 <= panel.answered <= panel.asked <= MOST_PEOPLE or not 0 <= panel.population <= MOST_PEOPLE:
        yield "so many cannot have been asked and have answered"
    if len({line.code for line in panel.lines}) < len(panel.lines):
        yield "a line is there twice"
    for line in panel.lines:
        if line.share is not None and not _can_be(line.share, panel.answered if line.is_answer else panel.asked):
            yield f"the numbers of {line.code!r:.40} cannot be"
    for figure in panel.figures:
        if not all(isfinite(end) for end in (figure.value, figure.low, figure.high) if end is not None):
            yield f"{figure.name!r:.40} is no number"


def _can_be(share: Share, base: int) -> bool:
    percents = share.percent, share.low, share.high, share.of_asked, share.weighted
    counts = 0 <= share.count <= share.base == base
    return counts and all(0 <= percent <= ABOUT_ALL for percent in percents if percent is not None)
