"""The answers as they are counted: what was said, and why nothing was, on both databases."""

import numpy as np
import pytest

from admin_scripts.microdata.loading import load_dataset
from admin_scripts.microdata.variables import Missing
from storage.dispositions import Disposition
from storage.engine import snapshot, transaction
from storage.register import participants
from storage.tables import participants as register
from tests.admin_scripts.field_work import EXAMPLES, field, hands_in, submits
from tests.admin_scripts.managers import MANAGER


async def loaded(engine, name="zone"):
    async with snapshot(engine) as connection:
        return await load_dataset(connection, name)


@pytest.fixture
async def dataset(engine):
    """One manager took part, one only to say no, one rather not telling where he works; one has left."""
    await field(engine)
    await submits(engine, "PO001", MANAGER)
    await hands_in(engine, "PO002", (("/data/partecipo", "no"),), progress=(1, 1))
    silent = {path: value for path, value in MANAGER.items() if "[" not in path and "/bp_" not in path}
    silent |= {"/data/sez_unita/area": "nd", "/data/sez_servizi/monitoraggio": "non_so"}
    del silent["/data/sez_unita/direzione"]
    await submits(engine, "PO003", silent | {"/data/sez_opinioni/op_autonomia": "9", "/data/sez_finale/commenti": ""})
    async with transaction(engine) as connection:
        people = await participants(connection, 1)
        await connection.execute(register.update().where(register.c.id == people[-1].id).values(excluded="has left"))
    return await loaded(engine)


def row_of(dataset, area):
    """The row of the one who works there; its order is random."""
    return int(np.flatnonzero(dataset.tables[""].columns["area"].missing == area)[0])


def test_whoever_said_no_inside_is_a_refusal_and_no_row(dataset):
    """As in the response rates."""
    assert len(dataset.tables[""].response) == 2
    assert dataset.versions == {"2026112201": 2}
    assert dataset.dispositions[""][""] == {
        Disposition.COMPLETE: 2,
        Disposition.REFUSAL: 1,
        Disposition.NON_CONTACT: 130,
        Disposition.NOT_ELIGIBLE: 1,
    }


def test_the_population_is_those_who_are_eligible(dataset):
    """By column of the register too, where it is also a question."""
    assert dataset.population == 133
    assert sum(dataset.register["area"].values()) == 133
    assert set(dataset.register) == {"area", "direzione"}
    assert set(dataset.dispositions) >= {"", "area", "ruolo"}


def test_reasons_for_no_answer_are_kept_apart(dataset):
    """Not asked, left blank, rather not told, not known."""
    row, columns = row_of(dataset, Missing.PREFER_NOT), dataset.tables[""].columns
    assert columns["direzione"].missing[row] == Missing.NOT_ASKED
    assert columns["commenti"].missing[row] == Missing.SKIPPED
    assert columns["op_autonomia"].missing[row] == Missing.PREFER_NOT
    assert columns["monitoraggio"].missing[row] == Missing.DONT_KNOW
    assert not columns["monitoraggio"].values[row].any()
    assert np.isnan(columns["op_autonomia"].values[row])


def test_answers_are_codes_flags_and_numbers(dataset):
    """By what the variable is."""
    row, columns = row_of(dataset, 0), dataset.tables[""].columns
    assert columns["op_autonomia"].values[row] == 4
    assert columns["area"].values[row] == 5  # the fifth choice
    chosen = [
        choice.name
        for choice, flag in zip(
            columns["tipo_servizi"].variable.choices, columns["tipo_servizi"].values[row], strict=True
        )
        if flag
    ]
    assert chosen == ["pareri", "gare", "altro"]
    assert columns["incontri_numero"].values[row] == 12
    assert columns["indice_favore"].values[row] == 4
    assert columns["tipo_servizi_altro"].values[row] == "=1+1"


def test_rows_of_a_repeat_know_their_response(dataset):
    """And the row around them."""
    rows = dataset.tables["buona_pratica"]
    assert sorted(rows.columns["bp_titolo"].values) == ["-Rete", "Sportello"]
    assert set(rows.parent) == set(rows.response) == {row_of(dataset, 0)}


async def test_ranks_dates_and_other_real_questionnaires_load(engine):
    """That of the mayors, with nobody's answers."""
    await field(engine, EXAMPLES / "zone_omogenee_sindaci.xlsx", EXAMPLES / "sindaci.csv", name="sindaci")
    dataset = await loaded(engine, "sindaci")
    columns = dataset.tables[""].columns
    assert columns["priorita"].values.dtype == np.int16
    assert columns["incontro_data"].values.dtype == "datetime64[D]"
    assert dataset.first_day is None
