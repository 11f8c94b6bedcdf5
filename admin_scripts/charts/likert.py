"""Scales of agreement as diverging bars: which questions are such, several together, one by groups."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from admin_scripts.charts import alternative
from admin_scripts.charts.drawing import SYNTHETIC, answers, frame
from admin_scripts.charts.look import Frame
from admin_scripts.charts.picture import Picture, picture
from admin_scripts.charts.scales import Stack, stacks
from admin_scripts.publication import Panel, Table, TableKind
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import group_words, text_in

_AGREEMENT = ("accord", "agree", "soddisf", "satisf", "favor", "contrar")
FEWEST_STEPS = 3


def is_likert(table: Table) -> bool:
    """A scale with two ends of opinion, which its words tell: agreement, satisfaction, being in favour."""
    panel = table.panels[0]
    if table.kind is not TableKind.SCALE or panel.hidden or len(answers(panel)) < FEWEST_STEPS:
        return False
    labels = [text.lower() for line in panel.lines for text in line.labels.values()]
    return any(word in label for label in labels for word in _AGREEMENT)


def batteries(tables: Sequence[Table]) -> list[tuple[Table, ...]]:
    """The tables in their order, those of one scale of agreement that follow each other in one section together."""
    found: list[tuple[Table, ...]] = []
    for key, group in groupby(tables, key=_scale):
        together = tuple(group)
        found += [together] if key else [(table,) for table in together]
    return found


def _scale(table: Table) -> tuple[object, ...] | None:
    if not is_likert(table):
        return None
    lines = [line for line in table.panels[0].lines if line.is_answer]
    return (tuple(sorted(table.section.items())), *((line.code, tuple(sorted(line.labels.items()))) for line in lines))


def net(panel: Panel) -> float:
    """Points: the percentage above the middle of the scale minus the one below it."""
    shares = _shares(panel)
    half = len(shares) // 2
    return sum(shares[-half:]) - sum(shares[:half])


def draw_items(words: Wording, tables: Sequence[Table], *, is_synthetic: bool) -> Picture:
    """The questions of one scale in a chart, the one with the highest net agreement first."""
    ordered = sorted(tables, key=lambda table: -net(table.panels[0]))
    rows = [(text_in(table.wording, words), table.panels[0]) for table in ordered]
    shown = frame(words, tables[0].panels[0], is_synthetic=is_synthetic)
    if len(tables) > 1:
        shown = Frame((_bases(words, [panel for _, panel in rows]),), shown.mark)
        rows = [(words.say("{label} (n = {n})", label=label, n=panel.answered), panel) for label, panel in rows]
    name = "-".join((tables[0].variable, *(["items"] if len(tables) > 1 else [])))
    return _drawn(words, name, tuple(table.variable for table in tables), rows, shown)


def draw_groups(words: Wording, table: Table, *, is_synthetic: bool) -> Picture | None:
    """One question, a row for each group that is shown; None if there are no two."""
    panels = [panel for panel in table.panels[1:] if not panel.hidden and answers(panel)]
    steps = {tuple(line.code for line in panel.lines if line.is_answer) for panel in panels}
    if len(panels) < 2 or len(steps) != 1 or any(len(answers(p)) != len(next(iter(steps))) for p in panels):  # noqa: PLR2004
        return None
    rows = [
        (words.say("{label} (n = {n})", label=group_words(words, panel), n=panel.answered), panel) for panel in panels
    ]
    mark = words.say(SYNTHETIC) if is_synthetic else ""
    shown = Frame((text_in(table.wording, words), _bases(words, panels)), mark)
    return _drawn(words, f"{table.variable}-groups", (table.variable,), rows, shown)


def _bases(words: Wording, panels: Sequence[Panel]) -> str:
    bases = sorted({panel.answered for panel in panels})
    if len(bases) == 1:
        return words.say("n = {n} in each row", n=bases[0])
    return words.say("n from {low} to {high}, told in each row", low=bases[0], high=bases[-1])


def _drawn(
    words: Wording, name: str, variables: tuple[str, ...], rows: Sequence[tuple[str, Panel]], shown: Frame
) -> Picture:
    steps = [text_in(line.labels, words) for line in rows[0][1].lines if line.is_answer]
    told = " ".join(alternative.of_scale(words, label, panel) for label, panel in rows)
    made = [_stack(words, label, panel) for label, panel in rows]
    chart = partial(stacks, made, steps, words.say("No answer or don't know"))
    what = words.say("Diverging stacked bars")
    return picture(name, variables, f"{what}. {told}", chart, shown)


def _stack(words: Wording, label: str, panel: Panel) -> Stack:
    shares = _shares(panel)
    said = [words.percent(share, panel.answered) for share in shares]
    apart = sum(line.share.count for line in panel.lines if not line.is_answer and line.share is not None)
    return Stack(label, tuple(shares), tuple(said), apart)


def _shares(panel: Panel) -> list[float]:
    return [line.share.percent for line in panel.lines if line.is_answer and line.share is not None]
