"""Reply -> what the chat page shows: which buttons lead on, which inputs fit, what is folded away."""

from dataclasses import dataclass

from bot.dialogue import Reply
from bot.web.browser import Browser
from bot.web.hearing import Posted, new_ticket
from conversations.codes import Verb, read_code
from conversations.protocol import Block, Button, Entry, Kind, Media, Prompt, Style, Terms

RECENT = 2
"""Answers left in sight above the question; the earlier ones are folded."""

_LEADING = frozenset({Verb.ACCEPT, Verb.DONE, Verb.SUBMIT, Verb.RESUME, Verb.ADD_ROW})
_INPUTS = {
    Kind.TEXT: "text",
    Kind.MULTILINE: "multiline",
    Kind.INTEGER: "numeric",
    Kind.DECIMAL: "decimal",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.DATETIME: "datetime-local",
    Kind.PLACE: "place",
    Kind.PLACES: "place",
    Kind.UPLOAD: "file",
}
_ACCEPTED = {Media.IMAGE: "image/*", Media.AUDIO: "audio/*", Media.VIDEO: "video/*"}
_SHOWN_ANSWERS = (Kind.RANK, Kind.PLACES, Kind.UPLOAD)
"""Kinds whose answer no input can show."""
_ANSWERED_BY_NAME = frozenset({Kind.ONE, Kind.SCALE, Kind.RANK})


@dataclass(frozen=True, slots=True)
class ChatView:
    """Everything on the page that isn't a word of its own; `ticket` makes a form sent twice one act."""

    prompt: Prompt
    title: str
    sender: str
    token: str
    ticket: str
    session: str
    notices: tuple[str, ...]
    before: tuple[Block, ...]
    question: str
    hints: tuple[str, ...]
    after: tuple[Block, ...]
    entries: tuple[Entry, ...]
    value: str
    names: tuple[str, ...]
    is_refused: bool
    gives_data: bool

    @property
    def earlier(self) -> tuple[Entry, ...]:
        """The answers that are folded away."""
        return self.entries[:-RECENT]

    @property
    def recent(self) -> tuple[Entry, ...]:
        """The answers just given."""
        return self.entries[-RECENT:]

    @property
    def input(self) -> str:
        """The kind of input that fits; "" when there is nothing to write."""
        return "password" if self.prompt.is_masked else _INPUTS.get(self.prompt.kind, "")

    @property
    def accepts(self) -> str:
        """What a browser lets people choose among their files; "" for everything."""
        return _ACCEPTED.get(self.prompt.accepts, "") if self.prompt.accepts else ""

    @property
    def columns(self) -> str:
        """The class of so many columns of choices."""
        return f" columns-{self.prompt.columns}" if self.prompt.columns > 1 else ""

    @property
    def is_list(self) -> bool:
        """Whether the choices are check boxes, sent together."""
        return self.prompt.kind is Kind.MANY

    @property
    def can_be_written(self) -> bool:
        """Whether a choice may be written as well as pressed."""
        is_list_in_pages = self.is_list and self.prompt.pages > 1
        return (self.prompt.kind in _ANSWERED_BY_NAME or is_list_in_pages) and bool(self.prompt.choices)

    @property
    def leading(self) -> tuple[Button, ...]:
        """The buttons that go on; a list of check boxes brings its own."""
        return () if self.is_list else tuple(button for button in self.prompt.actions if _leads(button))

    @property
    def other(self) -> tuple[Button, ...]:
        """The buttons that leave the question as it is."""
        others = (button for button in self.prompt.actions if not _leads(button))
        return tuple(button for button in others if not _explains(button))


def _leads(button: Button) -> bool:
    press = read_code(button.code)
    return press is not None and press.verb in _LEADING


def _explains(button: Button) -> bool:
    """Here an explanation can be unfolded, and needs no button."""
    press = read_code(button.code)
    return press is not None and press.verb is Verb.EXPLAIN


def view_of(reply: Reply, terms: Terms, browser: Browser, posted: Posted | None = None) -> ChatView:
    """Show a reply; what was `posted` for the same place stays in its inputs, so that it can be corrected."""
    prompt = reply.prompt
    is_of_here = posted is not None and (posted.session, posted.place) == (reply.session, prompt.place)
    kept = posted if is_of_here else None
    typed = kept.text if kept is not None and not kept.code else ""
    notices = _notices(reply)
    return ChatView(
        prompt=prompt,
        title=terms.title,
        sender=terms.sender,
        token=browser.form_token,
        ticket=new_ticket(),
        session=reply.session,
        notices=notices,
        before=_before(prompt, terms),
        question=_words(prompt, Style.QUESTION),
        hints=tuple(block.text for block in prompt.blocks if block.style is Style.HINT),
        after=tuple(block for block in prompt.blocks if block.style is Style.ANSWER and prompt.kind in _SHOWN_ANSWERS),
        entries=() if prompt.kind is Kind.REVIEW else reply.history,
        value=_value(prompt, typed),
        names=kept.names if kept is not None and kept.is_list else _chosen(prompt),
        is_refused=bool(typed and notices),
        gives_data=reply.gives_data,
    )


def _value(prompt: Prompt, typed: str) -> str:
    """What stands in the input: a secret never does, and a line has its points above it."""
    if prompt.is_masked or prompt.kind is Kind.PLACES:
        return ""
    return typed or prompt.value


def has_something_to_say(reply: Reply) -> bool:
    """Whether this reply says what no later look would say again."""
    return bool(_notices(reply))


def _notices(reply: Reply) -> tuple[str, ...]:
    said = tuple(block.text for block in reply.prompt.blocks if block.style is Style.NOTICE)
    return (reply.toast, *said) if reply.toast and reply.toast not in said else said


def _before(prompt: Prompt, terms: Terms) -> tuple[Block, ...]:
    """Title, notes and progress; the survey's own title stands in the head of the page."""
    shown = (Style.SECTION, Style.PROGRESS, Style.NOTE, Style.PLAIN)
    return tuple(block for block in prompt.blocks if block.style in shown and block.text != terms.title)


def _words(prompt: Prompt, style: Style) -> str:
    return "\n".join(block.text for block in prompt.blocks if block.style is style)


def _chosen(prompt: Prompt) -> tuple[str, ...]:
    return tuple(button.name for button in prompt.choices if button.chosen)
