"""Whether the figures of a publication keep the rules: none of few people, no equation, no digits too many."""

from collections.abc import Iterator, Mapping

from admin_scripts.disclosure.findings import Finding, place_of
from admin_scripts.disclosure.rules import Counted
from admin_scripts.disclosure.tempering import coarse, exactness
from admin_scripts.publication import Panel, Publication, Table, TableKind

POINTS = 2
"""Less a choice has of a second place than of a first, in points: 3, 2, 1."""

NOTHING = 1e-9


def counted(table: Table, panel: Panel) -> Counted:
    """The counts of a panel's answers that are shown; of a ranking how many gave each choice each place."""
    told = {line.code: line.share.count for line in panel.lines if line.is_answer and line.share}
    if table.kind is not TableKind.RANK or not panel.answered:
        return Counted(panel.answered, list(told.values()))
    is_whole = min(told.values(), default=0) == panel.answered  # everybody has put all there is in order
    counts = [] if is_whole else list(told.values())
    figures = {figure.name: figure.value for figure in panel.figures}
    for code in told:
        counts += _places(code, figures, panel.answered, is_short=is_whole and len(told) <= POINTS + 1)
    return Counted(panel.answered, counts)


def _places(code: str, figures: Mapping[str, float], base: int, *, is_short: bool) -> list[int]:
    """How many have put it first, second, third and among these, from its points and percentages."""
    names = [f"{name}:{code}" for name in ("first", "top3", "borda")]
    if not all(name in figures for name in names):
        return []
    first, among = (round(figures[name] * base / 100) for name in names[:2])
    second = round(figures[names[2]]) - among - POINTS * first
    return [first, second, among - first - second, *([] if is_short else [among])]


def check_figures(publication: Publication, table: Table, panel: Panel) -> Iterator[Finding]:
    """Of numbers no figure of fewer than 2 k answers, nor more exact than a tenth of what they spread over."""
    if table.kind is not TableKind.NUMBER or not panel.figures:
        return
    place = place_of(publication, table, panel.group)
    if panel.answered < 2 * publication.k:
        yield Finding("base", place, f"figures of {panel.answered} numbers are close to what one person said")
    digits = min(1, exactness(panel) + 1)  # rounding may have made the spread a little larger
    if any(abs(figure.value - round(figure.value, digits)) > NOTHING for figure in panel.figures):
        yield Finding("exact", place, "figures of numbers are more exact than they are shown")


def check_means(publication: Publication, table: Table) -> Iterator[Finding]:
    """A mean that is not told of one group is that of everybody without the others'."""
    groups = [panel for panel in table.panels if panel.group.codes]
    told = [panel for panel in groups if any(figure.name == "mean" for figure in panel.figures)]
    if told and len(told) < len(groups):
        place = place_of(publication, table)
        yield Finding("complement", place, "the mean of the groups that have none follows from the others'")


def check_weighting(publication: Publication) -> Iterator[Finding]:
    """With all digits of the design effect it can be tried out how the margins are crossed."""
    if publication.weighting is not None and publication.weighting != coarse(
        publication.weighting, publication.responses
    ):
        yield Finding("weights", place_of(publication), "the weights are told so exactly that margins can be crossed")
