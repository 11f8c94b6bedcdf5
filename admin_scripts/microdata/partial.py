"""Those who stopped half-way, as responses: what they had answered, and where they broke off."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pyarrow as pa

from admin_scripts.microdata.about import DISPOSITION
from admin_scripts.microdata.missing import BROKEN_OFF
from admin_scripts.microdata.source import Source
from conversations.forms import FormDefinition
from conversations.session import FormSession
from conversations.stops import route_of
from storage.unfinished import Unfinished

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
TEXTS = (
    *("id", "form_hash", "language", "answers", DISPOSITION),
    *("submitted_on", "submitted_at", "person_id", "attributes"),
)
SCHEMA = pa.schema([*((name, pa.string()) for name in TEXTS), ("register_weight", pa.float64())])


def answers_of(form: FormDefinition, half_way: Unfinished, now: datetime) -> list[tuple[str, str]]:
    """What would be handed in now; a question that was neither answered nor left blank was not reached.

    A default that nobody has seen is no answer.
    """
    session = half_way.session
    filled = FormSession.restore(form, session.filled, now=now)
    done = {*session.seen, *session.passed}
    waiting = {stop.ref for stop in route_of(form, filled).questions} - done
    return [(ref, BROKEN_OFF if ref in waiting else value) for ref, value in filled.submission_values(to_the_day=True)]


def rows_of(source: Source) -> pa.RecordBatch:
    """A batch as the database would give it, in an order that tells nothing and is always the same."""
    rows = sorted(_rows(source), key=lambda row: str(row["id"]))
    return pa.RecordBatch.from_pylist(rows, SCHEMA)


def _rows(source: Source) -> Iterator[dict[str, object]]:
    """The id is made of what was said: it leads back to no session."""
    survey, forms = source.survey, {form.hash: form for form in source.sources.forms}
    now = survey.closed_at or survey.closes_at or survey.opened_at or NEVER
    times: Counter[str] = Counter()
    for one in source.unfinished:
        found = answers_of(forms[one.form_hash], one, now.astimezone(survey.zone))
        answers = json.dumps(found, ensure_ascii=False)
        times[answers] += 1
        yield {
            "id": hashlib.sha256(f"{one.form_hash}{times[answers]}{answers}".encode()).hexdigest()[:32],
            "form_hash": one.form_hash,
            "language": one.session.language,
            "answers": answers,
            DISPOSITION: one.disposition.value,
            **_of_person(one),
        }


def _of_person(half_way: Unfinished) -> dict[str, object]:
    person = half_way.person
    if person is None:
        return {}
    attributes = json.dumps(person.attributes)
    return {"person_id": person.person_id, "register_weight": person.weight, "attributes": attributes}
