"""What is said to who opens a coordinator's one-time link."""

from bot.coordinators.orders import Answer, Verb
from conversations.phrases import N_, Phrases
from conversations.protocol import Block, Style
from storage.coordinators import Coordinator, Link

COMMANDS = {
    Verb.RATE: N_("How many have answered"),
    Verb.EXPORT: N_("The responses as a file"),
    Verb.REMIND: N_("Remind those who have not answered"),
}
"""What each command does, in a few words."""


def words(standing: Link, coordinator: Coordinator | None, phrases: Phrases) -> Answer:
    """To whom it was made for, the surveys and the commands; to others why it is of no use."""
    say = phrases.say
    if standing is Link.EXPIRED:
        return _said(say("This link has expired. Please ask those who gave it to you for a new one."))
    if coordinator is None or standing is Link.OTHER:
        return _said(
            say(
                "This account coordinates under another name already, so the link was not used. Please tell those who "
                "gave it to you."
            )
        )
    surveys = "\n".join(survey.title for survey in coordinator.surveys)
    commands = "\n".join(f"/{verb}: {say(what)}" for verb, what in COMMANDS.items())
    told = (
        say("From now on you can follow these surveys in this chat:"),
        surveys,
        commands,
        say("If you take part in a survey yourself, your questionnaire goes on here as before."),
    )
    return Answer(tuple(Block(Style.PLAIN, text) for text in told), is_named=True)


def _said(text: str) -> Answer:
    return Answer((Block(Style.PLAIN, text),))
