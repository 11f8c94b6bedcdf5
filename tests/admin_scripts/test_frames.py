"""A survey's answers as DataFrames: what an export has, labelled, and let out under the same rules."""

import asyncio
import runpy
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from admin_scripts.frames import long, reasons, wide
from admin_scripts.refusal import Refused
from storage.engine import open_engine, snapshot, transaction
from storage.releases import Kind, list_releases
from storage.surveys import close_survey
from tests.admin_scripts.field_work import NOON, field, on, submits
from tests.admin_scripts.managers import MANAGER

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SCRIPT = Path(__file__).parents[2] / "docs" / "zone_omogenee_frames.py"


@pytest.fixture
def answered(configured):
    """Six managers of one place said the same, but for one; gives the database's URL."""

    async def fill(engine):
        await field(engine, name="zone2020")
        for number in range(1, 6):
            await submits(engine, f"PO00{number}", MANAGER, name="zone2020")
        await submits(engine, "PO006", MANAGER | {"/data/sez_unita/direzione": "rifiuti"}, name="zone2020")
        async with transaction(engine) as connection:
            await close_survey(connection, "zone2020", now=NOON)

    on(configured, fill)
    return configured


def releases(url):
    async def read():
        engine = open_engine(url)
        async with snapshot(engine) as connection:
            found = await list_releases(connection, 1)
        await engine.dispose()
        return found

    return asyncio.run(read())


@pytest.mark.usefixtures("answered")
def test_choices_are_categories_in_the_order_of_the_questionnaire():
    """Under names or labels; a scale has an order, and no steps that say why there is no answer."""
    names, labelled = wide("zone2020"), wide("zone2020", labels="it")
    assert list(names["op_autonomia"].cat.categories) == ["1", "2", "3", "4", "5"]
    assert names["op_autonomia"].cat.ordered
    assert not names["area"].cat.ordered
    assert set(labelled["op_autonomia"]) == {"Abbastanza d'accordo"}
    assert (labelled["op_autonomia"] >= "Né d'accordo né in disaccordo").all()
    assert names["incontri_numero"].dtype == "Int64"
    assert set(names["tipo_servizi/pareri"]) == {1}


@pytest.mark.usefixtures("answered")
def test_why_a_cell_is_blank_is_told_beside_it():
    """In a frame of the same rows."""
    answers, why = wide("zone2020"), reasons("zone2020")
    assert answers["op_piccoli_comuni"].isna().all()
    assert set(why["op_piccoli_comuni"]) == {"prefer_not"}
    assert set(why["partecipo"]) == {"answered"}
    assert len(why) == len(answers)


@pytest.mark.usefixtures("answered")
def test_a_long_frame_has_a_row_for_each_answer():
    """Of several choices one for each, with its label."""
    rows = long("zone2020", labels="en")
    services = rows[rows["variable"] == "tipo_servizi"]
    assert Counter(services["value"]) == {"pareri": 6, "gare": 6, "altro": 6}
    assert set(services["label"]) >= {"Other"}
    assert set(rows[rows["variable"] == "consiglio"]["number"]) == {8.0}
    assert set(rows[rows["variable"] == "op_autonomia"]["number"]) == {4.0}


@pytest.mark.usefixtures("answered")
def test_rows_of_a_repeat_are_a_frame_that_can_be_merged():
    """By the index of the row around."""
    practices, answers = wide("zone2020", table="buona_pratica"), wide("zone2020")
    merged = practices.merge(answers, left_on="_parent_index", right_on="_index")
    assert len(merged) == 12
    with pytest.raises(Refused, match="buona_pratica"):
        wide("zone2020", table="child")


def test_what_singles_somebody_out_is_withheld_as_from_an_export(answered):
    """Unless it is said what everything is needed for; either is on record, once."""
    answers = wide("zone2020")
    assert answers["direzione"].isna().all()
    assert set(reasons("zone2020")["direzione"]) == {"withheld"}
    assert "submitted_on" not in answers
    assert answers.attrs["withheld"]["direzione"] == 6
    whole = wide("zone2020", purpose="to find mistakes")
    assert Counter(whole["direzione"]) == {"acque": 5, "rifiuti": 1}
    found = [(one.kind, one.purpose, one.responses) for one in releases(answered)]
    assert found == [(Kind.PROTECTED, "", 6), (Kind.WHOLE, "to find mistakes", 6)]


@pytest.mark.usefixtures("answered")
def test_the_frame_says_what_its_columns_mean():
    """In the language of the labels, else the questionnaire's first."""
    attrs = wide("zone2020", labels="en").attrs
    assert attrs["labels"]["area"] == "Which Area do you work in?"
    assert attrs["choices"]["partecipo"] == {"si": "Yes", "no": "No"}
    assert attrs["measures"]["consiglio"] == "scale"
    assert attrs["asked_if"]["area"] == "${partecipo} = 'si'"


async def test_a_notebook_whose_loop_runs_can_read_them(engine, database_url):
    """From the database that it names."""
    await field(engine)
    assert isinstance(wide("zone", database=database_url), pd.DataFrame)


@pytest.mark.usefixtures("answered")
def test_the_example_runs(capsys):
    """As a script, on the questionnaire that it is about."""
    runpy.run_path(str(SCRIPT))
    told = capsys.readouterr().out
    assert "6 of 6 took part" in told
    assert "Sportello" not in told
