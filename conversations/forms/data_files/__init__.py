"""Files beside a questionnaire that it reads as data: CSV, XML and GeoJSON, each one file here."""

from collections.abc import Callable

from conversations.forms.data_files.csv_file import read_csv
from conversations.forms.data_files.geojson_file import read_geojson
from conversations.forms.data_files.read import DataFile, Unreadable, nothing
from conversations.forms.data_files.sizes import MAX_BYTES, MAX_BYTES_IN_ALL, is_bare
from conversations.forms.data_files.xml_list import read_xml_list
from conversations.forms.problems import Problem

__all__ = ["MAX_BYTES", "MAX_BYTES_IN_ALL", "DataFile", "is_bare", "read_data_file"]

_READERS: dict[str, Callable[[bytes], DataFile]] = {
    "csv": read_csv,
    "geojson": read_geojson,
    "json": read_geojson,
    "xml": read_xml_list,
}


def read_data_file(name: str, content: bytes) -> DataFile:
    """The list in a file, by the ending of its name. A mistake in it is a problem, and the list is then empty."""
    try:
        return _read(name, content)
    except Unreadable as error:
        return nothing(_unreadable(name, error))


def _read(name: str, content: bytes) -> DataFile:
    reader = _READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise Unreadable("it is no .csv, .xml or .geojson", "Save the list as CSV UTF-8.")
    if len(content) > MAX_BYTES:
        raise Unreadable(f"it is bigger than {MAX_BYTES // 1_000_000} MB", "Take out the rows nobody chooses.")
    return reader(content)


def _unreadable(name: str, error: Unreadable) -> Problem:
    place = f"!{error.row}" if error.row else ""
    return Problem("data-file", f"{name}{place}", f"The file '{name}' cannot be used: {error}.", error.remedy)
