"""Questionnaire versions: kept for ever under their hash, with the workbook they came from."""

import hashlib

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import insert_unless_there
from storage.errors import FormUnknown
from storage.tables import forms

_KEEP = insert_unless_there(forms)
_XFORM = select(forms.c.xform).where(forms.c.hash == bindparam("hash"))
_SOURCE = select(forms.c.source).where(forms.c.hash == bindparam("hash"))


async def save_form(connection: AsyncConnection, xform: str, source: bytes) -> str:
    """Keep a version and give its hash (SHA-256 of the XForm, hexadecimal); saving it again changes nothing."""
    form_hash = hashlib.sha256(xform.encode()).hexdigest()
    row = {"hash": form_hash, "xform": xform, "source": source}
    await connection.execute(_KEEP[connection.dialect.name], row)
    return form_hash


async def load_form_text(connection: AsyncConnection, form_hash: str) -> str:
    """The XForm of this version. Raises FormUnknown."""
    xform: str | None = await connection.scalar(_XFORM, {"hash": form_hash})
    if xform is None:
        raise FormUnknown(form_hash)
    return xform


async def load_form_source(connection: AsyncConnection, form_hash: str) -> bytes:
    """The author's workbook of this version. Raises FormUnknown."""
    source: bytes | None = await connection.scalar(_SOURCE, {"hash": form_hash})
    if source is None:
        raise FormUnknown(form_hash)
    return source
