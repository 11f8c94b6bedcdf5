"""What is said when there is no session to go on with: one helpful sentence, nothing to press."""

from enum import StrEnum

from conversations.phrases import N_, phrases_for
from conversations.protocol import Block, Kind, Prompt, Style


class Advice(StrEnum):
    """Why there is no questionnaire to show, each with its sentence."""

    UNKNOWN_TOKEN = N_(
        "This link is not valid, or no longer. Please open the link in your invitation again; "
        "if it does not work, ask those who invited you for a new one."
    )
    FOREIGN_TOKEN = N_(
        "This invitation is already being used on another account or device. Please go on there, "
        "or ask those who invited you for a new link. Nothing has been changed."
    )
    BEGINS_ANEW = N_(
        "The questionnaire was begun on another account or device. What was answered there is not shown here, to "
        "protect it: you begin anew."
    )
    BESIDE_ANOTHER = N_(
        "Another participation is open in this browser. It is kept, and its own link leads back to it; from here on "
        "you answer for this invitation."
    )
    PAGE_OF_ANOTHER = N_(
        "That page was of another participation, so nothing was changed. This one is open in this browser now; to go "
        "on with the other, open its own link."
    )
    NO_INVITATION = N_(
        "To take part you need a personal invitation. Please open the link that you received from your organisation."
    )
    NOTHING_STORED = N_(
        "You are not in a survey here: no answers of yours are stored, and you will receive no messages. "
        "To take part, open the personal link that you received from your organisation."
    )
    LINK_REPLACED = N_(
        "This chat is no longer linked to the survey, since a newer personal link has been made. Please open that one: "
        "there you can go on, see what is stored about you (/mydata) and erase it (/withdraw). If you have not "
        "received it, ask those who invited you."
    )
    NOT_OPEN_YET = N_("The survey is not open yet. Please come back when it has begun; your link stays valid.")
    SURVEY_CLOSED = N_("The survey is closed. Thank you for your interest.")
    NOT_STORED = N_("Something went wrong here, and what you sent last was not stored. Please send it once more.")
    PRIVATE_CHAT_ONLY = N_("A questionnaire is for one person. Please write to me in a private chat.")


def advice(about: Advice, language: str) -> Prompt:
    """The sentence in the language of an IETF tag."""
    text = phrases_for(language).say(about.value)
    return Prompt("", 0, Kind.ADVICE, phrases_for(language).language, (Block(Style.PLAIN, text),))
