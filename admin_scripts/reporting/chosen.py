"""Which questions a report shows, and which lines of them: not all that may be published is worth a page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from admin_scripts.publication import Line, Publication, Table, TableKind
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import base_words, hidden_words, text_in

LONG_LIST, MOST_NAMED = 12, 12
WHOLE = 100


def chosen(publication: Publication) -> Publication:
    """Without calculations that nobody was asked and without the first question of a ranking, which is in it."""
    ranked = [table for table in publication.tables if table.kind is TableKind.RANK]
    kept = (
        table
        for table in publication.tables
        if any(table.wording.values())
        and not any(table is not other and _is_in(table.wording, other.wording) for other in ranked)
    )
    return replace(publication, tables=tuple(kept))


def _is_in(wording: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(text and text in other.get(tag, "") for tag, text in wording.items())


def has_figures(table: Table) -> bool:
    """Whether there is more to show than a line can tell: it is counted, not hidden, and not all said the same."""
    is_told = table.kind is not TableKind.TEXT and any(not panel.hidden for panel in table.panels)
    return is_told and not (len(table.panels) == 1 and foregone(table))


def foregone(table: Table) -> Line | None:
    """What all who answered said, if they did: that needs no chart. Who can say several things may differ in others."""
    if table.kind in (TableKind.RANK, TableKind.MULTIPLE):
        return None
    panel = table.panels[0]
    return next((one for one in panel.lines if one.is_answer and one.share and one.share.percent == WHOLE), None)


def folded(words: Wording, table: Table) -> tuple[Table, tuple[str, ...]]:
    """A long list without what nobody chose and, if they are many, what one alone did; and the lines that tell it."""
    panel = table.panels[0]
    never = [line for line in panel.lines if line.is_answer and line.share is not None and not line.share.count]
    if len(panel.lines) <= LONG_LIST or not never or table.kind is TableKind.NPS:
        return table, ()
    lines = tuple(line for line in panel.lines if line not in never)
    single = [line for line in lines if line.is_answer and line.share is not None and line.share.count == 1]
    alone: tuple[str, ...] = ()
    if len(single) > MOST_NAMED:
        lines = tuple(line for line in lines if line not in single)
        alone = (words.say("Given once each: {answers}.", answers=_named(words, single)),)
    if len(never) > MOST_NAMED:
        said = words.say("Nobody chose one of the other {n} answers.", n=words.whole(len(never)))
    else:
        said = words.say("Nobody chose: {answers}.", answers=_named(words, never))
    return replace(table, panels=(replace(panel, lines=lines), *table.panels[1:])), (*alone, said)


def _named(words: Wording, lines: Sequence[Line]) -> str:
    return "; ".join(text_in(line.labels, words) for line in lines)


def beside(words: Wording, publication: Publication, tables: Sequence[Table]) -> tuple[str, ...]:
    """A line for each question that is asked in words or hidden."""
    return tuple(_beside(words, publication, table) for table in tables)


def _beside(words: Wording, publication: Publication, table: Table) -> str:
    panel, item = table.panels[0], text_in(table.wording, words)
    if panel.hidden:
        why = hidden_words(words, panel.hidden, publication.k)
    elif said := foregone(table):
        percent, answer = words.percent(WHOLE, panel.answered), text_in(said.labels, words)
        why = words.say(
            "{percent} answered “{answer}” ({base})", percent=percent, answer=answer, base=base_words(words, panel)
        )
    else:
        why = words.count("{n} open answer", "{n} open answers", panel.answered)
    return words.say("“{item}”: {why}.", item=item, why=why)
