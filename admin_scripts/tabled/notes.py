"""The sentences below a question: what is hidden and why, what was put together, whether groups differ."""

from collections.abc import Iterator

from admin_scripts.publication import Comparison, Hidden, Panel, Publication, Table, TableKind
from admin_scripts.tabled.grids import has_weights, label_of
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import capitalised, group_words, name_of_test, text_in

SURPRISING = 0.05


def notes_of(table: Table, publication: Publication, wording: Wording) -> Iterator[str]:
    """In the order in which a reader needs them."""
    if table.kind is TableKind.MULTIPLE:
        yield wording.say("Several answers were possible: percentages are of people and can add up to more than 100%.")
    if table.repeat:
        yield wording.say("Counted are entries, not people: one person can have given several. So no interval is told.")
    for panel in table.panels:
        yield from _hidden(table, panel, publication.k, wording)
    if any(line.share is None for panel in table.panels for line in panel.lines):
        yield wording.say(
            "“Not shown” stands for fewer than {k} answers, or for a figure from which they could be worked out.",
            k=publication.k,
        )
    yield from _groups(table, wording)
    if table.comparison is not None:
        yield from _compared(table, table.comparison, wording)
    if publication.weighting is not None and has_weights(table.panels):
        effect = wording.decimal(publication.weighting.design_effect, 1)
        yield wording.say("Weighted figures stand beside the unweighted ones; design effect {effect}.", effect=effect)
    note = text_in(table.note or {}, wording)
    if note:
        yield note


def _hidden(table: Table, panel: Panel, k: int, wording: Wording) -> Iterator[str]:
    group = group_words(wording, panel)
    if panel.hidden is Hidden.FEW:
        yield wording.say("{group}: fewer than {k} answered, so nothing is shown.", group=group, k=k)
    if panel.hidden is Hidden.COMPLEMENT:
        yield wording.say("{group}: not shown, since another hidden figure could be worked out from it.", group=group)
    if panel.hidden is Hidden.ALIKE and not panel.prevalent:
        yield wording.say(
            "{group}: all or almost all gave the same answer. The figures would tell what each one said.", group=group
        )
    elif panel.hidden is Hidden.ALIKE:
        yield wording.say(
            "{group}: all or almost all gave the same answer, “{answer}”. The figures would tell what each one said.",
            group=group,
            answer=prevalent_words(table, panel, wording),
        )


def prevalent_words(table: Table, panel: Panel, wording: Wording) -> str:
    """The answer that (nearly) all of the group gave."""
    lines = (line for other in table.panels for line in other.lines if line.code == panel.prevalent)
    return next((label_of(line, wording) for line in lines), panel.prevalent)


def _groups(table: Table, wording: Wording) -> Iterator[str]:
    groups = table.panels[1:]
    for panel in groups:
        if len(panel.group.codes) > 1:
            group = group_words(wording, panel)
            yield wording.say("{group}: groups put together, because they are too small alone.", group=group)
    everybody = {line.code for line in table.panels[0].lines}
    if everybody and any(line.code not in everybody for panel in groups for line in panel.lines if line.is_answer):
        yield wording.say("For groups the answers are put together into fewer classes.")


def _compared(table: Table, comparison: Comparison, wording: Wording) -> Iterator[str]:
    yield wording.say(
        "{test}: {p}; adjusted for the number of comparisons (Holm): {adjusted}. {verdict}",
        test=capitalised(name_of_test(wording, comparison)),
        p=wording.p_value(comparison.p),
        adjusted=wording.p_value(comparison.adjusted),
        verdict=_verdict(comparison, wording),
    )
    if comparison.is_indicative:
        yield wording.say("Indicative only: at least one group has fewer than 10 answers.")
    if comparison.left_out:
        named = {"+".join(panel.group.codes): group_words(wording, panel) for panel in table.panels}
        groups = "; ".join(named.get(codes, codes) for codes in comparison.left_out)
        yield wording.say("Not in the comparison: {groups}.", groups=groups)


def _verdict(comparison: Comparison, wording: Wording) -> str:
    if comparison.adjusted < SURPRISING:
        return wording.say("The groups differ more than chance would explain.")
    return wording.say("The difference between the groups can be chance.")
