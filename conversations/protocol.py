"""The closed vocabulary: all that can be heard, prompted and changed. Frozen, and no behaviour.

Channels translate into `Heard` and out of `Prompt`; they never look at a questionnaire.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """The privacy mode of a survey."""

    IDENTIFIED = "identified"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Status(StrEnum):
    """The life of a session; the moves between them are the table in `machine.py`."""

    NOTIFIED = "notified"
    ANSWERING = "answering"
    REVIEWING = "reviewing"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    STOPPED = "stopped"


class WaveKind(StrEnum):
    """Why a survey writes to people on its own."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    LAST_DAY = "last_day"
    CLOSED = "closed"


class Command(StrEnum):
    """What a respondent can say in every state, by name."""

    START = "start"
    HELP = "help"
    BACK = "back"
    SUMMARY = "summary"
    STATUS = "status"
    LANGUAGE = "language"
    PRIVACY = "privacy"
    CLEAN = "clean"
    STOP = "stop"
    SURVEYS = "surveys"
    MYDATA = "mydata"
    WITHDRAW = "withdraw"


class Media(StrEnum):
    """What a file is, told by its content; FILE is anything."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"


class Trouble(StrEnum):
    """Why a file that was sent is not there."""

    TOO_LARGE = "too_large"
    LOST = "lost"


MOST_MEGABYTES = 20
"""Of a file that is an answer: what Telegram lets a bot fetch, and the same in the web chat."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a respondent is told about the survey before and while answering."""

    title: str
    sender: str
    mode: Mode
    contact: str = ""
    closes_at: datetime | None = None


# ---------------------------------------------------------------- heard


@dataclass(frozen=True, slots=True)
class Typed:
    """A text. `message` is the channel's name for it, so that a later edit finds its answer.

    `place` is given by channels that know which prompt the text was written under (a web form);
    a text for another place than the current one changes nothing.
    """

    text: str
    message: str = ""
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """A text said earlier was corrected where it stands.

    `owner` is the other survey of this person in which it gave an answer, where the channel's side has found it.
    """

    text: str
    message: str
    owner: "Beside | None" = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; `code` is what `Button.code` was, perhaps long ago, perhaps forged.

    `owner` is the other survey of this person to which the button belongs, where the channel's side has found it.
    """

    code: str
    owner: "Beside | None" = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Several choices at once, by name: a form with check boxes. Only for the place it names.

    The names are those ticked on the page shown. `code` is the button that sent the form, "" for its own: turning the
    page keeps the ticks, any other button leaves them.
    """

    names: tuple[str, ...]
    place: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command, or a button that stands for one. `beside`: the person's other surveys here, for who asks for them."""

    command: Command
    beside: "tuple[Beside, ...]" = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A place was shared: degrees, and the accuracy in metres (0: not known)."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A file was sent, and is kept already, for good, under `name`.

    `of_several`: others came with it, which are not taken. `place` as of `Typed`.
    """

    name: str
    media: Media
    of_several: bool = False
    place: str | None = None


@dataclass(frozen=True, slots=True)
class NotReceived:
    """A file was sent as an answer and did not get here; `most` are the megabytes that it may have."""

    trouble: Trouble
    most: int = MOST_MEGABYTES


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is no answer here: `kind` is 'sticker', 'voice', 'contact', 'photo', ..."""

    kind: str


@dataclass(frozen=True, slots=True)
class Misplaced:
    """An answer to another prompt than the one that is asked now: it was sent before that was there, or says so itself.

    `place` is of the prompt that it answers, "" if that is not known; `message` as of `Typed`.
    """

    place: str = ""
    message: str = ""


Heard = Typed | Edited | Pressed | Chosen | Commanded | Located | Sent | NotReceived | Unreadable | Misplaced


# ---------------------------------------------------------------- prompted


class Style(StrEnum):
    """What a block of text is; channels decide how that looks."""

    NOTICE = "notice"  # about what was just heard: a refusal, a confirmation, help
    SECTION = "section"  # title of the group
    PROGRESS = "progress"  # "Question 5 of about 22"
    NOTE = "note"  # the author's note; Markdown
    QUESTION = "question"  # the author's label; Markdown
    HINT = "hint"  # the author's hint, or how to use what is shown; Markdown
    ANSWER = "answer"  # an answer given
    PLAIN = "plain"  # the bot's own text


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph in the respondent's language. NOTE, QUESTION and HINT are XLSForm Markdown, the others plain."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `code` is opaque ASCII of at most 64 bytes.

    `name` is that of the choice, if it is one, and `image` the file of its picture. `rank` is its place among those
    that were put in order, 0 for none. `short` is the number that stands for it where there is no room for the label.
    """

    label: str
    code: str
    chosen: bool = False
    name: str = ""
    image: str = ""
    rank: int = 0
    short: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An answered question in the review: pressing `button` goes there."""

    question: str
    answer: str
    button: Button


class Kind(StrEnum):
    """What the prompt is, so that a channel can offer the fitting input."""

    WELCOME = "welcome"
    TEXT = "text"
    MULTILINE = "multiline"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    ONE = "one"  # press one of `choices`
    MANY = "many"  # toggle `choices`, then an action "done"
    RANK = "rank"  # press `choices` in order, one again to take it out, an action "undo", then "done"
    SCALE = "scale"  # like ONE, with numbers: show in few rows
    ACKNOWLEDGE = "acknowledge"
    PLACE = "place"  # a location, shared or written
    PLACES = "places"  # locations one after the other, an action "undo", then "done"
    UPLOAD = "upload"  # something is sent: `accepts` says what
    REPEAT = "repeat"  # add another, or go on: only actions
    REVIEW = "review"  # `entries`, pages, submit
    RECEIPT = "receipt"
    DECLINED = "declined"
    STOPPED = "stopped"
    WITHDRAWAL = "withdrawal"  # whether to erase everything: only actions
    REMINDER = "reminder"  # said without being asked: asks nothing, and has two buttons that work for ever
    ADVICE = "advice"  # no session: unknown link, nothing to do here


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file of the questionnaire that is shown with the question."""

    media: Media
    name: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Buttons in rows, under a title, that make a date, a time or a number where a channel has no input for it."""

    title: str
    rows: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """All that the respondent is shown now, in order: blocks, then choices or entries, then actions.

    `place` names where in the questionnaire this is; two prompts of the same place may be the same message.
    """

    place: str
    revision: int
    kind: Kind
    language: str  # IETF tag: "it"
    blocks: tuple[Block, ...]
    choices: tuple[Button, ...] = ()
    entries: tuple[Entry, ...] = ()
    actions: tuple[Button, ...] = ()
    value: str = ""  # the stored answer, for an input that can be pre-filled
    low: str = ""  # bounds of a number or an ISO date, where the questionnaire's parameters say them
    high: str = ""
    progress: tuple[int, int] = (0, 0)  # number of the question and of all; (0, 0) where none is asked
    exhibits: tuple[Exhibit, ...] = ()  # the author's pictures, sounds and films, shown with the question
    guidance: str = ""  # the author's explanation for who wants to know more; Markdown
    accepts: Media | None = None  # what an UPLOAD is to be
    columns: int = 0  # of the choices, as the author wishes; 0 where nothing is wished
    legend: tuple[str, ...] = ()  # what the numbers of the choices mean, a line each, where only these are shown
    first: int = 1  # the number of the first of `choices` among all of them
    pages: int = 1  # of the choices
    is_masked: bool = False  # what is written is not to be seen
    grid: Grid | None = None  # of a question whose answer can be put together so, and always be written as well


class Manner(StrEnum):
    """How a channel says the prompt."""

    ASK = "ask"  # a new message; the earlier one is settled
    REFRESH = "refresh"  # the same message, changed in place
    QUIET = "quiet"  # nothing to show but `toast`


# ---------------------------------------------------------------- changed


@dataclass(frozen=True, slots=True)
class AnswerKept:
    """An answer was given, changed or blanked (`value` is "").

    `path` is /data/group/question; rows of repeats are numbered from 1: /data/rep[2]/question.
    """

    path: str
    value: str


@dataclass(frozen=True, slots=True)
class StatusMoved:
    """The session's life went on."""

    status: Status


@dataclass(frozen=True, slots=True)
class Submitted:
    """The response: (path, value) of all that is relevant, in document order; "" is a question left out."""

    answers: tuple[tuple[str, str], ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class RemindersOff:
    """The person wants no more reminders; answering goes on as before."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """All answers are to be erased, also those that were handed in; no more messages."""


@dataclass(frozen=True, slots=True)
class ChatCleared:
    """What stands in the chat is to go; answers stay."""


Change = AnswerKept | StatusMoved | Submitted | RemindersOff | ChatCleared | Withdrawn


# ---------------------------------------------------------------- the session


@dataclass(frozen=True, slots=True)
class Renewal:
    """The questionnaire was changed under a walk, and the respondent has not been told yet.

    `again` answers are to be given again, `added` questions are new; `asks_anew` where what is asked now is not what
    the respondent was shown last. `named` are the first places of those asked again, each with the answer that was
    given there, in words; "" where it is not to be seen.
    """

    again: int = 0
    added: int = 0
    asks_anew: bool = False
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A participant's walk through a questionnaire: everything that is kept between two things heard.

    `filled` is the engine's snapshot (JSON); `seed` makes shuffles and the receipt repeatable.
    """

    status: Status
    language: str  # as the questionnaire names it: "Italiano (it)"; "" when it names none
    seed: int
    revision: int = 0
    place: str = ""
    page: int = 0
    draft: tuple[str, ...] = ()
    part: str = ""  # what the choices shown have in common: a part of a label that was typed
    seen: tuple[str, ...] = ()  # places answered or confirmed; a default that nobody saw is still asked
    passed: tuple[str, ...] = ()  # places skipped, repeats said to be complete
    left: tuple[str, ...] = ()  # the place that was left for an earlier answer or the summary, and then its draft
    typed: tuple[tuple[str, str], ...] = ()  # (message, place) of the last typed answers
    cleared: tuple[str, ...] = ()  # places whose answers the chat shows no more
    receipt: str = ""
    progress: tuple[int, int] = (0, 0)  # questions done, and all that are asked; after the submission as it was then
    filled: dict[str, object] = field(default_factory=dict)
    renewal: Renewal | None = None
    unknown: dict[str, object] = field(default_factory=dict)  # what a later version of the program has kept besides

    @property
    def is_one_answer(self) -> bool:
        """Whether one question was all, as for somebody who says no in the first one: there is nothing to celebrate."""
        return self.progress[1] == 1


@dataclass(frozen=True, slots=True)
class Beside:
    """Another survey of the same person in the same chat; `is_open`: it can be answered now."""

    title: str
    session: Session
    is_open: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What one thing heard has brought: the new session, what to keep, and what to say.

    `settled` is what the message of the place before says from now on: question and answer, no buttons. `erase` is the
    respondent's own message, if it holds what nobody shall read there. `is_verbatim`: the answer stands in the chat as
    the respondent wrote it, so that its question may stay as it is. `noted` is the respondent's own message that
    corrected an answer: a sign on it says so, or else the toast. `is_same`: the prompt looks as it did before.
    `is_foreign`: a button was pressed, or a message corrected, that belongs to nothing in this session. `is_return`: a
    pause was spoken of, and is over with that.
    """

    session: Session
    changes: tuple[Change, ...]
    prompt: Prompt
    manner: Manner
    toast: str = ""
    settled: tuple[Block, ...] = ()
    erase: str = ""
    is_verbatim: bool = False
    noted: str = ""
    is_same: bool = False
    is_foreign: bool = False
    is_return: bool = False
