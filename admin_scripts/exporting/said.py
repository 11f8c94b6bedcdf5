"""What an export says to a program, as JSON: what was written and withheld, or that it was refused."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from admin_scripts.disclosure.exports import RefusedForFew
from admin_scripts.exporting.run import Written
from admin_scripts.refusal import Refused


def json_of(written: Written) -> str:
    """Names of files, responses, what was withheld by column (null: the whole column), files of respondents."""
    told = {
        "files": [path.name for path in written.paths],
        "responses": written.responses,
        "withheld": dict(written.withheld),
        "describes_nobody": bool(written.why),
        "sent_files": written.copied,
    }
    return json.dumps(told, ensure_ascii=False)


@contextmanager
def refusals_as_json() -> Iterator[None]:
    """Say of a refusal whether an earlier export differs by few; then it goes on as any other."""
    try:
        yield
    except Refused as refused:
        kind = "few" if isinstance(refused, RefusedForFew) else "other"
        print(json.dumps({"refused": kind}))  # noqa: T201 - for a program
        raise
