"""The responses as Arrow tables: the same answers as in memory, a batch at a time, on both databases."""

import pytest

from admin_scripts.microdata import adbc
from admin_scripts.microdata.source import read_source
from admin_scripts.microdata.stream import opened_stream
from admin_scripts.microdata.variables import Missing
from conversations.protocol import Mode
from storage.engine import snapshot
from tests.admin_scripts.field_work import field, submits
from tests.admin_scripts.managers import MANAGER

HARD = 'He said: "no",["so"]\\ \\" \n\tè 🙂 \\\\'
REFUSAL = {"/data/partecipo": "no"}


async def source_of(engine, name="zone"):
    async with snapshot(engine) as connection:
        return await read_source(connection, name)


def read(source, **how):
    """The only chunk's tables as Python values, and its reasons."""
    with opened_stream(source) as stream:
        (chunk,) = stream.chunks(**how)
        schemas = stream.schemas
    if not how:
        assert {table: batch.schema for table, batch in chunk.tables.items()} == schemas
    return (
        {table: batch.to_pylist() for table, batch in chunk.tables.items()},
        {table: batch.to_pylist() for table, batch in chunk.missing.items()},
    )


@pytest.fixture
async def answered(engine):
    """One took part and wrote what is hard to read, one said no."""
    await field(engine)
    await submits(engine, "PO001", MANAGER | {"/data/sez_finale/commenti": HARD})
    await submits(engine, "PO002", REFUSAL)
    return engine


async def test_every_answer_comes_out_as_it_went_in(answered):
    """Texts with quotes, backslashes and lines; numbers as numbers, calculations too."""
    tables, missing = read(await source_of(answered))
    place = next(place for place, row in enumerate(tables[""]) if row["partecipo"] == "si")
    given, reasons = tables[""][place], missing[""][place]
    assert given["commenti"] == HARD
    assert given["tipo_servizi"] == "pareri gare altro"
    assert [name for name, cell in given.items() if name.startswith("tipo_servizi/") and cell] == [
        "tipo_servizi/pareri",
        "tipo_servizi/gare",
        "tipo_servizi/altro",
    ]
    assert (given["incontri_numero"], given["indice_favore"], given["op_valide"]) == (12, 4, 5)
    assert given["op_piccoli_comuni"] == "9"
    assert reasons["op_piccoli_comuni"] == Missing.PREFER_NOT
    assert reasons["partecipo"] == 0


async def test_who_said_no_is_a_row_in_which_nothing_else_was_asked(answered):
    """An export leaves nobody out."""
    tables, missing = read(await source_of(answered))
    place = next(place for place, row in enumerate(tables[""]) if row["partecipo"] == "no")
    assert {cell for name, cell in tables[""][place].items() if name.startswith(("op_a", "tipo", "area"))} == {None}
    assert set(missing[""][place].values()) == {0, Missing.NOT_ASKED}


async def test_rows_of_repeats_are_linked_by_index(answered):
    """As in ODK's exports, and by the response's id."""
    tables, _ = read(await source_of(answered))
    around = next(row for row in tables[""] if row["partecipo"] == "si")
    assert [(row["_index"], row["bp_titolo"]) for row in tables["buona_pratica"]] == [(1, "Sportello"), (2, "-Rete")]
    assert {row["_parent_index"] for row in tables["buona_pratica"]} == {around["_index"]}
    assert {row["response_id"] for row in tables["buona_pratica"]} == {around["response_id"]}
    assert {row["_parent_table"] for row in tables["buona_pratica"]} == {"responses"}


async def test_some_variables_alone_can_be_looked_at(answered):
    """Without what is known beside them."""
    tables, missing = read(await source_of(answered), only={("", "area")})
    assert sorted(tables[""], key=str) == [{"area": "ambiente"}, {"area": None}]
    assert list(missing[""][0]) == ["area"]


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.IDENTIFIED])
async def test_persons_and_moments_are_told_only_where_the_survey_said_so(engine, mode):
    """In the survey's time zone."""
    await field(engine, mode=mode)
    await submits(engine, "PO001", MANAGER)
    tables, _ = read(await source_of(engine))
    (given,) = tables[""]
    known = {"person_id", "submitted_at", "register_area", "register_weight"} & given.keys()
    assert bool(known) == (mode is Mode.IDENTIFIED)
    if known:
        assert (given["person_id"], given["register_weight"], given["register_area"]) == ("PO001", 1, "infrastrutture")
        assert str(given["submitted_at"]) == "2026-11-23 12:00:00"


async def test_what_is_handed_in_meanwhile_waits_for_nobody_and_changes_nothing(answered):
    """A stream sees the survey as it was when it began to read, and holds no lock that a respondent would meet."""
    with opened_stream(await source_of(answered)) as stream:
        assert stream.schemas  # the calculations have been looked at: it has begun
        await submits(answered, "PO003", MANAGER)
        (chunk,) = stream.chunks()
    assert chunk.tables[""].num_rows == 2
    with opened_stream(await source_of(answered)) as stream:
        assert sum(chunk.tables[""].num_rows for chunk in stream.chunks()) == 3


async def test_rows_are_numbered_through_from_chunk_to_chunk(answered, monkeypatch):
    """And so are the links to the rows around."""
    monkeypatch.setattr(adbc, "ROWS", 1)
    monkeypatch.setattr(adbc, "BYTES", 1)
    done = []
    with opened_stream(await source_of(answered)) as stream:
        chunks = list(stream.chunks(on_done=done.append))
    rows = [row for chunk in chunks for row in chunk.tables[""].to_pylist()]
    children = [row for chunk in chunks for row in chunk.tables["buona_pratica"].to_pylist()]
    assert [row["_index"] for row in rows] == [1, 2]
    around = next(row["_index"] for row in rows if row["partecipo"] == "si")
    assert [(row["_index"], row["_parent_index"]) for row in children] == [(1, around), (2, around)]
    assert sum(done) == 2
