"""The words around the conversation: buttons, labels for those who listen to the page, and what can go wrong."""

from conversations.phrases import Phrases
from conversations.protocol import Command


def words_of(phrases: Phrases) -> dict[str, str]:
    """The sentences that the templates name, in one language."""
    say = phrases.say
    return {
        "language": phrases.language,
        "skip_link": say("Go to the question"),
        "conversation": say("Answers so far"),
        "question": say("Question"),
        "your_answer": say("Your answer"),
        "progress": say("Progress"),
        "change": say("Change"),
        "send": say("Send"),
        "done": say("Done"),
        "menu": say("Menu"),
        "type_instead": say("Write the answer instead"),
        "saved": say("Every answer is saved at once."),
        "offline": say("The connection is interrupted. What you have written is still here: please try again."),
        "try_again": say("Try again"),
        "answer_here": say("Answer here"),
        "answer_in_telegram": say("Answer in Telegram"),
        "nothing_starts": say("Opening this page starts nothing: you decide after reading what it is about."),
        "personal": say("This link is personal: please do not pass it on."),
        "open_conversation": say("Open the conversation"),
        "new_tab": say("opens in a new tab"),
    }


def menu_of(phrases: Phrases) -> tuple[tuple[Command, str], ...]:
    """The commands, in the order of the menu."""
    say = phrases.say
    return (
        (Command.STATUS, say("Where am I?")),
        (Command.BACK, say("Previous question")),
        (Command.LANGUAGE, say("Language")),
        (Command.PRIVACY, say("Privacy")),
        (Command.HELP, say("Help")),
        (Command.STOP, say("Stop here")),
    )


def earlier_answers(phrases: Phrases, n: int) -> str:
    """The label of the answers that are folded away."""
    return phrases.count("{n} earlier answer", "{n} earlier answers", n)


def not_saved(phrases: Phrases) -> str:
    """The database did not take it."""
    return phrases.say("This could not be saved just now. What you have written is still here: please try again.")


def too_long(phrases: Phrases) -> str:
    """More than a form may hold."""
    return phrases.say("This was too long to be received. Please go back and shorten it.")


def no_such_page(phrases: Phrases) -> str:
    """An address that is none of ours."""
    return phrases.say("There is no such page. To answer a survey, please open the personal link in your invitation.")


def form_refused(phrases: Phrases) -> str:
    """A form without its token, or that was never ours."""
    return phrases.say("Nothing was changed, because this page was out of date. Please open the conversation again.")


def cookie_needed(phrases: Phrases) -> str:
    """The browser did not send back what recognises it."""
    return phrases.say(
        "Your browser does not keep the cookie by which it is recognised. Please allow it and open your link again."
    )


def our_fault(phrases: Phrases) -> str:
    """Something broke on our side."""
    return phrases.say(
        "Something went wrong on our side. Your saved answers are safe: please try again in a few minutes."
    )
