"""Whether one publication keeps the rules that it names: each panel, list of texts and unit by itself."""

from collections.abc import Iterator

from admin_scripts.disclosure.figure_checks import check_figures, check_means, check_weighting, counted
from admin_scripts.disclosure.findings import Finding, place_of
from admin_scripts.disclosure.follow_up_checks import check_follow_ups
from admin_scripts.disclosure.rules import FLOOR, SMALL, is_alike, is_unanimous
from admin_scripts.publication import Panel, Publication, Table

EXTREMES = frozenset({"min", "max", "minimum", "maximum", "range", "smallest", "largest"})
SMALLEST_UNIT = 5


def check(publication: Publication) -> Iterator[Finding]:
    """Every rule that is broken."""
    if publication.k < FLOOR or publication.k_text < publication.k:
        yield Finding("base", place_of(publication), f"k is {publication.k}, but at least {FLOOR} is needed")
    for table in publication.tables:
        for panel in table.panels:
            yield from _check_panel(publication, table, panel)
        yield from _check_complement(publication, table)
        yield from check_means(publication, table)
    yield from check_follow_ups(publication)
    yield from check_weighting(publication)
    yield from _check_texts(publication)
    yield from _check_field(publication)


def _check_panel(publication: Publication, table: Table, panel: Panel) -> Iterator[Finding]:
    place = place_of(publication, table, panel.group)
    if panel.hidden is not None:
        if panel.lines or panel.figures:
            yield Finding("base", place, "it is said to be hidden, and shown all the same")
        return
    if panel.answered < publication.k and not table.repeat:
        yield Finding("base", place, f"only {panel.answered} have answered, fewer than {publication.k}")
    if not table.repeat and is_alike(counted(table, panel)) and not _is_of_a_unanimous_whole(table, panel):
        yield Finding("alike", place, f"(nearly) all of {panel.answered} said the same")
    if EXTREMES & {figure.name for figure in panel.figures}:
        yield Finding("base", place, "a smallest or largest value is somebody's own")
    yield from check_figures(publication, table, panel)
    if panel.figures and any(line.share is None for line in panel.lines):
        yield Finding("cell", place, "figures are told beside numbers that are hidden")


def _is_of_a_unanimous_whole(table: Table, panel: Panel) -> bool:
    """What everybody said is no secret of a part of them."""
    whole = next((one for one in table.panels if not one.group.codes and one.hidden is None), None)
    return whole is not None and whole is not panel and is_unanimous(counted(table, whole))


def _check_complement(publication: Publication, table: Table) -> Iterator[Finding]:
    parts = [panel for panel in table.panels if panel.group.codes]
    hidden = [panel for panel in parts if panel.hidden is not None]
    whole = next((panel for panel in table.panels if not panel.group.codes), None)
    if len(hidden) == 1 and len(parts) > 1 and whole is not None and whole.hidden is None:
        yield Finding("complement", place_of(publication, table, hidden[0].group), "it is everybody minus the others")


def _check_texts(publication: Publication) -> Iterator[Finding]:
    for quotes in publication.quotes:
        if quotes.texts and quotes.answered < publication.k_text:
            place = f"{publication.name}, {quotes.variable}"
            yield Finding("texts", place, f"{quotes.answered} texts are shown, but {publication.k_text} are needed")


def _check_field(publication: Publication) -> Iterator[Finding]:
    field, place = publication.field, place_of(publication)
    for name, counts in (("language", field.languages), ("version", field.versions)):
        if counts and len(counts) > 1 and min(counts.values()) < publication.k:
            yield Finding("counts", place, f"a {name} of fewer than {publication.k} people is told")
    for unit in field.units:
        where = f"{place}, {field.unit_name} {'+'.join(unit.codes)}"
        if unit.invited is not None and unit.invited < SMALLEST_UNIT:
            yield Finding("unit", where, f"a unit of {unit.invited} people has a rate")
        if unit.invited is not None and unit.invited < SMALL and unit.completed in (0, unit.invited):
            yield Finding("unit", where, "nobody or everybody of a small unit has answered")
    if sum(unit.completed is None for unit in field.units) == 1 and len(field.units) > 1:
        yield Finding("unit", place, "the one unit that is hidden is everybody minus the others")
