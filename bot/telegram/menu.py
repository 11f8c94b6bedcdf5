"""The menus of commands, in each language that we speak; sent only where it has changed."""

from bot.coordinators.welcome import COMMANDS
from bot.telegram.calls import Calls
from conversations.phrases import LANGUAGES, N_, phrases_for
from conversations.protocol import Command

_WORDS = {
    Command.START: N_("Begin, or go on where you were"),
    Command.BACK: N_("Return to the question before"),
    Command.SUMMARY: N_("See your answers and change them"),
    Command.STATUS: N_("How far you are"),
    Command.SURVEYS: N_("Your surveys, and how far you are"),
    Command.LANGUAGE: N_("Change the language"),
    Command.PRIVACY: N_("How your answers are protected"),
    Command.CLEAN: N_("Clear this chat; your answers stay saved"),
    Command.HELP: N_("How this works"),
    Command.STOP: N_("Stop and receive no more messages"),
    Command.MYDATA: N_("All that is stored about you, as a file"),
    Command.WITHDRAW: N_("Erase all your answers"),
}


def menu_in(language: str) -> list[dict[str, str]]:
    """The commands with what they do."""
    say = phrases_for(language).say
    return [{"command": command.value, "description": say(words)} for command, words in _WORDS.items()]


def coordinators_menu_in(language: str) -> list[dict[str, str]]:
    """Theirs first, then everybody's: they may take part as well."""
    say = phrases_for(language).say
    own = [{"command": verb.value, "description": say(what)} for verb, what in COMMANDS.items()]
    return [*own, *menu_in(language)]


async def register_menu(calls: Calls) -> None:
    """Set the menu for each language, and English for all others."""
    for code in ("", *LANGUAGES):
        wanted = menu_in(code or "en")
        scope = {"language_code": code} if code else {}
        if await calls.call("getMyCommands", **scope) != wanted:
            await calls.call("setMyCommands", commands=wanted, **scope)
