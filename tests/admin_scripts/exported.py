"""Answers made by hand, with everything that a format can stumble over, and the export that they are."""

from datetime import date

import pyarrow as pa

from admin_scripts.exporting.layout import Export, tables_of
from admin_scripts.microdata.variables import CALCULATION, Choice, Dictionary, Disclosure, Measure, Missing, Variable
from conversations.forms import ControlKind

NOT_ASKED, SKIPPED, PREFER_NOT, DONT_KNOW, BROKE_OFF = (
    int(why) for why in (Missing.NOT_ASKED, Missing.SKIPPED, Missing.PREFER_NOT, Missing.DONT_KNOW, Missing.BROKE_OFF)
)
LONG = "Parola città. " * 40


def variable(name, kind, measure, choices=(), *, table="", wording=None):
    path = f"/data/{table or 'g'}/{name}"
    texts = wording or {"it": f"Domanda {name}?", "en": f"Question {name}?"}
    return Variable(name, path, table, kind, measure, Disclosure.NONE, texts, {}, tuple(choices), "", ("1",))


def choices(*names, missing=None):
    return [
        Choice(name, code, {"it": f"Etichetta {name}", "en": f"Label {name}"}, (missing or {}).get(name))
        for code, name in enumerate(names, 1)
    ]


AGREE = choices("no", "so_so", "yes", "rather_not", missing={"rather_not": Missing.PREFER_NOT})
MONITOR = choices("yes", "no", "unsure", "rather_not",
                  missing={"unsure": Missing.DONT_KNOW, "rather_not": Missing.PREFER_NOT})  # fmt: skip
VARIABLES = (
    variable("agree", ControlKind.SELECT_ONE, Measure.ORDINAL, AGREE, wording={"it": LONG, "en": "Do you agree?"}),
    variable("monitor", ControlKind.SELECT_ONE, Measure.NOMINAL, MONITOR),
    variable("services", ControlKind.SELECT_MULTIPLE, Measure.NOMINAL, choices("roads", "schools")),
    variable("order", ControlKind.RANK, Measure.RANK, choices("first", "second")),
    variable("meetings", ControlKind.INTEGER, Measure.SCALE),
    variable("index", CALCULATION, Measure.SCALE),
    variable("born", ControlKind.DATE, Measure.DATE),
    variable("said", ControlKind.TEXT, Measure.TEXT),
    variable("where", ControlKind.GEOPOINT, Measure.TEXT),
)
PRACTICE = (variable("title", ControlKind.TEXT, Measure.TEXT, table="practice"),)
DICTIONARY = Dictionary({"": VARIABLES, "practice": PRACTICE}, {"practice": ""}, {"it": "Italiano", "en": "English"})
ABOUT = {"form_version": "version of the questionnaire that was answered"}
SCHEMA = pa.schema(
    {
        "_index": pa.int64(),
        "response_id": pa.string(),
        "form_version": pa.string(),
        "agree": pa.string(),
        "monitor": pa.string(),
        "services": pa.string(),
        "services/roads": pa.int8(),
        "services/schools": pa.int8(),
        "order": pa.string(),
        "order/first": pa.int8(),
        "order/second": pa.int8(),
        "meetings": pa.int64(),
        "index": pa.float64(),
        "born": pa.date32(),
        "said": pa.string(),
        "where": pa.string(),
    }
)
ROWS = pa.schema(
    {
        "_index": pa.int64(),
        "response_id": pa.string(),
        "_parent_table": pa.string(),
        "_parent_index": pa.int64(),
        "title": pa.string(),
    }
)
_ANSWERS = [
    {"_index": 1, "response_id": "aa", "form_version": "1", "agree": "yes", "monitor": "yes", "services": "roads",
     "services/roads": 1, "services/schools": 0, "order": "second first", "order/first": 2, "order/second": 1,
     "meetings": 12, "index": 1.25, "born": date(1980, 2, 29), "said": '=1+1 "è"\nora', "where": "45.5 9.2 0 4"},
    {"_index": 2, "response_id": "bb", "form_version": "1", "agree": "rather_not", "monitor": "unsure",
     "meetings": None},
    {"_index": 3, "response_id": "cc", "form_version": "2", "agree": "no", "monitor": "rather_not",
     "services": "schools roads", "services/roads": 1, "services/schools": 1, "order": "first", "order/first": 1,
     "meetings": 0, "index": -2.0, "born": date(1899, 12, 31), "said": "ò" * 300, "where": None},
]  # fmt: skip
_WHY = [
    {},
    {"agree": PREFER_NOT, "monitor": DONT_KNOW, "services": SKIPPED, "order": NOT_ASKED, "meetings": BROKE_OFF,
     "index": BROKE_OFF, "born": SKIPPED, "said": SKIPPED, "where": NOT_ASKED},
    {"monitor": PREFER_NOT, "where": SKIPPED},
]  # fmt: skip


def _missing(rows, variables):
    return pa.record_batch({one.name: pa.array([row.get(one.name, 0) for row in rows], pa.int8()) for one in variables})


def _batch(rows, schema):
    return pa.record_batch({name: pa.array([row.get(name) for row in rows], kind)
                            for name, kind in zip(schema.names, schema.types, strict=True)}, schema=schema)  # fmt: skip


def chunks():
    """Two chunks: tables and reasons; the repeat has rows in the first one only."""
    titles = [
        {"_index": number, "response_id": "aa", "_parent_table": "responses", "_parent_index": 1, "title": title}
        for number, title in enumerate(("Sportello", "-Rete"), 1)
    ]
    for answers, why, rows in ((_ANSWERS[:2], _WHY[:2], titles), (_ANSWERS[2:], _WHY[2:], [])):
        yield (
            {"": _batch(answers, SCHEMA), "practice": _batch(rows, ROWS)},
            {"": _missing(why, VARIABLES), "practice": _missing([{}] * len(rows), PRACTICE)},
        )


def export(*, labels=False, language="it", total=3):
    return Export(
        stem="trip",
        title="Gita",
        tables=tables_of(DICTIONARY, {"": SCHEMA, "practice": ROWS}, ABOUT),
        languages=("it", "en"),
        language=language,
        has_labels=labels,
        total=total,
        media_folder="trip-media",
    )


CODEBOOK = [{"table": "responses", "variable": "agree", "question (it)": "=Domanda", "asked": 3, "note": None}]


def written(sink, folder, **how):
    """The files of that format, by name."""
    made = export(**how)
    paths = {name: folder / name for name in sink.files(made)}
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    with sink(made, paths) as writing:
        for tables, missing in chunks():
            writing.add(tables, missing)
        writing.finish(CODEBOOK)
    return paths
