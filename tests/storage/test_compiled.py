"""What a questionnaire was compiled to is kept beside it, for the program that compiled it."""

import asyncio
import pickle
from hashlib import sha256

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.forms.compiled import pack
from conversations.forms.xpath import CompiledExpression
from storage import forms
from storage.engine import open_engine, snapshot, transaction
from storage.forms import load_definition, save_form
from storage.tables import compiled_forms, form_files
from tests.sheets import form
from tests.storage.field import count

XFORM = """<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms"><h:head>
<h:title>Towns</h:title><model><instance><data id="towns"><town/></data></instance></model></h:head>
<h:body><input ref="/data/town"><label>Town?</label></input></h:body></h:html>"""


async def save(engine: AsyncEngine) -> str:
    async with transaction(engine) as connection:
        return await save_form(connection, XFORM, b"workbook", {"towns.csv": b"name\nPrato\n"})


async def put(database: AsyncEngine, **changes: object) -> None:
    async with transaction(database) as connection:
        await connection.execute(update(compiled_forms).values(**changes))


def tampered(expression: str) -> bytes:
    """With its checksum put right; one of our own classes fails at it."""
    content = pickle.dumps(_Expression(expression))
    return sha256(content).digest() + content


class _Expression(str):
    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[str]]:
        return CompiledExpression, (str(self),)


async def refuse_to_compile(*_args: object) -> str:
    raise AssertionError


async def test_a_saved_questionnaire_runs_without_being_compiled_or_its_files_read(engine, monkeypatch):
    """Neither the XForm nor the files beside it are looked at."""
    form_hash = await save(engine)
    monkeypatch.setattr(forms, "load_form_text", refuse_to_compile)
    monkeypatch.setattr(forms, "load_form_files", refuse_to_compile)
    async with snapshot(engine) as connection:
        assert (await load_definition(connection, form_hash)).title == "Towns"


@pytest.mark.parametrize(
    "change",
    [
        {"engine": "another program"},
        {"content": b"damaged"},
        {"content": tampered("1 +")},
        {"content": pack(form("| survey |\n| | type | name | label |\n| | text | q | Q |"))},
    ],
    ids=["of another program", "damaged", "tampered with", "of another questionnaire"],
)
async def test_what_cannot_be_trusted_is_compiled_anew_and_kept(engine, monkeypatch, change):
    """Whoever may write keeps what was compiled; the next one reads that."""
    form_hash = await save(engine)
    await put(engine, **change)
    async with transaction(engine) as connection:
        assert (await load_definition(connection, form_hash)).title == "Towns"
    monkeypatch.setattr(forms, "load_form_text", refuse_to_compile)
    async with snapshot(engine) as connection:
        assert (await load_definition(connection, form_hash)).hash == form_hash


async def test_what_was_tampered_with_is_logged_on_one_line(engine, caplog):
    """And nothing is logged of what another version of the program has compiled: that is every upgrade."""
    form_hash = await save(engine)
    await put(engine, content=tampered("1 +"))
    async with snapshot(engine) as connection:
        assert (await load_definition(connection, form_hash)).title == "Towns"
    (line,) = caplog.messages
    assert "is compiled anew: XPathSyntaxError" in line
    assert "\n" not in caplog.text.strip()
    caplog.clear()
    await put(engine, engine="another program")
    async with snapshot(engine) as connection:
        await load_definition(connection, form_hash)
    assert caplog.messages == []


async def test_whoever_only_reads_compiles_and_keeps_nothing(engine):
    """A look at a questionnaire waits for no writer."""
    form_hash = await save(engine)
    await put(engine, engine="another program")
    async with snapshot(engine) as connection:
        assert (await load_definition(connection, form_hash)).title == "Towns"
    assert await count(engine, compiled_forms) == 1


async def test_saving_the_same_version_again_compiles_nothing(engine, monkeypatch):
    """A version never changes."""
    await save(engine)
    monkeypatch.setattr(forms, "load_form", refuse_to_compile)
    await save(engine)
    assert await count(engine, form_files) == 1


async def test_an_answer_goes_on_when_what_was_compiled_cannot_be_kept(engine, monkeypatch, caplog):
    """Keeping it is a convenience: the transaction around it is untouched."""
    form_hash = await save(engine)
    await put(engine, engine="another program")
    monkeypatch.setattr(forms, "fingerprint", lambda: None)
    async with transaction(engine) as connection:
        assert (await load_definition(connection, form_hash)).title == "Towns"
        await connection.execute(update(compiled_forms).values(content=b"still"))
    assert "was not kept" in caplog.text


async def test_two_processes_compile_at_once_and_one_row_is_kept(engine, database_url):
    """Each goes on with what it has compiled; neither fails for the other."""
    form_hash = await save(engine)
    await put(engine, engine="another program")
    other = open_engine(database_url)

    async def load(database: AsyncEngine) -> str:
        async with transaction(database) as connection:
            return (await load_definition(connection, form_hash)).title

    try:
        assert await asyncio.gather(*(load(one) for one in (engine, other) * 3)) == ["Towns"] * 6
    finally:
        await other.dispose()
    assert await count(engine, compiled_forms) == 1
