"""A publication as a report in one language: every text in words, every chart drawn, before anything is laid out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from admin_scripts.charts.drawing import SYNTHETIC, draw
from admin_scripts.charts.likert import batteries, draw_groups, draw_items, is_likert
from admin_scripts.charts.picture import Picture
from admin_scripts.publication import Publication, Quotes, Table, TableKind
from admin_scripts.reporting.appendix import entries
from admin_scripts.reporting.findings import findings
from admin_scripts.reporting.grids import grids
from admin_scripts.reporting.method import manifest_grid, method, period
from admin_scripts.reporting.participation import participation
from admin_scripts.reporting.parts import Grid, Opened, Question, Report, Section
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import asked_sentence, hidden_words, text_in

MADE_UP = "[SYNTHETIC] "
"""What the title of a rehearsal begins with; here it is said on every page instead."""


def content(words: Wording, publication: Publication, program: str) -> Report:
    """Everything that the templates lay out; `program` is the version of Colloquio."""
    sections = tuple(_sections(words, publication))
    joined = participation(words, publication)
    drawn = [*joined.pictures, *(p for s in sections for q in s.questions for p in q.pictures)]
    last = publication.field.last_day
    by = next((text_in(t.wording, words) for t in publication.tables if t.variable == publication.by), publication.by)
    return Report(
        name=publication.name,
        language=words.language,
        title=publication.title.removeprefix(MADE_UP),
        sender=publication.sender,
        contact=publication.contact,
        period=period(words, publication.field),
        cover=_cover(words, publication),
        mark=words.say(SYNTHETIC) if publication.is_synthetic else "",
        day=last.isoformat() if last else "",
        summary=findings(words, publication),
        participation=joined,
        sections=sections,
        opened=tuple(_opened(words, quotes) for quotes in publication.quotes),
        method=method(words, publication, by),
        questionnaire=entries(words, publication.questionnaire),
        manifest=manifest_grid(words, publication, program),
        pictures={picture.name: picture for picture in drawn},
    )


def _cover(words: Wording, publication: Publication) -> tuple[str, ...]:
    n, people = words.whole(publication.responses), words.whole(publication.population)
    found = [words.say("{n} answers from {people} people", n=n, people=people)]
    when = period(words, publication.field)
    return (*found, when[:1].upper() + when[1:]) if when else tuple(found)


def _sections(words: Wording, publication: Publication) -> Iterator[Section]:
    """In the order of the questionnaire; what is in no section under a heading of ours."""
    sections: dict[str, list[Table]] = {}
    for table in publication.tables:
        title = text_in(table.section, words)
        untitled = words.say("Other questions") if sections.keys() - {words.say("To begin with")} else ""
        sections.setdefault(title or untitled or words.say("To begin with"), []).append(table)
    for place, (title, tables) in enumerate(sections.items(), 1):
        questions = tuple(_question(words, publication, together) for together in batteries(tables))
        yield Section(f"section-{place}", title, questions)


def _question(words: Wording, publication: Publication, together: Sequence[Table]) -> Question:
    first = together[0]
    alone = len(together) == 1
    title = _title(words, first) if alone else words.say("Agreement with statements")
    made = grids(words, publication, first) if alone else tuple(_named(words, publication, together))
    pictures = tuple(_pictures(words, publication, together))
    notes = (*_notes(words, publication, first),) if alone else ()
    return Question(f"question-{first.variable}", title, pictures, made, notes)


def _title(words: Wording, table: Table) -> str:
    return text_in(table.wording, words) or words.say("Calculated: {name}", name=table.variable)


def _named(words: Wording, publication: Publication, together: Sequence[Table]) -> Iterator[Grid]:
    for table in together:
        for grid in grids(words, publication, table):
            item = text_in(table.wording, words).rstrip()
            yield replace(grid, caption=f"{item} {grid.caption}")


def _pictures(words: Wording, publication: Publication, together: Sequence[Table]) -> Iterator[Picture]:
    is_synthetic = publication.is_synthetic
    if is_likert(together[0]):
        yield draw_items(words, together, is_synthetic=is_synthetic)
        grouped = [draw_groups(words, table, is_synthetic=is_synthetic) for table in together]
    else:
        grouped = [draw(words, together[0], is_synthetic=is_synthetic)]
    yield from (picture for picture in grouped if picture)


def _notes(words: Wording, publication: Publication, table: Table) -> tuple[str, ...]:
    found = []
    panel = table.panels[0]
    if table.relevant and panel.asked != publication.responses:
        found.append(asked_sentence(words, table))
    if table.repeat:
        found.append(words.say("Several times for each respondent: what is counted are the entries, not the people."))
    if panel.hidden:
        found.append(words.say("Not shown: {why}.", why=hidden_words(words, panel.hidden, publication.k)))
    elif table.kind is TableKind.TEXT:
        found.append(words.count("{n} open answer.", "{n} open answers.", panel.answered))
    if table.note and (said := text_in(table.note, words)):
        found.append(said)
    return tuple(found)


def _opened(words: Wording, quotes: Quotes) -> Opened:
    notes = []
    if quotes.hidden or not quotes.texts:
        notes.append(words.say("The answers are not shown: they are too few, or nobody has released them."))
    if quotes.withheld:
        notes.append(
            words.count(
                "{n} answer is kept back, since it may name somebody.",
                "{n} answers are kept back, since they may name somebody.",
                quotes.withheld,
            )
        )
    base = "" if quotes.hidden else words.count("{n} person answered.", "{n} people answered.", quotes.answered)
    title = text_in(quotes.wording, words) or quotes.variable
    return Opened(f"open-{quotes.variable}", title, base, quotes.texts, tuple(notes))
