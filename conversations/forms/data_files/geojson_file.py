"""A list in a GeoJSON file: each feature is a choice with its properties, its id and its geometry."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from conversations.forms.data_files.read import DataFile, Unreadable, text_of
from conversations.forms.data_files.sizes import MAX_COLUMNS, MAX_ROWS
from conversations.forms.data_files.table import table

_DIGITS = 40
_REMEDY = "Save it as a GeoJSON FeatureCollection, as maps and geojson.io do."


def read_geojson(content: bytes) -> DataFile:
    """The features as rows: their properties, `geometry` as ODK writes places, `id`. Raises `Unreadable`."""
    features = _features(_parsed(text_of(content)))
    found = [_cells(feature, number) for number, feature in enumerate(features, start=1)]
    columns = list(dict.fromkeys(name for cells in found for name in cells))
    if len(columns) > MAX_COLUMNS:
        raise Unreadable(f"its features have more than {MAX_COLUMNS} properties", "Take out those nobody asks for.")
    rows = [(number, tuple(cells.get(name, "") for name in columns)) for number, cells in enumerate(found, start=1)]
    return DataFile(table(columns, rows), columns=tuple(columns))


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no JSON ({error})", _REMEDY) from error


def _features(read: object) -> list[Any]:
    features = read.get("features") if isinstance(read, dict) and read.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        raise Unreadable("it is no FeatureCollection", _REMEDY)
    if len(features) > MAX_ROWS:
        raise Unreadable(f"it has more than {MAX_ROWS} features", "Take out those nobody chooses.")
    return features


def _cells(feature: object, number: int) -> dict[str, str]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties or {}, Mapping):
        raise Unreadable(f"its feature {number} is none", _REMEDY, number)
    cells = {str(name): _text(value) for name, value in (properties or {}).items()}
    if feature.get("geometry") is not None:
        cells["geometry"] = _geometry(feature["geometry"], number)
    if feature.get("id") is not None:
        cells["id"] = _text(feature["id"])
    return cells


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value.normalize(), "f") if value.is_finite() and abs(value.adjusted()) < _DIGITS else ""
        case int():
            return str(value)
        case _:
            return json.dumps(value, default=str, ensure_ascii=False)


def _geometry(geometry: object, number: int) -> str:
    """A place as ODK writes it: "latitude longitude 0 0"; several, of a line or an area, with semicolons between."""
    try:
        match geometry:
            case {"type": "Point", "coordinates": point}:
                return _point(point)
            case {"type": "LineString", "coordinates": line}:
                return _line(line)
            case {"type": "Polygon", "coordinates": [ring, *_]}:
                return _line(ring)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        pass
    raise Unreadable(f"the geometry of its feature {number} is no Point, LineString or Polygon", _REMEDY, number)


def _line(points: list[Any]) -> str:
    return "; ".join(map(_point, points))


def _point(point: list[Any]) -> str:
    longitude, latitude = (Decimal(number) for number in point[:2])
    if not (longitude.is_finite() and latitude.is_finite()):
        raise ValueError(point)
    return f"{_text(latitude)} {_text(longitude)} 0 0"
