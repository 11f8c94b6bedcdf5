"""Publication -> tidy CSV: one row for each figure, in columns with English names; for programs."""

import csv
import io
from collections.abc import Iterator, Mapping

from admin_scripts.formulas import harmless
from admin_scripts.publication import Figure, Line, Panel, Publication, Table
from admin_scripts.tabled.cells import DIFFERENCES, rounded
from admin_scripts.tabled.grids import label_of
from admin_scripts.wording import Wording, wording_for
from admin_scripts.wording.numbers import places_for
from admin_scripts.wording.terms import PERCENTAGES, group_words, text_in

COLUMNS = (
    *(
        "survey",
        "synthetic",
        "table",
        "question",
        "kind",
        "repeat",
        "by",
        "group",
        "group_label",
        "row",
        "code",
        "label",
    ),
    *("n", "base", "asked", "population", "percent", "low", "high", "percent_of_asked", "percent_weighted", "margin"),
    *("value", "value_low", "value_high", "test", "p", "p_adjusted", "indicative", "hidden", "prevalent"),
)
"""`row` is base, answer, reason (no answer), figure or test; a figure in `value`, its interval in `value_low`, ..."""
Cells = Mapping[str, object]


def csv_of(publication: Publication, language: str) -> str:
    """The content of the file; blank is what does not apply or is not shown (`hidden` says why)."""
    wording, content = wording_for(language), io.StringIO()
    writer = csv.DictWriter(content, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for table in publication.tables:
        for row in _rows(table, wording):
            shared = {"survey": publication.name, "synthetic": int(publication.is_synthetic)}
            writer.writerow({name: _plain(value) for name, value in {**shared, **row}.items()})
    return content.getvalue()


def _plain(value: object) -> object:
    """Whole numbers without a point, text that no spreadsheet runs."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return harmless(value) if isinstance(value, str) else value


def _rows(table: Table, wording: Wording) -> Iterator[Cells]:
    question = text_in(table.wording, wording)
    shared: Cells = {"table": table.variable, "question": question, "kind": table.kind.value, "repeat": table.repeat}
    for panel in table.panels:
        codes = "+".join(panel.group.codes)
        about: Cells = {
            **shared,
            "by": table.by if codes else "",
            "group": codes,
            "group_label": group_words(wording, panel),
        }
        yield from ({**about, **row} for row in _panel_rows(panel, wording, has_people=not table.repeat))
    if table.comparison is not None:
        told = table.comparison
        tested: Cells = {"row": "test", "by": table.by, "test": told.test, "p": rounded(told.p, 4)}
        yield {**shared, **tested, "p_adjusted": rounded(told.adjusted, 4), "indicative": int(told.is_indicative)}


def _panel_rows(panel: Panel, wording: Wording, *, has_people: bool) -> Iterator[Cells]:
    if panel.hidden is not None:
        yield {"row": "base", "hidden": panel.hidden.value, "prevalent": panel.prevalent}
        return
    base: Cells = {"base": panel.answered, "asked": panel.asked}
    base = {**base, "population": panel.population} if has_people else base
    margin = "" if panel.margin is None or not has_people else rounded(panel.margin, 1)
    yield {"row": "base", "n": panel.answered, **base, "margin": margin}
    for line in panel.lines:
        yield {**base, **_line(line, wording, has_people=has_people)}
    for one in panel.figures:
        yield {**base, **_figure(one, panel.answered)}


def _line(line: Line, wording: Wording, *, has_people: bool) -> Cells:
    named: Cells = {
        "row": "answer" if line.is_answer else "reason",
        "code": line.code,
        "label": label_of(line, wording),
    }
    share = line.share
    if share is None:
        return {**named, "hidden": "cell"}
    places = places_for(share.base)
    counted: Cells = {**named, "n": share.count, "percent_of_asked": rounded(share.of_asked, places)}
    if not line.is_answer:
        return counted
    told = {"percent": share.percent, **({"low": share.low, "high": share.high} if has_people else {})}
    told |= {} if share.weighted is None else {"percent_weighted": share.weighted}
    return {**counted, **{name: rounded(value, places) for name, value in told.items()}}


def _figure(one: Figure, base: int) -> Cells:
    places = places_for(base) if one.name.partition(":")[0] in PERCENTAGES | DIFFERENCES else 1
    ends = {"value": one.value, "value_low": one.low, "value_high": one.high}
    told = {name: rounded(end, places) for name, end in ends.items() if end is not None}
    return {"row": "figure", "code": one.name, **told}
