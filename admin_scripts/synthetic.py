"""The mark of surveys that nobody answered: in lists, sentences, file names and tables, so that none is mistaken."""

from datetime import datetime

from admin_scripts.refusal import Refused
from storage.surveys import Survey

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
