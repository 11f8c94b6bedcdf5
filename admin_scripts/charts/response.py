"""The response rate by unit of the register: small units are told in words without a bar."""

from functools import partial

from admin_scripts.charts.bars import Bar, bars
from admin_scripts.charts.drawing import SYNTHETIC
from admin_scripts.charts.look import HIGH, Frame
from admin_scripts.charts.picture import Picture, picture
from admin_scripts.publication import Publication, Unit
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import text_in


def draw_response(words: Wording, publication: Publication) -> Picture | None:
    """A bar for each unit, the highest rate first; None if there are no units."""
    units = sorted(publication.field.units, key=lambda unit: -(_rate(unit) or 0))
    if not units:
        return None
    rows = [Bar(text_in(unit.labels, words), unit_words(words, unit), _rate(unit)) for unit in units]
    counts = {"n": words.whole(publication.responses), "all": words.whole(publication.population)}
    said = words.say("{n} of {all} people have answered", **counts)
    mark = words.say(SYNTHETIC) if publication.is_synthetic else ""
    told = " ".join(f"{row.label}: {row.words}." for row in rows)
    what = words.say("Bar chart of the response rate")
    alternative = f"{what}. {said}. {told}"
    return picture("response-rate", (), alternative, partial(bars, rows, HIGH[0]), Frame((said,), mark))


def _rate(unit: Unit) -> float | None:
    if unit.invited is None or unit.completed is None or not unit.invited:
        return None
    return 100 * unit.completed / unit.invited


def unit_words(words: Wording, unit: Unit) -> str:
    """The rate with its counts; the published words where it has none."""
    rate, invited, completed = _rate(unit), unit.invited, unit.completed
    if rate is None or invited is None or completed is None:
        return unit.rate
    return words.say(
        "{rate} ({completed} of {invited})", rate=words.percent(rate, invited), completed=completed, invited=invited
    )
