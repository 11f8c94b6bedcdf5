"""The summary: a sentence for each question, computed from its figures, that says nothing beyond them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import sqrt

from admin_scripts.charts.drawing import answers, net_words
from admin_scripts.charts.likert import batteries, is_likert, net
from admin_scripts.publication import Panel, Publication, Table, TableKind
from admin_scripts.reporting.chosen import foregone
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import base_words, text_in

DIFFERENT = 0.05
SMALLEST_BASE, LONGEST_LIST = 20, 16
MOST, ALL_TOLD = 8, 3
_FIRST = (TableKind.RANK, TableKind.NPS)
Questions = tuple[Table, ...]


def findings(words: Wording, publication: Publication) -> tuple[str, ...]:
    """How many answered, then what was said most to the questions that matter most, then whether groups differ."""
    told = [table for table in publication.tables if _is_main(publication, table)]
    found = [(together, said) for together in batteries(told) if (said := _told(words, together))]
    differing = _differences(words, publication.tables)
    kept = _foremost([together for together, _ in found], MOST - 1 - len(differing))
    return (response(words, publication), *(said for together, said in found if together in kept), *differing)


def _foremost(all_of: Sequence[Questions], room: int) -> list[Questions]:
    """Orders, batteries and 0 to 10 first, then of each section in turn, the one with most questions oftener."""
    kept = [together for together in all_of if len(together) > 1 or together[0].kind in _FIRST][:room]
    rest = sorted((one for one in all_of if one not in kept), key=lambda one: one[0].kind is TableKind.MULTIPLE)
    sizes = Counter(_section(one) for one in rest)
    taken: Counter[str] = Counter()
    while rest and len(kept) < room:
        best = max(rest, key=lambda one: sqrt(sizes[_section(one)]) / (taken[_section(one)] + 1))
        kept.append(best)
        rest.remove(best)
        taken[_section(best)] += 1
    return kept


def _section(together: Questions) -> str:
    return next(iter(together[0].section.values()), "")


def response(words: Wording, publication: Publication) -> str:
    """How many of whom have answered."""
    n, people = publication.responses, publication.population
    rate = words.percent(100 * n / people, people) if people else "–"
    return words.say(
        "{n} of {people} people have answered ({rate}).", n=words.whole(n), people=words.whole(people), rate=rate
    )


def _is_main(publication: Publication, table: Table) -> bool:
    """Whether it tells much in a sentence: no small base, long list, foregone answer, nor what makes the groups."""
    panel = table.panels[0]
    if panel.hidden or table.repeat or table.variable == publication.by or panel.answered < SMALLEST_BASE:
        return False
    return len(panel.lines) <= LONGEST_LIST and not foregone(table)


def _told(words: Wording, together: Questions) -> str:
    if len(together) == 1:
        return _sentence(words, together[0])
    ordered = sorted(together, key=lambda table: -net(table.panels[0]))
    most, least = (_agreed(words, ordered[place].panels[0], ordered[place]) for place in (0, -1))
    top = text_in(answers(ordered[0].panels[0])[-1].labels, words)
    return words.say("Most on the side of “{top}”: {most}; least: {least}.", top=top, most=most, least=least)


def _agreed(words: Wording, panel: Panel, table: Table) -> str:
    shares = [line.share.percent for line in answers(panel) if line.share]
    high = words.percent(sum(shares[-(len(shares) // 2) :]), panel.answered)
    item = text_in(table.wording, words).rstrip(".?! ")
    return words.say("“{item}” {percent} (n = {n})", item=item, percent=high, n=panel.answered)


def _sentence(words: Wording, table: Table) -> str:
    panel = table.panels[0]
    if is_likert(table):
        return _likert(words, table, panel)
    make = _KINDS.get(table.kind)
    told = make(words, panel) if make else ""
    wording = text_in(table.wording, words).strip()
    if not told or not wording:
        return ""
    return f"{wording} {told}" if wording.endswith(("?", ".", "!", ":")) else f"{wording}: {told}"


def _likert(words: Wording, table: Table, panel: Panel) -> str:
    shares = [line.share.percent for line in answers(panel) if line.share]
    half = len(shares) // 2
    return words.say(
        "“{item}” – {high} on the side of “{top}”, {low} on that of “{bottom}” (n = {n}).",
        item=text_in(table.wording, words).rstrip(".?! "),
        high=words.percent(sum(shares[-half:]), panel.answered),
        low=words.percent(sum(shares[:half]), panel.answered),
        top=text_in(answers(panel)[-1].labels, words),
        bottom=text_in(answers(panel)[0].labels, words),
        n=panel.answered,
    )


def _parts(words: Wording, panel: Panel) -> str:
    """The two choices that were given most; of three all, in the order of the questionnaire."""
    lines = answers(panel)
    if len(lines) > ALL_TOLD:
        lines = sorted(lines, key=lambda line: -line.share.percent if line.share else 0)[:2]
    told = [
        words.say(
            "“{label}” {percent}",
            label=text_in(line.labels, words),
            percent=words.percent(line.share.percent, line.share.base),
        )
        for line in lines
        if line.share
    ]
    return f"{', '.join(told)} ({base_words(words, panel)})." if told else ""


def _number(words: Wording, panel: Panel) -> str:
    figures = {figure.name: figure.value for figure in panel.figures}
    if not {"median", "q1", "q3"} <= figures.keys():
        return ""
    shown = {name: words.figure(value) for name, value in figures.items()}
    return words.say(
        "Median {median}; half of those who answered are between {q1} and {q3} (n = {n}).",
        median=shown["median"], q1=shown["q1"], q3=shown["q3"], n=panel.answered,
    )  # fmt: skip


def _rank(words: Wording, panel: Panel) -> str:
    figures = {figure.name: figure.value for figure in panel.figures}
    lines = [line for line in panel.lines if f"borda:{line.code}" in figures]
    if not lines:
        return ""
    first = max(lines, key=lambda line: figures[f"borda:{line.code}"])
    return words.say(
        "“{label}” comes first with {points} points; {among} name it among the first three (n = {n}).",
        label=text_in(first.labels, words),
        points=words.figure(figures[f"borda:{first.code}"]),
        among=words.percent(figures.get(f"top3:{first.code}", 0.0), panel.answered),
        n=panel.answered,
    )


def _nps(words: Wording, panel: Panel) -> str:
    told = net_words(words, panel)
    return f"{told}; n = {panel.answered}." if told else ""


def _differences(words: Wording, tables: Sequence[Table]) -> list[str]:
    compared = [table for table in tables if table.comparison]
    different = [table for table in compared if table.comparison and table.comparison.adjusted < DIFFERENT]
    if compared and not different:
        return [words.say("Between the groups compared no difference is larger than chance would make it.")]
    items = "; ".join(words.say("“{item}”", item=text_in(one.wording, words).rstrip(".?! ")) for one in different)
    return [words.say("The groups differ more than chance would make it on: {items}.", items=items)] if items else []


_KINDS: Mapping[TableKind, Callable[[Wording, Panel], str]] = {
    TableKind.CHOICE: _parts,
    TableKind.SCALE: _parts,
    TableKind.MULTIPLE: _parts,
    TableKind.NUMBER: _number,
    TableKind.RANK: _rank,
    TableKind.NPS: _nps,
}
