"""The mark of surveys that nobody answered: in lists, sentences, file names and tables, so that none is mistaken."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from admin_scripts.columns import CODEBOOK
from admin_scripts.refusal import Refused
from storage.surveys import Survey

if TYPE_CHECKING:
    import pandas as pd

SYNTHETIC = "synthetic"
MEANING = "1 in every row: nobody has given these answers, `colloquio simulate` has made them up"
WARNING = (
    "SYNTHETIC: nobody has given these answers. They were made up to rehearse, and are of no use for anything else."
)


def state_of(survey: Survey, now: datetime) -> str:
    """The state as people are told it."""
    return SYNTHETIC.upper() if survey.is_synthetic else survey.state(now)


def refuse_synthetic(survey: Survey) -> None:
    """Refused where something is for people and the survey is not."""
    if survey.is_synthetic:
        raise Refused(f"Survey '{survey.name}' is synthetic: nobody can be asked in it. Create another one for people.")


def file_stem(survey: Survey) -> str:
    """What the names of its files begin with."""
    return f"SYNTHETIC-{survey.name}" if survey.is_synthetic else survey.name


def marked(frames: "Mapping[str, pd.DataFrame]") -> "dict[str, pd.DataFrame]":
    """The tables with a first column that says 1 in every row, and the codebook with a first line that explains it."""
    import pandas as pd  # noqa: PLC0415 - a second

    found = {}
    for name, frame in frames.items():
        table = frame.copy()
        if name == CODEBOOK:
            line = {"variable": SYNTHETIC, "type": "1", "note": MEANING}
            table = pd.concat([pd.DataFrame([line], columns=frame.columns, dtype=object), frame.astype(object)])
            table = table.convert_dtypes()
        else:
            table.insert(0, _free(SYNTHETIC, frame), 1)
        found[name] = table
    return found


def _free(header: str, frame: "pd.DataFrame") -> str:
    while header in frame.columns:
        header += "_"
    return header
