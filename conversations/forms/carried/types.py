"""Every type of question that pyxform knows: carried, or refused or warned of with a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.forms.problems import Problem, Severity
from conversations.forms.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a type is not carried as it stands, and what to do instead."""

    severity: Severity
    what: str
    remedy: str


CARRIED = frozenset(
    {
        *("text", "string", "q string", "add text prompt", "phone number"),
        *("integer", "int", "q int", "add integer prompt", "decimal", "q decimal", "add decimal prompt", "range"),
        *("percentage", "number of days in last month", "number of days in last six months"),
        "number of days in last year",
        *("date", "q date", "add date prompt", "time", "datetime", "date time", "q datetime", "q date time"),
        *("add datetime prompt", "add date time prompt"),
        *("select one", "q select1", "add select one prompt using", "select one using"),
        *("select all that apply", "q select", "select all that apply from", "select multiple from"),
        *("select multiple using", "add select multiple prompt using", "rank"),
        *("note", "q note", "add note prompt", "acknowledge", "q acknowledge", "add acknowledge prompt", "trigger"),
        *("geopoint", "gps", "location", "q geopoint", "q location", "add location prompt"),
        *("geotrace", "q geotrace", "geoshape", "q geoshape"),
        *("image", "photo", "q image", "q picture", "add image prompt", "barcode", "q barcode", "add barcode prompt"),
        *("audio", "q audio", "add audio prompt", "video", "q video", "add video prompt", "file", "add file prompt"),
        *("calculate", "q calculate", "add calculate prompt", "hidden", "csv-external", "xml-external"),
        *("start", "start time", "get start time", "end", "end time", "get end time", "today", "get today"),
        *("deviceid", "device id", "get device id", "imei", "uri:deviceid"),
    }
)
"""Carried as they stand, by their names in lower case."""

_PERSON = Verdict(
    "warning",
    "is known in an identified survey only, and stays blank in any other",
    "Take the row out, or create the survey with --mode identified.",
)
_TELEPHONE = Verdict(
    "warning", "is not known to a chat and stays blank", "Take the row out, or ask for what you need to know."
)
_PLACE_UNASKED = Verdict(
    "warning",
    "would be where somebody is without being asked; a chat cannot look, and it stays blank",
    "Ask for the place with a question of type geopoint.",
)

NOT_CARRIED = {
    **dict.fromkeys(("username", "uri:username", "email", "uri:email"), _PERSON),
    **dict.fromkeys(("phonenumber", "get phone number", "uri:phonenumber"), _TELEPHONE),
    **dict.fromkeys(("simserial", "sim id", "get sim id", "uri:simserial"), _TELEPHONE),
    **dict.fromkeys(("subscriberid", "subscriber id", "get subscriber id", "uri:subscriberid"), _TELEPHONE),
    **dict.fromkeys(("start-geopoint", "background-geopoint"), _PLACE_UNASKED),
    "background-audio": Verdict(
        "error",
        "would record while the questions are answered, and a chat cannot listen",
        "Take the row out, or ask for a recording with a question of type audio.",
    ),
    "audit": Verdict(
        "error",
        "would write a log of every tap, and none is written: only answers are kept, with the order they came in",
        "Take the row out.",
    ),
    "osm": Verdict(
        "error", "would edit OpenStreetMap in an app of its own", "Take the row out, or ask for a geoshape."
    ),
    "select one external": Verdict(
        "error",
        "takes its choices from the sheet external_choices, an old form of ODK that is not carried",
        "Save the choices as a CSV file beside the workbook and write select_one_from_file choices.csv.",
    ),
}
"""Refused (an error) or carried in part (a warning), by their names in lower case."""

_WITH_A_LIST = re.compile(r"(select[_ ]one[_ ]external|osm)\b.*")


def check_types(survey: Sheet) -> Iterator[Problem]:
    """The rows of a type that a chat does not carry as it stands."""
    for row in survey.rows:
        kind = row.get("type").lower()
        verdict = NOT_CARRIED.get(_WITH_A_LIST.sub(lambda found: found[1].replace("_", " "), kind))
        if verdict is not None:
            what = f"'{row.get('name') or kind}' ({row.get('type').split()[0]}) {verdict.what}."
            yield Problem("not-carried", survey.cell(row, "type"), what, verdict.remedy, verdict.severity)
