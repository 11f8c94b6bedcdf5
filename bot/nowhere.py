"""What leads nowhere: a chat that is in no survey, or whose invitation has been renewed, and a link that is not its."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.refusals import advise, said_above
from bot.reply import Reply
from conversations.advice import Advice
from conversations.protocol import Command, Commanded, Heard
from storage.turns import OpenTurn

_OF_WHAT_IS_KEPT = (Command.PRIVACY, Command.STOP, Command.MYDATA, Command.WITHDRAW)


_OF_THE_LINK = (Advice.UNKNOWN_TOKEN, Advice.FOREIGN_TOKEN)


def below(about: Advice, here: Reply) -> Reply:
    """What is asked here, in its language, below a sentence about something else."""
    return here.after(said_above(about, here.prompt.language))


async def misled(
    opened: OpenTurn, about: Advice, language_wish: str, once_more: Callable[[], Awaitable[Reply]]
) -> Reply:
    """A link that begins nothing here; who is at something is left there, and `once_more` says what is asked."""
    if opened.stored is None or about not in _OF_THE_LINK:
        return advise(about, language_wish)
    return below(about, await once_more())


async def said_nowhere(
    opened: OpenTurn, heard: Heard, language_wish: str, once_more: Callable[[], Awaitable[Reply]]
) -> Reply:
    """What helps on. A chat that is in other surveys turns to one of them, and `once_more` says what is asked there."""
    others = await opened.sessions_here()
    if others:
        await opened.turn_to(others[0])
        return below(Advice.LINK_REPLACED, await once_more())
    if not opened.is_unlinked:
        return advise(_for_a_stranger(heard), language_wish)
    clears = isinstance(heard, Commanded) and heard.command is Command.CLEAN
    if clears:
        await opened.clear()
    return replace(advise(Advice.LINK_REPLACED, language_wish), clears=clears)


def _for_a_stranger(heard: Heard) -> Advice:
    asks_what_is_kept = isinstance(heard, Commanded) and heard.command in _OF_WHAT_IS_KEPT
    return Advice.NOTHING_STORED if asks_what_is_kept else Advice.NO_INVITATION
