"""Protected exports of one survey that somebody has side by side: none tells what another one withholds.

The rows of two exports can always be set against each other by what was answered. So
- what describes people is let out of one set of responses only, after the close: what is withheld in one export is
  withheld in all;
- nothing is let out of responses that differ from those of an earlier export by few: the rows that one has and the
  other has not would be those of the few who came in between;
- ids, order and names of files are made of a secret and of the set of responses. The same export is the same, byte by
  byte; of other responses, or with those who stopped half-way, it has nothing in common with the one before.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from admin_scripts.disclosure.protect import K
from admin_scripts.refusal import Refused
from storage.releases import Kind, Release
from storage.surveys import State, Survey

DESCRIBES, HALF_WAY = "describes people", "half-way"
"""Among the options of a release: whether it has what describes people, and which of those who stopped it has."""
ID_BYTES = 16


class RefusedForFew(Refused):
    """An earlier export differs by the responses of few."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The responses of an export: how many, and which; `half_way` says which of those who stopped, "" without them."""

    responses: int
    handed_in: str
    half_way: str = ""


@dataclass(frozen=True, slots=True)
class OtherNames:
    """The ids and names of files in one protected export; without the key nobody gets from one to another."""

    key: bytes

    def of(self, ids: Sequence[str]) -> NDArray[np.bytes_]:
        """The ids under which these responses are let out, drawn for all of them at once: of others they are others."""
        told = hashlib.shake_256(self.key + "\n".join(ids).encode()).hexdigest(ID_BYTES * len(ids))
        return np.frombuffer(told.encode(), f"S{2 * ID_BYTES}")

    def of_file(self, name: str) -> str:
        """The name of a file that a respondent has sent."""
        stem, _, suffix = name.rpartition(".")
        return f"{self.of([f'file:{stem}'])[0].decode()}.{suffix}"


def names_for(secret: bytes, survey: Survey, rows: Rows) -> OtherNames:
    """Of an export of these responses."""
    told = f"export:{survey.id}:{rows.handed_in}:{rows.half_way}"
    return OtherNames(hmac.new(secret, told.encode(), hashlib.sha256).digest())


def why_not_described(survey: Survey, rows: Rows, earlier: Sequence[Release], now: datetime) -> str:
    """Why what describes people is withheld altogether; "" where it may be let out as far as k share it."""
    if survey.state(now) is not State.CLOSED:
        return "until the survey is closed: later exports would show who came in between"
    for release in _protected(earlier):
        half_way = release.options.get(HALF_WAY, "")
        is_same = release.data_hash == rows.handed_in and (not rows.half_way or half_way in ("", rows.half_way))
        if release.options.get(DESCRIBES, True) and not is_same:
            return (
                f"since the export of {release.day} has it of other responses: the two would show who came or went in"
                " between"
            )
    return ""


def refuse_few(rows: Rows, earlier: Sequence[Release]) -> None:
    """Refused if an earlier export has 1 to k - 1 responses more or fewer, or as many and others."""
    for release in _protected(earlier):
        few = abs(rows.responses - release.responses)
        if few < K and release.data_hash != rows.handed_in:
            differ = f"there are {few} more or fewer now" if few else "there are as many now, but some are others"
            raise RefusedForFew(
                f"The export of {release.day} has {release.responses} responses, and {differ}: whoever has both would"
                f" know the rows of these few. Wait until at least {K} have been added, go on with the files of"
                f" {release.day}, or say what everything is needed for: --whole --purpose. Nothing was written."
            )


def said_on_record(rows: Rows, *, describes: bool) -> Mapping[str, object]:
    """What the record of a protected export has among its options, for the next one."""
    return {DESCRIBES: describes} | ({HALF_WAY: rows.half_way} if rows.half_way else {})


def published_by(earlier: Sequence[Release]) -> tuple[str, ...]:
    """The questions by which results have been broken down."""
    found = {str(one.options.get("by") or "") for one in earlier if one.kind is Kind.PUBLISHED}
    return tuple(sorted(found - {""}))


def _protected(earlier: Sequence[Release]) -> Iterator[Release]:
    """Exports that have rows; lists of texts for coders have none."""
    return (one for one in earlier if one.kind is Kind.PROTECTED and "format" in one.options and one.responses)
