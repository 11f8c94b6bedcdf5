"""Batches of answers laid out in tables: the same rows and cells as by hand, whatever was answered."""

import json

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from admin_scripts.microdata.answer_texts import read_answers
from admin_scripts.microdata.layout import Layout
from admin_scripts.microdata.plan import plan_of
from tests.sheets import form

FORM = """
| survey  |
|         | type         | name  | label |
|         | text         | a     | A?    |
|         | begin group  | g     | G     |
|         | text         | b     | B?    |
|         | end group    |       |       |
|         | begin repeat | child | Child |
|         | text         | name  | Name? |
|         | begin repeat | toy   | Toy   |
|         | text         | what  | What? |
|         | end repeat   |       |       |
|         | end repeat   |       |       |
"""
OLDER = FORM.replace("| g     | G     |", "| h     | H     |").replace("| a     | A?    |", "| old   | Old?  |")
FORMS = [form(FORM), form(OLDER)]
HASHES = [one.hash for one in FORMS]
PLAN = plan_of(FORMS, ())
EVERYTHING = frozenset((table, name) for table, variables in PLAN.tables.items() for name in variables)

values = st.text(alphabet='ab"\\,[]\n è🙂', max_size=6)
toys = st.lists(values, max_size=3)
children = st.lists(st.tuples(st.none() | values, toys), max_size=3)


@st.composite
def responses(draw):
    """The place of the version, the answers, and the children with their toys."""
    version = draw(st.integers(0, 1))
    outer = {("a", "old")[version]: draw(st.none() | values), ("g/b", "h/b")[version]: draw(st.none() | values)}
    return version, outer, draw(children)


def pairs(response):
    """As they are stored, in document order."""
    _, outer, inner = response
    yield from ((f"/data/{name}", value) for name, value in outer.items() if value is not None)
    for number, (name, things) in enumerate(inner, start=1):
        if name is not None:
            yield f"/data/child[{number}]/name", name
        yield from ((f"/data/child[{number}]/toy[{place}]/what", what) for place, what in enumerate(things, start=1))


def by_hand(all_of_them):
    """Rows as (response, parent, position, cells), table by table."""
    tables = {"": [], "child": [], "toy": []}
    for number, (_, outer, inner) in enumerate(all_of_them):
        cells = {name.rpartition("/")[2]: value for name, value in outer.items() if value is not None}
        tables[""].append((number, number, (), cells))
        for place, (name, things) in enumerate(inner, start=1):
            if name is None and not things:
                continue  # nothing in it was relevant
            tables["child"].append((number, number, (place,), {} if name is None else {"name": name}))
            around = len(tables["child"]) - 1
            for toy, what in enumerate(things, start=1):
                tables["toy"].append((number, around, (place, toy), {"what": what}))
    return tables


def in_some_order(some):
    """These, and their places as they are wanted; None: as they come."""
    return st.tuples(st.just(some), st.none() | st.permutations(range(len(some))))


@given(st.lists(responses(), max_size=5).flatmap(in_some_order), st.booleans())
def test_every_cell_is_where_it_would_be_put_by_hand(all_of_them_and_order, spaced):
    """Of two versions in one batch, with rows in rows, however the texts are written down, in any order."""
    all_of_them, order = all_of_them_and_order
    separators = (", ", " : ") if spaced else (",", ":")
    texts = [
        json.dumps([list(pair) for pair in pairs(one)], ensure_ascii=spaced, separators=separators)
        for one in all_of_them
    ]
    wanted = all_of_them if order is None else [all_of_them[place] for place in order]
    places = np.array([version for version, _, _ in wanted], dtype=np.int64)
    order = None if order is None else np.array(order, dtype=np.int64)
    answers = read_answers(pa.array(["[]", *texts], pa.string()).slice(1), order)
    laid = Layout(PLAN, EVERYTHING).lay(answers, places, HASHES, len(all_of_them))
    assert {table: rows_of(one) for table, one in laid.items()} == by_hand(wanted)


def rows_of(laid):
    columns = {name: texts.to_pylist() for name, texts in laid.texts.items()}
    return [
        (response, parent, key, {name: column[row] for name, column in columns.items() if column[row] is not None})
        for row, (response, parent, key) in enumerate(
            zip(laid.responses.tolist(), laid.parents.tolist(), laid.keys, strict=True)
        )
    ]
