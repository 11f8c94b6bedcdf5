"""Stored values in words: what a person reads instead of codes, moments and lists."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo

from conversations.answers.calendar_words import month_name
from conversations.answers.numbers import show_number
from conversations.languages import shown_name
from conversations.letters.deadline import moment_in_words
from conversations.phrases import N_, Phrases
from conversations.protocol import Status, WaveKind
from storage.due import Posting, Reason

_FOR_PROGRAMS = ("form_hash", "place", "occasion", "attempts")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {
        Status.NOTIFIED: N_("Not begun yet"),
        Status.ANSWERING: N_("You are answering"),
        Status.REVIEWING: N_("All is answered, and not submitted yet"),
        Status.SUBMITTED: N_("Submitted"),
        Status.DECLINED: N_("You do not take part"),
        Status.STOPPED: N_("You have stopped"),
    },
    "kind": {
        WaveKind.INVITATION: N_("Invitation"),
        WaveKind.REMINDER: N_("Reminder"),
        WaveKind.LAST_DAY: N_("Reminder before the end"),
        WaveKind.CLOSED: N_("End of the survey"),
        "": N_("A new link"),
    },
    "channel": {"telegram": N_("Telegram"), "web": N_("Web chat"), "email": N_("E-mail")},
    "state": {
        Posting.QUEUED: N_("Is to be sent"),
        Posting.CLAIMED: N_("Is to be sent"),
        Posting.SENDING: N_("Is being sent"),
        Posting.SENT: N_("Sent"),
        Posting.CANCELLED: N_("Was not sent"),
        Posting.DEAD: N_("Could not be sent"),
        Posting.DOUBT: N_("Perhaps sent"),
    },
    "reason": {
        Reason.NOT_ELIGIBLE: N_("You are not asked"),
        Reason.COMPLETED: N_("You had submitted"),
        Reason.DECLINED: N_("You did not take part"),
        Reason.STOPPED: N_("You had stopped"),
        Reason.QUIET: N_("You want no reminders"),
        Reason.UNDELIVERABLE: N_("An e-mail came back"),
        Reason.BLOCKED: N_("You had closed the chat to us"),
        Reason.NO_ADDRESS: N_("There is no e-mail address"),
        Reason.OPENED: N_("You had opened the link"),
        Reason.INVITED: N_("You were invited already"),
        Reason.NOT_INVITED: N_("You were not invited yet"),
        Reason.NOT_HALF_WAY: N_("You had not begun, or had finished"),
        Reason.ACTIVE_LATELY: N_("You were answering"),
        Reason.WRITTEN_LATELY: N_("You had been written to within a day"),
        Reason.TOLD_LATELY: N_("You had been told that it closes"),
        Reason.SURVEY_OVER: N_("The survey is not open"),
    },
}


class Values:
    """Those of one person, in one language and time zone."""

    def __init__(self, phrases: Phrases, zone: tzinfo) -> None:
        self._phrases = phrases
        self._kinds: Mapping[type, Callable[..., str]] = {
            bool: self._yes_or_no,
            float: lambda number: show_number(f"{number:f}".rstrip("0").rstrip("."), phrases.language),
            datetime: lambda moment: moment_in_words(moment.astimezone(zone), phrases),
            date: self._day,
            dict: lambda pairs: "\n".join(f"{name}: {value}" for name, value in pairs.items()),
            list: lambda several: ", ".join(map(str, several)),
        }

    def in_words(self, name: str, value: object) -> str:
        """The words for the value of that name; "" for nothing, and for what is of use to programs only."""
        if name in _FOR_PROGRAMS:
            return ""
        if name == "language":
            return shown_name(str(value))
        known = _WORDS.get(name, {}).get("" if value is None else str(value))
        if known is not None:
            return self._phrases.say(known)
        return "" if value is None else self._kinds.get(type(value), str)(value)

    def _yes_or_no(self, value: bool) -> str:  # noqa: FBT001 - it is the value
        say = self._phrases.say
        return say("Yes") if value else say("No")

    def _day(self, day: date) -> str:
        month = month_name(day.month, self._phrases.language)
        return self._phrases.say("{day} {month} {year}", day=day.day, month=month, year=day.year)
