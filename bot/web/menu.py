"""The commands as the web chat offers them."""

from conversations.phrases import Phrases
from conversations.protocol import Command


def menu_of(phrases: Phrases) -> tuple[tuple[Command, str], ...]:
    """The commands, in the order of the menu."""
    say = phrases.say
    return (
        (Command.STATUS, say("Where am I?")),
        (Command.BACK, say("Previous question")),
        (Command.SURVEYS, say("My surveys")),
        (Command.SUMMARY, say("My answers")),
        (Command.LANGUAGE, say("Language")),
        (Command.PRIVACY, say("Privacy")),
        (Command.CLEAN, say("Clear the chat")),
        (Command.HELP, say("Help")),
        (Command.STOP, say("Stop here")),
        (Command.MYDATA, say("My data")),
        (Command.WITHDRAW, say("Erase my answers")),
    )
