"""Figures that would say too much: of few people, with too many digits, or as one equation more about hidden groups."""

from collections.abc import Sequence
from dataclasses import replace
from math import floor, log10

from admin_scripts.disclosure.rules import Rules
from admin_scripts.publication import Figure, Panel, TableKind, Weighting

DECIMALS_FROM = 100
PARTS = 10
"""Numbers are told as exactly as a tenth of what the middle half of the answers spreads over."""


def tempered(panel: Panel, kind: TableKind, rules: Rules) -> Panel:
    """Without figures that come close to what one person said, and none more exactly than it is shown."""
    if kind is TableKind.NUMBER:
        told = panel.figures if panel.answered >= 2 * rules.k else ()
        return replace(panel, figures=tuple(_to(exactness(panel), figure) for figure in told))
    if panel.answered < 2 * rules.k:  # the limits of a median are two answers
        panel = replace(panel, figures=tuple(map(_without_limits_of_a_median, panel.figures)))
    return replace(panel, figures=tuple(_to(1, one) if one.name == "agreement" else one for one in panel.figures))


def exactness(panel: Panel) -> int:
    """The decimals of the figures of numbers: one at most; less than none of numbers that lie far apart."""
    told = {figure.name: figure.value for figure in panel.figures}
    spread = told.get("q3", 0.0) - told.get("q1", 0.0)
    return min(1, -floor(log10(spread / PARTS))) if spread > 0 else 1


def _to(digits: int, figure: Figure) -> Figure:
    ends = (None if end is None else round(end, digits) for end in (figure.low, figure.high))
    return Figure(figure.name, round(figure.value, digits), *ends)


def _without_limits_of_a_median(figure: Figure) -> Figure:
    return replace(figure, low=None, high=None) if figure.name == "median" else figure


def has_means_of_all(panels: Sequence[Panel]) -> bool:
    """Whether every group has its mean: else it would follow from those of the others and of everybody."""
    return all(panel.hidden is None and any(one.name == "mean" for one in panel.figures) for panel in panels)


def without_mean(panel: Panel) -> Panel:
    """What remains to be told."""
    return replace(panel, figures=tuple(one for one in panel.figures if one.name != "mean"))


def rounded(panel: Panel) -> Panel:
    """Weighted percentages say more than they seem to: with all their digits they can be taken apart again."""
    digits = int(panel.answered >= DECIMALS_FROM)
    lines = tuple(
        replace(line, share=replace(line.share, weighted=round(line.share.weighted, digits)))
        if line.share is not None and line.share.weighted is not None
        else line
        for line in panel.lines
    )
    return replace(panel, lines=lines)


def without_weights(panel: Panel) -> Panel:
    """Where groups are hidden or merged, a weighted total is a second equation about what is in them."""
    lines = tuple(
        replace(line, share=replace(line.share, weighted=None)) if line.share is not None else line
        for line in panel.lines
    )
    return replace(panel, lines=lines)


def coarse(weighting: Weighting | None, responses: int) -> Weighting | None:
    """How the weights were made, as exactly as a reader needs: with all digits it tells how two margins are crossed."""
    if weighting is None:
        return None
    effect = round(weighting.design_effect, 1)
    return replace(
        weighting,
        iterations=0,
        trimmed=0,
        design_effect=effect,
        effective=float(round(responses / effect)),
        ratio=float(round(weighting.ratio)),
    )
