"""A questionnaire that has been read, as bytes and back: what is kept so that it need not be read again.

The bytes are a pickle behind a checksum, and a pickle can name anything. So only our own immutable classes are
let in, and whatever else is in there, damaged or foreign, is refused: the questionnaire is then compiled anew.
"""

import pickle
import sys
from dataclasses import fields, is_dataclass
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import Any

from conversations.forms.data_files.table import FileTable
from conversations.forms.definition import FormDefinition
from conversations.forms.xpath import CompiledExpression, Node

_CHECKSUM = 32
_ROOM = "conversations.forms."
_CLASSES = (CompiledExpression, FileTable, Node)


class Unpackable(ValueError):
    """These bytes are no compiled questionnaire of this program."""


def pack(form: FormDefinition) -> bytes:
    """The questionnaire as bytes. Only for `unpack` by the same version of the program."""
    written = BytesIO()
    _Writer(written, protocol=5).dump(form)
    content = written.getvalue()
    return sha256(content).digest() + content


def unpack(packed: bytes) -> FormDefinition:
    """The questionnaire that `pack` was given. Raises Unpackable for anything else, and runs nothing."""
    checksum, content = packed[:_CHECKSUM], packed[_CHECKSUM:]
    if sha256(content).digest() != checksum:
        raise Unpackable("the bytes are damaged")
    try:
        form = _Reader(BytesIO(content)).load()
    except Exception as error:  # what was not written by `pack` fails in any way: in pickle, or in a class of ours
        raise Unpackable(repr(error)) from error
    if not isinstance(form, FormDefinition):
        raise Unpackable("this is no questionnaire")
    return form


class _Writer(pickle.Pickler):
    """Writes a dataclass as a call of its class, read in half the time of what dataclasses do themselves.

    A word of ours too: until 3.11.3 Python itself writes it as `getattr`, which nobody may call here.
    """

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - whatever pickle can make something of
        if isinstance(value, StrEnum):
            return type(value), (value.value,)
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Knows the classes of a questionnaire and no others; imports nothing."""

    def find_class(self, module: str, name: str) -> object:
        found = getattr(sys.modules.get(module), name, None) if module.startswith(_ROOM) else None
        if isinstance(found, type) and _is_ours(found):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not part of a questionnaire")


def _is_ours(found: type) -> bool:
    """Whether it is made of values alone: making one runs no code but its own."""
    return found in _CLASSES or issubclass(found, StrEnum) or is_dataclass(found)
