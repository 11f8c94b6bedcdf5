"""The columns of what is known of responses beside their answers."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pyarrow as pa

from admin_scripts.microdata.about import DISPOSITION, INDEX, PARENT_INDEX, PARENT_TABLE, RESPONSE_ID, register_header
from admin_scripts.microdata.made import words
from admin_scripts.microdata.plan import version_names
from admin_scripts.microdata.source import Source
from conversations.languages import tag_of
from conversations.protocol import Mode

TEXT = pa.string()
SHOWN = "shown_id"
"""The column of a batch with the ids under which its responses are let out, where they are not their own."""
TYPES: Mapping[str, pa.DataType] = {
    "submitted_on": pa.date32(),
    "submitted_at": pa.timestamp("s"),
    "register_weight": pa.float64(),
}
LINKS = (
    pa.field(INDEX, pa.int64()),
    pa.field(RESPONSE_ID, pa.string()),
    pa.field(PARENT_TABLE, pa.string()),
    pa.field(PARENT_INDEX, pa.int64()),
)


def about_fields(source: Source) -> list[pa.Field]:
    """The columns of a response that hold no answers."""
    return [pa.field(header, TYPES.get(header, pa.string())) for header in source.about]


def shown_ids(batch: pa.RecordBatch) -> pa.StringArray:
    """The ids under which the responses of a batch are let out."""
    return batch[SHOWN if SHOWN in batch.schema.names else "id"]


def about_arrays(source: Source, batch: pa.RecordBatch) -> list[pa.Array]:
    """Those columns of a batch, in their order."""
    made = _common(source, batch)
    if DISPOSITION in source.about:
        made[DISPOSITION] = batch[DISPOSITION]
    if source.survey.mode is Mode.IDENTIFIED:
        made |= _of_people(source, batch)
    return [made[header] for header in source.about]


def _common(source: Source, batch: pa.RecordBatch) -> dict[str, pa.Array]:
    named = version_names(source.sources.forms)
    return {
        RESPONSE_ID: shown_ids(batch),
        "form_version": _each(batch["form_hash"], named.__getitem__),
        "language": _each(batch["language"], lambda name: tag_of(name) or name),
        "submitted_on": batch["submitted_on"].cast(pa.date32()),
    }


def _of_people(source: Source, batch: pa.RecordBatch) -> dict[str, pa.Array]:
    attributes = [json.loads(text) for text in batch["attributes"].to_pylist()]
    found = {
        "submitted_at": _each(batch["submitted_at"], lambda text: _local(text, source), pa.timestamp("s")),
        "person_id": batch["person_id"],
        "register_weight": batch["register_weight"],
    }
    for title in source.titles:
        found[register_header(title)] = pa.array([one.get(title) for one in attributes], pa.string())
    return found


def _local(text: str, source: Source) -> datetime:
    """The moment by the clock on the wall of the survey's time zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(source.survey.zone).replace(tzinfo=None)


def _each(column: pa.Array, meant: Callable[[str], object], kind: pa.DataType = TEXT) -> pa.Array:
    """What each text means; each is looked at once."""
    coded = column.cast(pa.string()).dictionary_encode()
    found = [meant(text) for text in coded.dictionary.to_pylist()]
    return (words(list(map(str, found))) if kind is TEXT else pa.array(found, kind)).take(coded.indices)
