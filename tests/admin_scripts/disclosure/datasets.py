"""Data sets of answers that a test makes up, read as real ones are."""

from functools import cache

import numpy as np
import pyarrow as pa

from admin_scripts.microdata.arrays import column_of
from admin_scripts.microdata.dataset import Dataset, Rows
from admin_scripts.microdata.dictionary import Sources, dictionary_of
from conversations.protocol import Mode
from storage.dispositions import Disposition
from storage.surveys import Survey
from tests.sheets import form, workbook

FORM = """
| survey  |
|         | type                  | name    | label       | relevant            | x_disclosure |
|         | select_one area       | area    | Where?      |                     | quasi        |
|         | select_one mark       | opinion | Agree?      |                     |              |
|         | select_one yes        | helps   | Helps?      |                     |              |
|         | select_one level      | level   | Which?      | ${helps} = 'yes'    |              |
|         | select_multiple level | all     | All?        |                     |              |
|         | text                  | why     | Why?        |                     |              |
|         | text                  | more    | Any more?   |                     |              |
| choices |
|         | list_name | name  | label            |
|         | area      | a     | Area A           |
|         | area      | b     | Area B           |
|         | area      | c     | Area C           |
|         | area      | d     | Area D           |
|         | area      | nd    | Prefer not       |
|         | mark      | 1     | Not at all       |
|         | mark      | 2     | Little           |
|         | mark      | 3     | Neither          |
|         | mark      | 4     | Rather           |
|         | mark      | 5     | Very             |
|         | yes       | yes   | Yes              |
|         | yes       | no    | No               |
|         | level     | all   | All              |
|         | level     | part  | Part             |
|         | level     | none  | Nothing          |
"""
SURVEY = {
    "id": 1,
    "name": "s",
    "title": "S",
    "form_hash": "",
    "mode": Mode.CONFIDENTIAL,
    "sender": "",
    "contact": "",
    "timezone": "Europe/Rome",
    "opens_at": None,
    "closes_at": None,
    "opened_at": None,
    "closed_at": None,
}


@cache
def _questionnaire(written):
    compiled = form(written)
    return compiled, dictionary_of(Sources((compiled,), {compiled.hash: workbook(written)}))[0]


def dataset_of(rows, written=FORM, register=None):
    """One response a row: what was said by question; without it, it was left blank or, of `level`, not asked."""
    compiled, dictionary = _questionnaire(written)
    columns = {}
    for variable in dictionary.tables[""]:
        said = [row.get(variable.name, "") for row in rows]
        if variable.name == "level":
            said = [value if row.get("helps") == "yes" else None for row, value in zip(rows, said, strict=True)]
        columns[variable.name] = column_of(variable, pa.array(said, pa.string()))
    places = np.arange(len(rows))
    counts = {Disposition.COMPLETE: len(rows), Disposition.NON_CONTACT: len(rows)}
    return Dataset(
        survey=Survey(**SURVEY),
        dictionary=dictionary,
        forms=(compiled,),
        versions={"1": len(rows)},
        tables={"": Rows(columns, places, places)},
        population=2 * len(rows),
        register=register or {},
        dispositions={"": {"": counts}},
    )
