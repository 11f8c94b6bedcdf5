"""A publication as a report in one language: every text in words, every chart drawn, before anything is laid out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from admin_scripts.charts.drawing import SYNTHETIC, draw
from admin_scripts.charts.likert import batteries, draw_groups, draw_items, is_likert
from admin_scripts.charts.picture import Picture
from admin_scripts.publication import Publication, Quotes, Table
from admin_scripts.reporting.appendix import entries
from admin_scripts.reporting.battery import battery_grids
from admin_scripts.reporting.chosen import beside, chosen, folded, foregone, has_figures
from admin_scripts.reporting.findings import findings
from admin_scripts.reporting.grids import grids
from admin_scripts.reporting.method import manifest_grid, method, period
from admin_scripts.reporting.participation import participation
from admin_scripts.reporting.parts import Opened, Question, Report, Section
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import asked_sentence, hidden_words, text_in


def content(words: Wording, publication: Publication, program: str) -> Report:
    """Everything that the templates lay out; `program` is the version of Colloquio."""
    sections = tuple(_sections(words, chosen(publication)))
    joined = participation(words, publication)
    drawn = [*joined.pictures, *(p for s in sections for q in s.questions for p in q.pictures)]
    last = publication.field.last_day
    by = next((text_in(t.wording, words) for t in publication.tables if t.variable == publication.by), publication.by)
    return Report(
        name=publication.name,
        language=words.language,
        title=publication.heading,
        sender=publication.sender,
        contact=publication.contact,
        period=period(words, publication.field),
        cover=_cover(words, publication),
        mark=words.say(SYNTHETIC) if publication.is_synthetic else "",
        day=last.isoformat() if last else "",
        summary=findings(words, chosen(publication)),
        participation=joined,
        sections=sections,
        opened=tuple(_opened(words, quotes) for quotes in publication.quotes if _is_shown(quotes)),
        unopened=tuple(text_in(q.wording, words) or q.variable for q in publication.quotes if not _is_shown(q)),
        method=method(words, publication, by),
        questionnaire=entries(words, publication.questionnaire),
        manifest=manifest_grid(words, publication, program),
        pictures={picture.name: picture for picture in drawn},
    )


def _cover(words: Wording, publication: Publication) -> tuple[str, ...]:
    n, people = words.whole(publication.responses), words.whole(publication.population)
    found = [words.say("{n} answers of {people} people asked", n=n, people=people)]
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
        counted = [table for table in tables if has_figures(table)]
        questions = tuple(_question(words, publication, together) for together in batteries(counted))
        told = beside(words, publication, [table for table in tables if not has_figures(table)])
        yield Section(f"section-{place}", title, questions, told)


def _question(words: Wording, publication: Publication, together: Sequence[Table]) -> Question:
    is_synthetic = publication.is_synthetic
    if len(together) > 1:
        drawn = draw_items(words, together, is_synthetic=is_synthetic)
        made = battery_grids(words, publication, together)
        return Question(f"question-{together[0].variable}", words.say("Agreement with statements"), (drawn,), made)
    table, never = folded(words, together[0])
    made = grids(words, publication, table)
    if made and never:
        made = (replace(made[0], notes=(*never, *made[0].notes)), *made[1:])
    pictures = tuple(_pictures(words, table, is_synthetic=is_synthetic))
    notes = [*_notes(words, publication, table)]
    while made and not made[0].rows:
        notes, made = [*notes, made[0].caption, *made[0].notes], made[1:]
    return Question(f"question-{table.variable}", text_in(table.wording, words), pictures, made, tuple(notes))


def _pictures(words: Wording, table: Table, *, is_synthetic: bool) -> Iterator[Picture]:
    if foregone(table):
        return
    if is_likert(table):
        yield draw_items(words, (table,), is_synthetic=is_synthetic)
    found = draw_groups(words, table, is_synthetic=is_synthetic) if is_likert(table) else None
    found = found or (None if is_likert(table) else draw(words, table, is_synthetic=is_synthetic))
    if found:
        yield found


def _notes(words: Wording, publication: Publication, table: Table) -> tuple[str, ...]:
    found = []
    panel = table.panels[0]
    if table.relevant and panel.asked != publication.responses:
        found.append(asked_sentence(words, table))
    if table.repeat:
        found.append(words.say("Several times for each respondent: what is counted are the entries, not the people."))
    if panel.hidden:
        found.append(words.say("Not shown: {why}.", why=hidden_words(words, panel.hidden, publication.k)))
    if table.note and (said := text_in(table.note, words)):
        found.append(said)
    return tuple(found)


def _is_shown(quotes: Quotes) -> bool:
    return bool(quotes.texts) and not quotes.hidden


def _opened(words: Wording, quotes: Quotes) -> Opened:
    notes = []
    if quotes.withheld:
        notes.append(
            words.count(
                "{n} answer is kept back, since it may name somebody.",
                "{n} answers are kept back, since they may name somebody.",
                quotes.withheld,
            )
        )
    base = words.count("{n} person answered.", "{n} people answered.", quotes.answered)
    title = text_in(quotes.wording, words) or quotes.variable
    return Opened(f"open-{quotes.variable}", title, base, quotes.texts, tuple(notes))
