"""Columns of answers made by hand."""

import numpy as np

from admin_scripts.microdata.dataset import Column
from admin_scripts.microdata.variables import Choice, Disclosure, Measure, Missing, Variable

BLANKS = {"-": Missing.SKIPPED, ".": Missing.NOT_ASKED, "?": Missing.DONT_KNOW, "!": Missing.PREFER_NOT}


def variable(name, kind="select_one", measure=Measure.NOMINAL, names=(), relevant=""):
    """A question; its choices have their numbers as codes, or their places."""
    choices = tuple(Choice(one, int(one) if one.isdigit() else n, {"it": one}) for n, one in enumerate(names, 1))
    wording = {"it": f"Quale {name}?"}
    return Variable(name, f"/data/{name}", "", kind, measure, Disclosure.NONE, wording, {}, choices, relevant, ("1",))


def column(question, said):
    """What each said: a choice, "a b" of several, a number or a text; "-", ".", "?" and "!" say why there is none."""
    missing = np.array([BLANKS.get(one, 0) for one in said], dtype=np.int8)
    return Column(question, _values(question, said, missing), missing)


def _values(question, said, missing):
    codes = {choice.name: choice.code for choice in question.choices}
    if question.kind in ("select_multiple", "rank"):
        places = [[one.split().index(name) + 1 if name in one.split() else 0 for name in codes] for one in said]
        flags = np.array(places, dtype=np.int16)
        return flags if question.kind == "rank" else flags > 0
    if question.kind in ("text", "date"):
        return np.array(said, dtype=object)
    return np.array([np.nan if gone else codes.get(one, one) for one, gone in zip(said, missing, strict=True)], float)
