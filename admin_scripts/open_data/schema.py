"""The Data Package of the open data: every column with its type, meaning and limits. k is the least a count can be."""

from collections.abc import Mapping, Sequence
from typing import Any

from admin_scripts.open_data.about import About
from admin_scripts.open_data.rows import text_columns
from admin_scripts.open_data.words import description_of, title_of
from admin_scripts.publication import Publication, TableKind
from admin_scripts.wording import N_, Wording

Described = dict[str, Any]

COLUMNS: Mapping[str, tuple[str, str]] = {
    "synthetic": ("integer", N_("1: nobody has given these answers, a program has made them up")),
    "question": ("string", N_("name of the question")),
    "kind": ("string", N_("how the question is counted")),
    "repeat": ("string", N_("if not blank, entries are counted and not people")),
    "by": ("string", N_("the question by which groups are made; blank: everybody")),
    "group": ("string", N_("codes of the group, joined by +; blank: everybody")),
    "code": ("string", N_("code of the answer")),
    "figure": ("string", N_("which figure: median, mean, q1, q3, top2, nps, ...")),
    "n": ("integer", N_("how many gave this answer; never fewer than the minimum")),
    "base": ("integer", N_("how many answered the question: the base of the percentage")),
    "asked": ("integer", N_("how many were asked; blank where it would tell of few")),
    "percent": ("number", N_("n of base, in percent; rounded to whole numbers where the base is under 100")),
    "low": ("number", N_("lower end of the 95% interval for the whole population")),
    "high": ("number", N_("upper end of the 95% interval for the whole population")),
    "value": ("number", N_("the value of the figure")),
    "status": ("string", N_("shown, or hidden: under the minimum, or a number that would tell one that is")),
}
TEXTS: Mapping[str, str] = {
    "wording": N_("the question as it was asked"),
    "section": N_("section of the questionnaire"),
    "asked_whom": N_("who was asked; blank: everybody"),
    "group_label": N_("the group in words"),
    "label": N_("the answer in words"),
}
COUNTS = frozenset({"n", "base", "asked"})
PERCENTS = frozenset({"percent"})
KEYS = {
    "questions": ("question",),
    "results": ("question", "group", "code"),
    "figures": ("question", "group", "figure", "code"),
}
TITLES = {"questions": N_("Questions"), "results": N_("Results"), "figures": N_("Figures")}
LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}


def package_of(
    publication: Publication, about: About, headers: Mapping[str, Sequence[str]], wording: Wording
) -> Described:
    """datapackage.json, Data Package version 1; `headers` by table."""
    return {
        "profile": "tabular-data-package",
        "name": publication.name.lower(),
        "id": about.identifier,
        "title": title_of(publication, wording),
        "description": description_of(publication, wording),
        "homepage": about.access_url,
        "version": publication.data_hash[:12],
        "licenses": [LICENCE],
        "contributors": [{"title": about.holder, "role": "publisher"}],
        "resources": [_resource(publication, table, columns, wording) for table, columns in headers.items()],
    }


def _resource(publication: Publication, table: str, columns: Sequence[str], wording: Wording) -> Described:
    schema: Described = {
        "fields": [_field(publication, column, wording) for column in columns],
        "primaryKey": list(KEYS[table]),
        "missingValues": [""],
    }
    if table != "questions":
        reference = {"resource": "questions", "fields": ["question"]}
        schema["foreignKeys"] = [{"fields": ["question"], "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": wording.say(TITLES[table]),
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(publication: Publication, column: str, wording: Wording) -> Described:
    for name, told in TEXTS.items():
        tags = text_columns(name, publication)
        if column in tags and column not in COLUMNS:
            tag = tags[column]
            words = wording.say(told)
            return {"name": column, "type": "string", "description": f"{words} ({tag})" if tag else words}
    kind, told = COLUMNS[column]
    return {"name": column, "type": kind, "description": wording.say(told), **_limits(publication, column)}


def _limits(publication: Publication, column: str) -> Described:
    if column in COUNTS:
        return {"constraints": {"minimum": publication.k}}
    if column in PERCENTS:
        return {"constraints": {"minimum": 0, "maximum": 100}}
    if column == "status":
        return {"constraints": {"enum": ["shown", "hidden"]}}
    if column == "kind":
        return {"constraints": {"enum": [kind.value for kind in TableKind]}}
    return {}
