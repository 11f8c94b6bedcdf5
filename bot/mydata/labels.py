"""What each value of the file is, by the name of its column."""

from conversations.phrases import Phrases


def of_person(phrases: Phrases) -> dict[str, str]:
    """A row of the list of people."""
    say = phrases.say
    return {
        "person_id": say("Identifier"),
        "name": say("Name"),
        "email": say("E-mail address"),
        "language": say("Language"),
        "weight": say("Weight in the results"),
        "attributes": say("Further columns of the list"),
        "generation": say("How often you were given a new link"),
        "is_quiet": say("You want no more messages"),
        "undeliverable": say("Why an e-mail came back"),
        "excluded": say("Why you are not asked"),
    }


def of_session(phrases: Phrases) -> dict[str, str]:
    """How far the conversation has come."""
    say = phrases.say
    return {
        "status": say("State"),
        "active_at": say("Hour of your last answer"),
        "done": say("Questions answered"),
        "asked": say("Questions in all"),
        "language": say("Language"),
        "place": say("Where you are in the questionnaire"),
        "looked_for": say("Letters by which you look for a choice"),
        "typed": say("Recent messages whose numbers are kept, so that you can correct them"),
        "form_hash": say("Version of the questionnaire"),
        "receipt": say("Receipt"),
    }


def of_chat(phrases: Phrases) -> dict[str, str]:
    """The account or browser."""
    say = phrases.say
    return {
        "channel": say("Channel"),
        "address": say("What recognises your account or browser"),
        "is_blocked": say("You have closed the chat to us"),
        "messages": say("Recent messages whose numbers are kept, to clear the chat"),
    }


def of_letters(phrases: Phrases) -> dict[str, str]:
    """What was sent, or is to be."""
    say = phrases.say
    return {
        "kind": say("Occasion"),
        "occasion": say("Occasion by name"),
        "channel": say("Channel"),
        "state": say("State"),
        "due_at": say("Planned for"),
        "sent_at": say("Sent on"),
        "reason": say("Why it was not sent, or not yet"),
        "attempts": say("Attempts to send it"),
    }


def of_response(phrases: Phrases) -> dict[str, str]:
    """A submission, without its answers."""
    say = phrases.say
    return {
        "language": say("Language"),
        "submitted_on": say("Day"),
        "submitted_at": say("Time, where it is kept"),
        "form_hash": say("Version of the questionnaire"),
    }


def of_codes(phrases: Phrases) -> dict[str, str]:
    """What coders made of an answer."""
    say = phrases.say
    return {"variable": say("Question by name"), "row": say("Row"), "codes": say("Codes")}


def of_coordinated(phrases: Phrases) -> dict[str, str]:
    """A survey that this account may follow."""
    say = phrases.say
    return {
        "title": say("Survey"),
        "name": say("Name"),
        "bound_at": say("Since"),
        "is_over": say("This is over"),
    }
