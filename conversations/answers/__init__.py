"""What a respondent types becomes a value, and a value becomes what a person reads: one file per kind of question."""

from collections.abc import Mapping

from conversations.answers import (
    acknowledge,
    barcode,
    date,
    datetime,
    decimal,
    geopoint,
    integer,
    lines,
    range,  # noqa: A004 - the kind's name
    rank,
    select_multiple,
    select_one,
    sent,
    text,
    time,
)
from conversations.answers.asked import Asked, Reader, Slip
from conversations.answers.cleaning import LONGEST, cleaned, is_blank
from conversations.forms import ControlKind
from conversations.sent_kinds import SENT

__all__ = ["READERS", "Asked", "Reader", "Slip", "read_answer", "show_answer"]

READERS: Mapping[ControlKind, Reader] = {
    ControlKind.TEXT: Reader(text.read, text.show),
    ControlKind.INTEGER: Reader(integer.read, integer.show),
    ControlKind.DECIMAL: Reader(decimal.read, decimal.show),
    ControlKind.DATE: Reader(date.read, date.show),
    ControlKind.TIME: Reader(time.read, time.show),
    ControlKind.DATETIME: Reader(datetime.read, datetime.show),
    ControlKind.SELECT_ONE: Reader(select_one.read, select_one.show),
    ControlKind.SELECT_MULTIPLE: Reader(select_multiple.read, select_multiple.show),
    ControlKind.RANK: Reader(rank.read, rank.show),
    ControlKind.RANGE: Reader(range.read, range.show),
    ControlKind.ACKNOWLEDGE: Reader(acknowledge.read, acknowledge.show),
    ControlKind.GEOPOINT: Reader(geopoint.read, geopoint.show),
    ControlKind.BARCODE: Reader(barcode.read, barcode.show),
    **dict.fromkeys(lines.LEAST, Reader(lines.read, lines.show)),
    **dict.fromkeys(SENT, Reader(sent.read, sent.show)),
}


def read_answer(asked: Asked, said: str) -> str | Slip:
    """Turn what was said into the value that is stored, in the lexical form of XForms, never ""; or say what is wrong.

    No text raises; a kind that is no question (a note, a group) does (KeyError).
    """
    words = cleaned(said)
    if is_blank(words):
        return Slip(asked.phrases.say("Please write your answer."))
    if len(words) > LONGEST:
        return Slip(asked.phrases.say("That is too long: at most {n} characters, please.", n=LONGEST))
    return READERS[asked.kind].read(asked, words)


def show_answer(asked: Asked, value: str) -> str:
    """Say a stored value as a person reads it: "10 marzo 2026", labels of choices; what has no such form, as it is."""
    return READERS[asked.kind].show(asked, value) if value else ""
