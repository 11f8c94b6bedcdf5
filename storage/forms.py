"""Questionnaire versions: kept for ever under their hash, with the workbook and the files they came from.

What a version was compiled to is kept as well, for the program that compiled it: reading that is several times
quicker than compiling, and leaves the files alone.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.forms import FormDefinition, FormRefused, load_form, version_of
from conversations.forms.compiled import Unpackable, pack, unpack
from storage.compiler import fingerprint
from storage.engine import insert_unless_there
from storage.errors import FormUnknown
from storage.tables import compiled_forms, form_files, forms

_log = logging.getLogger(__name__)
_KEEP = insert_unless_there(forms)
_KEEP_FILE = insert_unless_there(form_files)
_XFORM = select(forms.c.xform).where(forms.c.hash == bindparam("hash"))
_SOURCE = select(forms.c.source).where(forms.c.hash == bindparam("hash"))
_FILES = select(form_files.c.name, form_files.c.content).where(form_files.c.form_hash == bindparam("hash"))
_COMPILED = select(compiled_forms.c.content).where(
    compiled_forms.c.form_hash == bindparam("hash"), compiled_forms.c.engine == bindparam("engine")
)
_FORGET = delete(compiled_forms).where(compiled_forms.c.form_hash == bindparam("hash"))
_FILE = select(form_files.c.content).where(
    form_files.c.form_hash == bindparam("hash"), form_files.c.name == bindparam("name")
)


async def save_form(
    connection: AsyncConnection, xform: str, source: bytes, files: Mapping[str, bytes] | None = None
) -> str:
    """Keep a version and give its hash (`version_of`); saving it again changes nothing. `files` by their name."""
    files = files or {}
    form_hash = version_of(xform, files)
    row = {"hash": form_hash, "xform": xform, "source": source}
    if not (await connection.execute(_KEEP[connection.dialect.name], row)).rowcount:
        return form_hash
    for name, content in files.items():
        kept = {"form_hash": form_hash, "name": name, "content": content}
        await connection.execute(_KEEP_FILE[connection.dialect.name], kept)
    with suppress(FormRefused):  # is told to whoever wants to run it
        await _keep_compiled(connection, load_form(xform, files))
    return form_hash


async def load_definition(connection: AsyncConnection, form_hash: str) -> FormDefinition:
    """The questionnaire of this version, ready to run. Raises FormUnknown.

    Compiled anew when another version of the program compiled it, or when what was kept is damaged.
    """
    kept: bytes | None = await connection.scalar(_COMPILED, {"hash": form_hash, "engine": fingerprint()})
    form = _read(kept, form_hash)
    if form is None:
        xform = await load_form_text(connection, form_hash)
        form = load_form(xform, await load_form_files(connection, form_hash))
        await _keep_compiled(connection, form)
    return form


def _read(kept: bytes | None, form_hash: str) -> FormDefinition | None:
    if kept is None:
        return None
    try:
        form = unpack(kept)
    except Unpackable as error:
        _log.warning("The compiled questionnaire %s cannot be used, so it is compiled anew: %s", form_hash, error)
        return None
    return form if form.hash == form_hash else None


async def _keep_compiled(connection: AsyncConnection, form: FormDefinition) -> None:
    """Keep what was compiled, instead of what is there; where nothing can be written, the next one compiles again."""
    if connection.sync_connection is None or connection.sync_connection.get_execution_options().get("reads"):
        return
    try:
        async with connection.begin_nested():
            await connection.execute(_FORGET, {"hash": form.hash})
            row = {"form_hash": form.hash, "engine": fingerprint(), "content": pack(form)}
            await connection.execute(insert(compiled_forms), row)
    except SQLAlchemyError:  # another process keeps it at this moment, or the disk is full: the answer goes on
        _log.warning("The compiled questionnaire %s was not kept", form.hash, exc_info=True)


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


async def load_form_file(connection: AsyncConnection, form_hash: str, name: str) -> bytes:
    """One of the files beside this version, a picture for instance. Raises FormUnknown when there is none."""
    content: bytes | None = await connection.scalar(_FILE, {"hash": form_hash, "name": name})
    if content is None:
        raise FormUnknown(f"{form_hash}/{name}")
    return content


async def load_form_source(connection: AsyncConnection, form_hash: str) -> bytes:
    """The author's workbook of this version. Raises FormUnknown."""
    source: bytes | None = await connection.scalar(_SOURCE, {"hash": form_hash})
    if source is None:
        raise FormUnknown(form_hash)
    return source
