"""NAME.published.json: a publication as a file that programs read, beside whatever was written from it for people."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from admin_scripts.plausible import MOST_BYTES, implausible
from admin_scripts.publication import Publication
from admin_scripts.refusal import Refused

SUFFIX = ".published.json"
FORMAT = 1


def text_of(publication: Publication) -> str:
    """The publication as JSON: the same one always as the same text."""
    told = {"colloquio": "publication", "format": FORMAT, **_plain(publication)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def publication_in(text: str) -> Publication:
    """The publication that was written; ValueError if the text is none."""
    told = json.loads(text)
    if not isinstance(told, dict) or told.pop("colloquio", "") != "publication" or told.pop("format", 0) != FORMAT:
        raise ValueError("not a publication of this program")
    try:
        found = _read(Publication, told)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a whole publication: {error}") from error
    if not isinstance(found, Publication):
        raise TypeError
    return found


def write_publication(publication: Publication, path: Path) -> None:
    """The file at `path`, which should end in .published.json."""
    path.write_text(text_of(publication), encoding="utf-8")


def read_published(folder: Path) -> dict[Path, Publication]:
    """Every publication of a folder and the folders in it, by file; a file that cannot be read raises Refused."""
    return {path: _published(path) for path in sorted(folder.rglob(f"*{SUFFIX}"))}


def _published(path: Path) -> Publication:
    try:
        is_right = path.is_file() and path.stat().st_size <= MOST_BYTES
        publication = publication_in(path.read_text(encoding="utf-8")) if is_right else None
    except (OSError, ValueError, RecursionError) as error:
        raise _refused(path, str(error)) from error
    if publication is None:
        raise _refused(path, f"it is no file, or has more than {MOST_BYTES:,} bytes")
    if mistake := implausible(publication):
        raise _refused(path, mistake)
    return publication


def _refused(path: Path, why: str) -> Refused:
    """What is quoted of the file must not move the cursor of a terminal."""
    told = "".join(sign for sign in why[:200] if sign.isprintable())
    return Refused(f"{path} cannot be read: {told}. Write it anew with the command that made it.")


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of a publication
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


def _read(kind: Any, told: Any) -> Any:  # noqa: ANN401 - any part of a publication
    """What was written of a part of this type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if told is None else _read(next(part for part in parts if part is not NoneType), told)
    if origin is tuple:
        if not isinstance(told, list):
            raise TypeError("no list where one should be")
        kinds = [parts[0]] * len(told) if parts[-1] is Ellipsis else parts
        return tuple(_read(one, part) for one, part in zip(kinds, told, strict=True))
    if origin is not None:
        return {key: _read(parts[1], part) for key, part in told.items()}
    return _read_one(kind, told)


def _read_one(kind: Any, told: Any) -> Any:  # noqa: ANN401 - any part of a publication
    if is_dataclass(kind) and isinstance(kind, type):
        kinds = get_type_hints(kind)
        return kind(**{name: _read(kinds[name], part) for name, part in told.items()})
    if kind is date:
        return date.fromisoformat(told)
    if issubclass(kind, Enum):
        return kind(told)
    if isinstance(told, bool) != (kind is bool) or not isinstance(told, (int, float) if kind is float else kind):
        raise TypeError(f"{str(told)!r:.40} where a {kind.__name__} should be")
    return float(told) if kind is float else told
