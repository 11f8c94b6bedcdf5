"""Publication -> book: a page for the field work and one for every question, in one language."""

from collections.abc import Iterator

from admin_scripts.publication import FieldWork, Publication, Table, TableKind, Texts, Unit
from admin_scripts.tabled.book import Book, Grid, Page, Row
from admin_scripts.tabled.cells import Cell, count
from admin_scripts.tabled.crossed import cross_grid, weighted_grid
from admin_scripts.tabled.grids import answers_grid, figures_grid, rank_grids
from admin_scripts.tabled.method import chapters
from admin_scripts.tabled.notes import notes_of
from admin_scripts.wording import Wording, wording_for
from admin_scripts.wording.terms import asked_words, base_words, disposition, hidden_words, kind, text_in


def book_of(publication: Publication, language: str) -> Book:
    """All that the files for people hold, in the words of a language."""
    wording = wording_for(language)
    say = wording.say
    return Book(
        title=publication.heading,
        subtitle=_subtitle(publication, wording),
        language=wording.language,
        mark=say("SYNTHETIC: nobody has given these answers") if publication.is_synthetic else "",
        heads=(say("Section"), say("Variable"), say("Question"), say("Base")),
        field=_field(publication, wording),
        pages=tuple(_page(place, table, publication, wording) for place, table in enumerate(_ordered(publication), 1)),
        method_title=say("How to read the tables"),
        method=tuple(chapters(publication, wording)),
        contents_title=say("Contents"),
        page_words=say("page {number} of {all}", number="&P", all="&N"),
    )


def _subtitle(publication: Publication, wording: Wording) -> str:
    responses, population = wording.whole(publication.responses), wording.whole(publication.population)
    return wording.say("Tables: {responses} responses of {people} people", responses=responses, people=population)


def _ordered(publication: Publication) -> list[Table]:
    """The questions, and after them what was calculated and nobody was asked."""
    return sorted(publication.tables, key=_is_calculated)


def _is_calculated(table: Table) -> bool:
    return not any(table.wording.values())


def _page(number: int, table: Table, publication: Publication, wording: Wording) -> Page:
    title = text_in(table.wording, wording) or table.variable
    facts = (
        (wording.say("Variable"), f"{table.variable} ({kind(wording, table.kind)})"),
        (wording.say("Asked"), asked_words(wording, table)),
        (wording.say("Base"), _base(table, publication.k, wording)),
    )
    section = wording.say("Calculated values") if _is_calculated(table) else text_in(table.section, wording)
    grids, notes = tuple(_grids(table, publication, wording)), tuple(notes_of(table, publication, wording))
    return Page(f"q{number}", f"{number} {table.variable}", title, section, facts, grids, notes)


def _base(table: Table, k: int, wording: Wording) -> str:
    everybody = table.panels[0]
    if everybody.hidden is not None:
        return hidden_words(wording, everybody.hidden, k)
    return base_words(wording, everybody)


def _grids(table: Table, publication: Publication, wording: Wording) -> Iterator[Grid]:
    everybody = table.panels[0]
    if everybody.hidden is None and (everybody.lines or table.kind is not TableKind.TEXT):
        yield answers_grid(table, everybody, wording)
    labels: dict[str, Texts] = {line.code: line.labels for panel in table.panels for line in panel.lines}
    yield from rank_grids(table.panels, labels, wording)
    by = _name_of(publication, table.by, wording)
    others = (
        cross_grid(table, by, publication.k, wording),
        weighted_grid(table, by, wording),
        figures_grid(table, wording),
    )
    yield from (grid for grid in others if grid is not None)


def _name_of(publication: Publication, variable: str, wording: Wording) -> str:
    found = next((table for table in publication.tables if table.variable == variable), None)
    return (text_in(found.wording, wording) if found else "") or variable


def _field(publication: Publication, wording: Wording) -> Page:
    work, title = publication.field, wording.say("How the survey went")
    facts = tuple(_days(work, wording))
    grids = tuple(_field_grids(work, wording))
    notes = (wording.say("Rates and counts of small units are not told exactly."),) if work.units else ()
    return Page("field", title[:31], title, "", facts, grids, notes)


def _days(work: FieldWork, wording: Wording) -> Iterator[tuple[str, str]]:
    if work.first_day and work.last_day:
        first, last = wording.span(work.first_day, work.last_day)
        days = wording.say("{first} to {last}", first=first, last=last)
        yield wording.say("Days"), days


def _field_grids(work: FieldWork, wording: Wording) -> Iterator[Grid]:
    say = wording.say
    told = work.dispositions.items()
    outcomes = tuple(Row(disposition(wording, name), (count(wording, number),)) for name, number in told)
    yield Grid(say("Outcomes (AAPOR)"), (say("Outcome"), say("People")), outcomes)
    rates = tuple(
        Row(name, (count(wording, part), Cell(wording.figure(whole)), Cell(_rate(part, whole, wording))))
        for name, part, whole in work.rates
    )
    yield Grid(say("Response rates (AAPOR)"), (say("Rate"), say("n"), say("of"), say("%")), rates)
    if work.units:
        heads = (work.unit_name or say("Unit"), say("Invited"), say("Completed"), say("Rate"))
        yield Grid(say("Responses by unit"), heads, tuple(_unit(unit, wording) for unit in work.units))


def _rate(part: int, whole: float, wording: Wording) -> str:
    return wording.percent(100 * part / whole, int(whole)) if whole else "–"


def _unit(unit: Unit, wording: Wording) -> Row:
    told = [Cell("–") if number is None else count(wording, number) for number in (unit.invited, unit.completed)]
    return Row(text_in(unit.labels, wording), (*told, Cell(unit.rate)))
