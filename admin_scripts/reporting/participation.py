"""Who has answered: the response, by unit of the register, and what has become of everybody."""

from admin_scripts.charts.response import draw_response, unit_words
from admin_scripts.publication import Publication
from admin_scripts.reporting.findings import response
from admin_scripts.reporting.method import period
from admin_scripts.reporting.parts import Grid, Participation
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import disposition, text_in


def participation(words: Wording, publication: Publication) -> Participation:
    """Sentences, the chart by unit if there are any, and the tables."""
    chart = draw_response(words, publication)
    sentences = [response(words, publication)]
    when = period(words, publication.field)
    if when:
        sentences.append(words.say("The answers came {period}.", period=when))
    if publication.is_synthetic:
        sentences.append(words.say("This is a rehearsal: nobody has given these answers, a program has made them up."))
    grids = (_units(words, publication), _outcomes(words, publication), _rates(words, publication))
    return Participation(tuple(sentences), (chart,) if chart else (), tuple(grid for grid in grids if grid.rows))


def _units(words: Wording, publication: Publication) -> Grid:
    rows = tuple((text_in(unit.labels, words), unit_words(words, unit)) for unit in publication.field.units)
    note = words.say("Of small units, and where a rate would tell who answered, only a range is told.")
    caption = words.say("Response rate by {unit}", unit=publication.field.unit_name or words.say("unit"))
    return Grid(caption, (words.say("Unit"), words.say("Response rate")), rows, (note,))


def _outcomes(words: Wording, publication: Publication) -> Grid:
    """The outcomes; a count that would single somebody out is not among the dispositions that were published."""
    found = publication.field.dispositions
    rows = tuple((disposition(words, name), words.whole(count)) for name, count in found.items() if count)
    return Grid(words.say("Outcomes"), (words.say("Outcome"), words.say("People")), rows)


def _rates(words: Wording, publication: Publication) -> Grid:
    rows = tuple(
        (name, words.whole(part), words.decimal(whole, 0 if float(whole).is_integer() else 1),
         words.percent(100 * part / whole, publication.population) if whole else "–")
        for name, part, whole in publication.field.rates
    )  # fmt: skip
    head = (words.say("Rate"), words.say("Part"), words.say("Of"), "%")
    note = words.say("RR1 to RR6 are the response rates of the American Association for Public Opinion Research.")
    return Grid(words.say("Response rates by AAPOR's definitions"), head, rows, (note,))
