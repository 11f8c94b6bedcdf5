"""The summary: a sentence for each question, computed from its figures, that says nothing beyond them."""

from collections.abc import Callable, Mapping, Sequence

from admin_scripts.charts.drawing import answers, net_words
from admin_scripts.charts.likert import batteries, is_likert, net
from admin_scripts.publication import Panel, Publication, Table, TableKind
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import asked_sentence, name_of_test, text_in

DIFFERENT = 0.05
SMALLEST_BASE, LONGEST_LIST = 20, 16


def findings(words: Wording, publication: Publication) -> tuple[str, ...]:
    """How many answered, then each question that can be told, then where groups differ."""
    found = [response(words, publication)]
    told = [table for table in publication.tables if _is_main(publication, table)]
    for together in batteries(told):
        found += _told(words, publication, together)
    return (*found, *_differences(words, publication.tables))


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
    ranked = [other for other in publication.tables if other.kind is TableKind.RANK]
    if any(table is not other and _is_in(table.wording, other.wording) for other in ranked):
        return False
    shares = [line.share.percent for line in answers(panel) if line.share]
    return len(panel.lines) <= LONGEST_LIST and not any(share == 100 for share in shares)  # noqa: PLR2004 - percent


def _is_in(wording: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(text and text in other.get(tag, "") for tag, text in wording.items())


def _told(words: Wording, publication: Publication, together: Sequence[Table]) -> list[str]:
    shown = [table for table in together if not table.panels[0].hidden and table.panels[0].answered]
    if len(shown) > 1:
        ordered = sorted(shown, key=lambda table: -net(table.panels[0]))
        ends = (ordered[0], words.say("Most agreed with")), (ordered[-1], words.say("Least agreed with"))
        return [f"{lead}: {_likert(words, table, table.panels[0])}" for table, lead in ends]
    return [said for table in shown if not table.repeat and (said := _sentence(words, publication, table))]


def _sentence(words: Wording, publication: Publication, table: Table) -> str:
    panel = table.panels[0]
    if is_likert(table):
        return _likert(words, table, panel)
    make = _KINDS.get(table.kind)
    told = make(words, panel) if make else ""
    if not told or not any(table.wording.values()):
        return ""
    wording = text_in(table.wording, words).strip()
    lead = f"{wording} " if wording.endswith(("?", ".", "!", ":")) else f"{wording}: "
    if not table.relevant or panel.asked == publication.responses:
        return lead + told
    return f"{lead}{told} {asked_sentence(words, table)}."


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
    """The two choices that were given most."""
    lines = sorted(answers(panel), key=lambda line: -line.share.percent if line.share else 0)[:2]
    told = [
        words.say(
            "“{label}” {percent} ({count} of {base}, interval {interval})",
            label=text_in(line.labels, words),
            percent=words.percent(line.share.percent, line.share.base),
            count=words.whole(line.share.count),
            base=words.whole(line.share.base),
            interval=words.interval(line.share.low, line.share.high, line.share.base),
        )
        for line in lines
        if line.share
    ]
    return "; ".join(told) + "." if told else ""


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
    return [
        words.say(
            "The groups differ on “{item}” ({test}, corrected {p}).",
            item=text_in(table.wording, words).rstrip(".?! "),
            test=name_of_test(words, table.comparison),
            p=words.p_value(table.comparison.adjusted),
        )
        for table in different
        if table.comparison
    ]


_KINDS: Mapping[TableKind, Callable[[Wording, Panel], str]] = {
    TableKind.CHOICE: _parts,
    TableKind.SCALE: _parts,
    TableKind.MULTIPLE: _parts,
    TableKind.NUMBER: _number,
    TableKind.RANK: _rank,
    TableKind.NPS: _nps,
}
