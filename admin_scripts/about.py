"""What an export tells of a response beside the answers: never more than the survey's privacy mode allows."""

from collections.abc import Iterable
from datetime import datetime

from admin_scripts.cells import Cell
from admin_scripts.columns import RESPONSE_ID
from conversations.languages import tag_of
from conversations.protocol import Mode
from storage.submitted import ResponseRow
from storage.surveys import Survey

COMMON = {
    RESPONSE_ID: "random number of the response",
    "form_version": "version of the questionnaire that was answered",
    "language": "language the questionnaire was answered in",
}
DAY = {"submitted_on": "day of submission"}
IDENTIFIED = {
    "submitted_at": "moment of submission, in the survey's time zone",
    "person_id": "the person's id in the register",
    "register_weight": "the person's weight in the register",
}
ATTRIBUTE = "register_{}"


def about_columns(mode: Mode, responses: Iterable[ResponseRow]) -> dict[str, str]:
    """Header -> what it means."""
    if mode is not Mode.IDENTIFIED:
        return COMMON | DAY
    titles = dict.fromkeys(title for row in responses if row.person for title in row.person.attributes)
    return COMMON | IDENTIFIED | {ATTRIBUTE.format(title): f"{title}, from the register" for title in titles}


def about_row(response: ResponseRow, version: str, survey: Survey) -> dict[str, Cell]:
    """The cells of those columns."""
    row: dict[str, Cell] = {RESPONSE_ID: response.id, "form_version": version}
    row["language"] = tag_of(response.language) or response.language
    if survey.mode is not Mode.IDENTIFIED:
        return row | {"submitted_on": response.submitted_on}
    if response.submitted_at is not None:
        row["submitted_at"] = _local(response.submitted_at, survey)
    if response.person is not None:
        row |= {"person_id": response.person.person_id, "register_weight": response.person.weight}
        row |= {ATTRIBUTE.format(title): value for title, value in response.person.attributes.items()}
    return row


def _local(moment: datetime, survey: Survey) -> datetime:
    return moment.astimezone(survey.zone).replace(microsecond=0, tzinfo=None)
