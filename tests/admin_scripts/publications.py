"""A publication made by hand, with every kind of table and every reason to hide: for tests of what shows results."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from scipy.stats import hypergeom

from admin_scripts.publication import (
    Asked,
    Comparison,
    FieldWork,
    Figure,
    Group,
    Hidden,
    Line,
    Panel,
    Publication,
    Quotes,
    Share,
    Table,
    TableKind,
    Unit,
    Weighting,
)
from tests.admin_scripts.publication_labels import (
    AGREEMENT,
    BARRIERS,
    FINANCE,
    LAND,
    LAST,
    LEVEL,
    MARKS,
    MEETINGS,
    MONITORED,
    MUCH,
    OBSTACLES,
    OPINIONS,
    REASONS,
    REST,
    SERVICES,
    STANCE,
    SUPPORTERS,
    SUPPORTERS_WORDS,
    WORKS,
    ZONES,
)

PEOPLE, ANSWERS = 134, 69
EVERYBODY = Group((), {})


@cache
def interval(count: int, base: int, population: int) -> tuple[float, float]:
    """The percentages of the population with which so many of the base are not too surprising: 2.5 % a side."""
    fits = [
        part
        for part in range(count, population - (base - count) + 1)
        if hypergeom.sf(count - 1, population, part, base) > 0.025
        and hypergeom.cdf(count, population, part, base) > 0.025
    ]
    return 100 * fits[0] / population, 100 * fits[-1] / population


def panel(
    group: Group,
    choices: Mapping[str, Mapping[str, str]],
    counts: tuple[int, ...],
    base: int = 0,
    *,
    missing: Mapping[str, int] | None = None,
    figures: tuple[Figure, ...] = (),
) -> Panel:
    """What was counted in one group; `base` where the counts are not its parts."""
    missing = missing or {}
    base = base or sum(counts)
    asked, people = base + sum(missing.values()), round(base * PEOPLE / ANSWERS)

    def line(place: int, code: str, labels: Mapping[str, str], count: int) -> Line:
        low, high = interval(count, base, people)
        percent = 100 * count / base
        tilted = min(100.0, percent * (1.04 if place % 2 else 0.97))
        return Line(code, labels, Share(count, base, percent, low, high, 100 * count / asked, tilted))

    lines = [
        line(place, *choice, count) for place, (choice, count) in enumerate(zip(choices.items(), counts, strict=True))
    ]
    lines += [
        Line(
            code,
            REASONS[code],
            Share(count, asked, 100 * count / asked, 0.0, 100.0, 100 * count / asked),
            is_answer=False,
        )
        for code, count in missing.items()
    ]
    low, high = interval(base // 2, base, people)
    return Panel(group, asked, base, people, tuple(lines), figures, margin=(high - low) / 2)


def hidden(group: Group, why: Hidden, prevalent: str = "") -> Panel:
    """A group of which nothing is told but why."""
    return Panel(group, 0, 0, 0, hidden=why, prevalent=prevalent)


def table(variable: str, kind: TableKind, it: str, en: str, *panels: Panel, section=SERVICES, **more) -> Table:
    """A question in two languages that everybody is asked, unless `more` says otherwise."""
    also = {"relevant": "", "relevant_words": {}, "by": "area" if len(panels) > 1 else "", **more}
    return Table(variable, kind, {"it": it, "en": en}, section, panels=panels, **also)


def scale_figures(median: float, top: float, bottom: float) -> tuple[Figure, ...]:
    """What a scale is summed up by."""
    return Figure("median", median), Figure("top2", top, top - 9, top + 9), Figure("bottom2", bottom)


RANKED = tuple(
    Figure(f"{what}:{code}", value)
    for code, points, first, among in (
        ("norme", 88.0, 26.0, 52.2),
        ("personale", 79.0, 20.3, 47.8),
        ("risorse", 71.0, 29.0, 40.6),
        ("ritardi", 40.0, 14.5, 34.8),
    )
    for what, value in (("borda", points), ("first", first), ("top3", among))
)


def tables() -> tuple[Table, ...]:
    """A question of every kind."""
    only = {"relevant": SUPPORTERS, "relevant_words": SUPPORTERS_WORDS}
    return (
        table(
            "supporto_comuni",
            TableKind.SCALE,
            "Quanto del lavoro che coordina è rivolto ai Comuni?",
            "How much of the work you coordinate is aimed at the municipalities?",
            panel(EVERYBODY, MUCH, (15, 21, 18, 15), figures=scale_figures(2.0, 52.17, 47.83)),
            panel(FINANCE, MUCH, (4, 5, 5, 4)),
            panel(WORKS, MUCH, (5, 6, 4, 5)),
            panel(LAND, MUCH, (5, 5, 4, 2)),
            hidden(REST, Hidden.ALIKE, "marginale"),
            comparison=Comparison("kruskal-wallis (permutation)", 0.0312, 0.0936, is_indicative=False),
        ),
        table(
            "livello_zo",
            TableKind.SCALE,
            "Questi servizi sono organizzati a livello di Zona Omogenea?",
            "Are these services organised at Homogeneous Zone level?",
            panel(EVERYBODY, LEVEL, (11, 9, 16), figures=scale_figures(2.0, 55.6, 69.4)),
            panel(FINANCE, LEVEL, (4, 2, 3)),
            hidden(WORKS, Hidden.COMPLEMENT),
            panel(LAND, LEVEL, (4, 3, 6)),
            hidden(REST, Hidden.FEW),
            **only,
            comparison=Comparison("fisher", 0.412, 0.824, is_indicative=True, left_out=(WORKS.labels["en"],)),
        ),
        table(
            "monitoraggio",
            TableKind.MULTIPLE,
            "Come viene monitorata l'erogazione di questi servizi?",
            "How is the delivery of these services monitored?",
            panel(EVERYBODY, MONITORED, (13, 9, 17, 2), 30, missing={"missing:dont_know": 6}),
            **only,
        ),
        table(
            "report_frequenza",
            TableKind.CHOICE,
            "Con quale frequenza viene redatto il report?",
            "How often is the report written?",
            hidden(EVERYBODY, Hidden.FEW),
            **only,
        ),
        table(
            "incontri_numero",
            TableKind.NUMBER,
            "Quanti incontri con i Comuni ha avuto negli ultimi 12 mesi?",
            "How many meetings with the municipalities did you have in the last 12 months?",
            panel(
                EVERYBODY,
                MEETINGS,
                (19, 22, 14, 9),
                missing={"missing:skipped": 5},
                figures=(
                    Figure("mean", 9.27, 7.6, 10.9),
                    Figure("q1", 4.0),
                    Figure("median", 7.0, 6.0, 9.0),
                    Figure("q3", 12.25),
                ),
            ),
            panel(WORKS, MEETINGS, (5, 6, 3, 4), figures=(Figure("median", 8.0),)),
        ),
        table(
            "ostacolo",
            TableKind.RANK,
            "Qual è il primo ostacolo? E il secondo? E il terzo?",
            "Which is the main obstacle? And the second? And the third?",
            panel(EVERYBODY, BARRIERS, (36, 33, 28, 24), 69, figures=RANKED),
            section=OBSTACLES,
        ),
        table(
            "op_intercomunalita",
            TableKind.SCALE,
            "Quando i Comuni della stessa Zona collaborano, la qualità dei servizi migliora.",
            "When municipalities in the same Zone work together, services get better.",
            panel(
                EVERYBODY,
                AGREEMENT,
                (3, 8, 14, 25, 13),
                missing={"missing:prefer_not": 6},
                figures=scale_figures(4.0, 60.3, 17.5),
            ),
            panel(FINANCE, STANCE, (3, 4, 9)),
            panel(WORKS, STANCE, (2, 4, 12)),
            panel(LAND, STANCE, (3, 3, 9)),
            panel(REST, STANCE, (3, 3, 8)),
            section=OPINIONS,
            comparison=Comparison("permutation chi-square", 0.871, 1.0, is_indicative=False),
        ),
        table(
            "bp_zona",
            TableKind.CHOICE,
            "In quale Zona Omogenea si svolge?",
            "In which Homogeneous Zone does it take place?",
            panel(EVERYBODY, ZONES, (12, 9)),
            repeat="buona_pratica",
            section=LAST,
        ),
        table(
            "consiglio",
            TableKind.NPS,
            "Da 0 a 10, quanto consiglierebbe di organizzare un servizio a livello di Zona?",
            "From 0 to 10, how likely are you to recommend organising a service at Zone level?",
            panel(
                EVERYBODY,
                MARKS,
                (1, 0, 2, 3, 4, 8, 9, 14, 13, 9, 6),
                figures=(Figure("nps", -17.39, -28.2, -6.4), Figure("median", 7.0), Figure("mean", 6.72, 6.3, 7.1)),
            ),
            section=LAST,
        ),
        table(
            "commenti",
            TableKind.TEXT,
            "Vuole aggiungere qualcosa?",
            "Would you like to add anything?",
            panel(EVERYBODY, {}, (), 23, missing={"missing:skipped": 46}),
            section=LAST,
        ),
    )


FIELD = FieldWork(
    date(2026, 10, 5),
    date(2026, 10, 30),
    {"complete": 69, "break-off": 7, "refusal": 6, "non-contact": 52},
    (("RR1", 69, 134.0), ("RR2", 69, 134.0)),
    (
        Unit(WORKS.codes, WORKS.labels, 38, 20, "53 %"),
        Unit(LAND.codes, LAND.labels, 29, 16, "55 %"),
        Unit(REST.codes, REST.labels, None, None, "≤ 50 %"),
    ),
    "area",
    {"it": 62, "en": 7},
    {"2026112201": 69},
)
APPENDIX = (
    Asked("sez_servizi", "group", SERVICES, {}, (), {}, 0),
    Asked(
        "supporto_comuni",
        "select_one",
        tables()[0].wording,
        {"it": "Pensi all'assistenza.", "en": "Think of the assistance."},
        tuple(MUCH.items()),
        {},
        1,
    ),
    Asked("livello_zo", "select_one", tables()[1].wording, {}, tuple(LEVEL.items()), SUPPORTERS_WORDS, 1),
    Asked("commenti", "text", tables()[-1].wording, {}, (), {}, 0),
)


def a_publication(*, is_synthetic: bool = False) -> Publication:
    """69 answers of 134 people, by area, weighted, in Italian and English."""
    return Publication(
        name="zone2020",
        title="Indagine Zone Omogenee",
        mode="confidential",
        is_synthetic=is_synthetic,
        sender="Città metropolitana",
        contact="indagini@example.org",
        population=PEOPLE,
        responses=ANSWERS,
        k=5,
        k_text=10,
        by="area",
        languages={"it": "Italiano", "en": "English"},
        tables=tables(),
        quotes=(
            Quotes("commenti", tables()[-1].wording, LAST, 23, ("Servono più incontri.", "Grazie dell'iniziativa."), 3),
            Quotes(
                "ostacolo_altro", {"it": "L'altro ostacolo?", "en": "The other one?"}, OBSTACLES, 4, (), 0, Hidden.FEW
            ),
        ),
        field=FIELD,
        weighting=Weighting(("area",), {"ruolo": "2 classes have fewer than 5 responses"}, 7, 1.0412, 66.27, 0, 1.83),
        questionnaire=APPENDIX,
        version="2026112201",
        form_hash="c0ffee" + "0" * 58,
        data_hash="5eed" + "0" * 60,
        seed=20201005,
        merged={"generale + risorse_umane + digitale": REST.codes},
    )
