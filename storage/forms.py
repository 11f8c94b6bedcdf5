"""Questionnaire versions: kept for ever under their hash, with the workbook and the files they came from."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.forms import FormDefinition, load_form, version_of
from storage.engine import insert_unless_there
from storage.errors import FormUnknown
from storage.tables import form_files, forms

_KEEP = insert_unless_there(forms)
_KEEP_FILE = insert_unless_there(form_files)
_XFORM = select(forms.c.xform).where(forms.c.hash == bindparam("hash"))
_SOURCE = select(forms.c.source).where(forms.c.hash == bindparam("hash"))
_FILES = select(form_files.c.name, form_files.c.content).where(form_files.c.form_hash == bindparam("hash"))


async def save_form(
    connection: AsyncConnection, xform: str, source: bytes, files: Mapping[str, bytes] | None = None
) -> str:
    """Keep a version and give its hash (`version_of`); saving it again changes nothing. `files` by their name."""
    files = files or {}
    form_hash = version_of(xform, files)
    row = {"hash": form_hash, "xform": xform, "source": source}
    await connection.execute(_KEEP[connection.dialect.name], row)
    for name, content in files.items():
        kept = {"form_hash": form_hash, "name": name, "content": content}
        await connection.execute(_KEEP_FILE[connection.dialect.name], kept)
    return form_hash


async def load_definition(connection: AsyncConnection, form_hash: str) -> FormDefinition:
    """The questionnaire of this version, ready to run. Raises FormUnknown."""
    xform = await load_form_text(connection, form_hash)
    return load_form(xform, await load_form_files(connection, form_hash))


async def load_form_text(connection: AsyncConnection, form_hash: str) -> str:
    """The XForm of this version. Raises FormUnknown."""
    xform: str | None = await connection.scalar(_XFORM, {"hash": form_hash})
    if xform is None:
        raise FormUnknown(form_hash)
    return xform


async def load_form_files(connection: AsyncConnection, form_hash: str) -> dict[str, bytes]:
    """The files beside this version, by their name; none for an unknown hash."""
    rows = await connection.execute(_FILES, {"hash": form_hash})
    return {row.name: row.content for row in rows}


async def load_form_source(connection: AsyncConnection, form_hash: str) -> bytes:
    """The author's workbook of this version. Raises FormUnknown."""
    source: bytes | None = await connection.scalar(_SOURCE, {"hash": form_hash})
    if source is None:
        raise FormUnknown(form_hash)
    return source
