"""What the answers are, as a number: the same answers in any order give the same, one other answer another.

What coders make of them is no answer: coding changes no number.
"""

import hmac
from hashlib import sha256

import numpy as np

from admin_scripts.microdata.dataset import Dataset
from admin_scripts.microdata.variables import CODED


def data_hash(dataset: Dataset) -> str:
    """SHA-256 of all answers, with what is missing and why; rows of repeats belong to their response, codes do not."""
    responses = len(dataset.tables[""].response)
    told: list[list[str]] = [[] for _ in range(responses)]
    for table, rows in dataset.tables.items():
        columns = [
            (name, np.asarray(column.values).tolist(), column.missing.tolist())
            for name, column in rows.columns.items()
            if column.variable.kind != CODED
        ]
        for place, response in enumerate(rows.response.tolist()):
            values = [
                (name, None if missing[place] else values[place], missing[place]) for name, values, missing in columns
            ]
            told[response].append(f"{table}{values!r}")
    whole = sha256()
    for one in sorted(sha256("\n".join(parts).encode()).hexdigest() for parts in told):
        whole.update(one.encode())
    return whole.hexdigest()


def seed_of(dataset: Dataset) -> int:
    """A seed for permutations that everybody may know: from the questionnaire and how many have answered it."""
    told = f"{dataset.forms[0].hash}:{len(dataset.tables[''].response)}"
    return int(sha256(told.encode()).hexdigest()[:8], 16)


def sealed(fingerprint: str, secret: bytes) -> str:
    """The fingerprint as it may be seen: without the secret nobody can try out which answers give it."""
    return hmac.new(secret, f"publication:{fingerprint}".encode(), sha256).hexdigest()
