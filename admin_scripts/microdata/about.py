"""What is known of a response beside its answers: never more than the survey's privacy mode allows."""

from collections.abc import Iterable

from conversations.protocol import Mode

RESPONSES = "responses"
INDEX, PARENT_INDEX, PARENT_TABLE, RESPONSE_ID = "_index", "_parent_index", "_parent_table", "response_id"
DISPOSITION = "disposition"
COMMON = {
    RESPONSE_ID: "random number of the response; each protected export has others",
    "form_version": "version of the questionnaire that was answered",
    "language": "language the questionnaire was answered in",
}
DAY = {"submitted_on": "day of submission"}
IDENTIFIED = {
    "submitted_at": "moment of submission, in the survey's time zone",
    "person_id": "the person's id in the register",
    "register_weight": "the person's weight in the register",
}
PARTIAL = {DISPOSITION: "complete, partial or break-off"}
LINKS = {
    INDEX: "number of the row in this table",
    RESPONSE_ID: "random number of the response; each protected export has others",
    PARENT_TABLE: "the table around this one",
    PARENT_INDEX: "_index of the row around this one",
}


def about_columns(mode: Mode, register_titles: Iterable[str]) -> dict[str, str]:
    """Header -> what it means. `register_titles`: the register's own columns, for identified surveys only."""
    if mode is not Mode.IDENTIFIED:
        return COMMON | DAY
    return COMMON | IDENTIFIED | {register_header(title): f"{title}, from the register" for title in register_titles}


def register_header(title: str) -> str:
    """The column of what the register says under this title."""
    return f"register_{title}"


def reserved(about: Iterable[str]) -> tuple[str, ...]:
    """What no question's column is called."""
    return (INDEX, PARENT_INDEX, PARENT_TABLE, DISPOSITION, *about)
