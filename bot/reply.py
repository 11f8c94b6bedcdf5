"""What a turn gives back to its channel."""

from dataclasses import dataclass, replace

from conversations.advice import Advice
from conversations.protocol import Block, Entry, Manner, Prompt, Terms
from storage.chats import Shown


@dataclass(frozen=True, slots=True)
class Settled:
    """What an earlier message says from now on; no blocks: as it is, but without buttons.

    `is_copy`: what is said now, or on coming back, says it all again, so that the message may go. `is_behind`: it is of
    another survey and stays as it is, for its buttons lead back there; only what it has put at the chat's foot goes.
    """

    message: str
    blocks: tuple[Block, ...]
    is_copy: bool = False
    is_behind: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the message is to say something else, or to lose its buttons."""
        return not (self.is_copy or self.is_behind)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a channel is to say now.

    `message` is the channel's name of the message to change for a REFRESH, "" if there is none.
    `session` is "" and `terms` None where there is nothing to answer (advice). `history` is filled by `look` only.
    `is_derived`: nothing was heard; of use only to who has not been told already. `form` is the version whose files the
    prompt shows; `erase` names the person's own message that holds a secret. `is_taken`: the file that was heard is an
    answer now; `left_out`: files that were answers and are none any more. `replaces`: of the message that was pressed
    nothing need stay, so that it may become this prompt. `noted` is the person's own message that corrected an answer,
    `toast` the words for it; `is_same`: the message to change looks so already. `celebrates`: it says for
    the first time that all has been handed in, and that was more than one answer. `before` is the place
    where the session stood when this was heard. `clears`: whatever stood in the chat before this is to go.
    `gives_data`: the file of all that is stored about the person comes with it. `told`: the words of its prompt that
    somebody asked for, which are said also if the reply itself is overtaken by a later one.
    """

    prompt: Prompt
    manner: Manner
    toast: str = ""
    message: str = ""
    settled: tuple[Settled, ...] = ()
    session: str = ""
    terms: Terms | None = None
    history: tuple[Entry, ...] = ()
    is_derived: bool = False
    form: str = ""
    erase: str = ""
    is_taken: bool = False
    left_out: frozenset[str] = frozenset()
    replaces: bool = False
    noted: str = ""
    is_same: bool = False
    celebrates: bool = False
    before: str = ""
    clears: bool = False
    gives_data: bool = False
    told: tuple[Block, ...] = ()

    def shown_as(self, message: str) -> Shown | None:
        """The mark that this has been said in `message`, or None for advice, which belongs to no session."""
        if not self.session:
            return None
        return Shown(self.session, message, self.prompt.place, self.prompt.revision)

    def after(self, told: tuple[Block, ...]) -> "Reply":
        """The same with these words above it."""
        return replace(self, prompt=replace(self.prompt, blocks=(*told, *self.prompt.blocks)))


@dataclass(frozen=True, slots=True)
class Preview:
    """What an invitation's page shows before anybody has said yes; `terms` is None for a link that leads nowhere.

    `obstacle` is why nothing can be begun with it here and now, and what the prompt says then; `is_own` where this
    sender has begun already, `is_beside` where the sender is in another participation now.
    """

    prompt: Prompt
    terms: Terms | None
    obstacle: Advice | None = None
    is_own: bool = False
    is_beside: bool = False
