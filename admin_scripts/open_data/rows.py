"""Publication -> the rows of the open data: questions, results and figures. Nothing under k is in them."""

from collections.abc import Iterator, Mapping, Sequence

from admin_scripts.publication import Line, Panel, Publication, Table, Texts
from admin_scripts.tabled.cells import DIFFERENCES, rounded
from admin_scripts.wording.numbers import places_for
from admin_scripts.wording.terms import PERCENTAGES

Value = str | int | float | None
Row = dict[str, Value]


class Leak(AssertionError):
    """A number under k has come through the gate: a mistake of the program, and nothing is written."""


def questions(publication: Publication) -> Iterator[Row]:
    """One row for each question."""
    for table in publication.tables:
        everybody = table.panels[0]
        base = None if everybody.hidden else _safe(everybody.answered, publication.k)
        yield {
            **_mark(publication),
            "question": table.variable,
            "kind": table.kind.value,
            **_texts("wording", table.wording, publication),
            **_texts("section", table.section, publication),
            **_texts("asked_whom", table.relevant_words, publication),
            "repeat": table.repeat,
            "base": base,
            "status": "hidden" if base is None else "shown",
        }


def results(publication: Publication) -> Iterator[Row]:
    """One row for each answer of each group; a hidden one has no numbers."""
    for table, panel in _panels(publication):
        for line in panel.lines:
            if line.is_answer:
                yield {**_group(table, panel, publication), **_result(table, panel, line, publication)}


def figures(publication: Publication) -> Iterator[Row]:
    """One row for each median, mean, score..."""
    for table, panel in _panels(publication):
        base = _safe(panel.answered, publication.k)
        for one in panel.figures if base is not None else ():
            name, _, code = one.name.partition(":")
            places = places_for(panel.answered) if name in PERCENTAGES | DIFFERENCES else 1
            ends = {"value": one.value, "low": one.low, "high": one.high}
            told = {key: None if end is None else _number(end, places) for key, end in ends.items()}
            yield {**_group(table, panel, publication), "figure": name, "code": code, "base": base, **told}


def _panels(publication: Publication) -> Iterator[tuple[Table, Panel]]:
    for table in publication.tables:
        yield from ((table, panel) for panel in table.panels if panel.hidden is None)


def _group(table: Table, panel: Panel, publication: Publication) -> Row:
    codes = panel.group.codes
    labels = _texts("group_label", panel.group.labels, publication)
    by = table.by if codes else ""
    return {**_mark(publication), "question": table.variable, "by": by, "group": "+".join(codes), **labels}


def _result(table: Table, panel: Panel, line: Line, publication: Publication) -> Row:
    base = _safe(panel.answered, publication.k)
    named: Row = {"code": line.code, **_texts("label", line.labels, publication)}
    share = line.share if base is not None else None
    if share is None:
        numbers: Row = dict.fromkeys(("n", "base", "asked", "percent", "low", "high"))
        return {**named, **numbers, "base": base, "status": "hidden"}
    if share.count < publication.k:
        raise Leak(f"{table.variable} {panel.group.codes} {line.code}: {share.count}")
    places = places_for(share.base)
    limits = (None, None) if table.repeat else (_number(share.low, places), _number(share.high, places))
    numbers = {"n": share.count, "base": base, "asked": _asked(panel, publication.k)}
    shown: Row = {"percent": _number(share.percent, places), "low": limits[0], "high": limits[1], "status": "shown"}
    return {**named, **numbers, **shown}


def _safe(number: int, k: int) -> int | None:
    return number if number >= k else None


def _asked(panel: Panel, k: int) -> int | None:
    """Not where the difference would tell that a few have not answered."""
    return None if 0 < panel.asked - panel.answered < k else panel.asked


def _number(value: float, places: int) -> Value:
    shown = rounded(value, places)
    return int(shown) if shown.is_integer() else shown


def _mark(publication: Publication) -> Row:
    return {"synthetic": 1} if publication.is_synthetic else {}


def _texts(name: str, texts: Texts, publication: Publication) -> Row:
    return {column: texts.get(tag, "") for column, tag in text_columns(name, publication).items()}


def text_columns(name: str, publication: Publication) -> Mapping[str, str]:
    """The column of each language of the questionnaire: "label_it"; "label" where it names none."""
    tags: Sequence[str] = tuple(publication.languages) or ("",)
    return {f"{name}_{tag}" if tag else name: tag for tag in tags}
