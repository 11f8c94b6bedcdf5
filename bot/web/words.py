"""The words around the conversation: buttons, labels for those who listen to the page, and what can go wrong."""

from collections.abc import Callable
from datetime import datetime

from conversations.letters.deadline import moment_in_words
from conversations.phrases import Phrases
from conversations.protocol import Terms

Sentence = Callable[[Phrases], str]
"""Says something in a language that is known later."""


def words_of(phrases: Phrases) -> dict[str, str]:
    """The sentences that the templates name, in one language."""
    say = phrases.say
    return (
        {
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
            "saved": say("Every answer is saved at once."),
            "offline": say("The connection is interrupted. What you have written is still here: please try again."),
            "try_again": say("Try again"),
            "answer_here": say("Answer here"),
            "open_in_telegram": say("Open in Telegram"),
            "choose_one": say("Choose the way that suits you better: you will go on there, later too."),
            "for_the_phone": say("For your phone: point its camera here to open this page there."),
            "for_the_phone_telegram": say("For your phone: point its camera here to answer there, in Telegram."),
            "qr": say("QR code with your personal link"),
            "nothing_starts": say("Opening this page starts nothing: you decide after reading what it is about."),
            "personal": say("This link is personal: please do not pass it on."),
            "open_conversation": say("Open the conversation"),
            "new_tab": say("opens in a new tab"),
            "no_more_title": say("No more reminders?"),
            "no_more": say("No more reminders"),
            "lost_link_title": say("A new link"),
            "lost_link": say(
                "Please write the e-mail address at which your invitation reached you. "
                "If it is on the list of people who are invited, a new personal link is sent there."
            ),
            "email": say("E-mail address"),
            "send_link": say("Send me a new link"),
        }
        | _around_a_question(phrases)
        | _outbox(phrases)
    )


def _around_a_question(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {
        "download": download_data(phrases),
        "change_here": say("To change an answer, press “Change” beside it. When all is right, submit."),
        "type_instead": say("Write the answer instead"),
        "add_point": say("Add the point"),
        "explanation": say("Explanation"),
        "find_me": say("Use my location"),
        "not_found": say("Your location could not be found. Please write the coordinates instead."),
        "image": say("Picture of the question"),
        "audio": say("Recording of the question"),
        "video": say("Video of the question"),
    }


def _outbox(phrases: Phrases) -> dict[str, str]:
    say = phrases.say
    return {
        "outbox": say("Waiting messages"),
        "outbox_why": say(
            "No mail server is set up, so messages are kept here instead of being sent. "
            "This page can be seen on this computer only."
        ),
        "outbox_empty": say("No messages are waiting."),
        "newer_mails": say("Newer messages"),
        "older_mails": say("Older messages"),
        "back_to_outbox": say("All messages"),
        "from": say("From"),
        "to": say("To"),
        "date": say("Date"),
        "as_seen": say("As most mail programs show it"),
        "as_text": say("As text"),
    }


def earlier_answers(phrases: Phrases, n: int) -> str:
    """The label of the answers that are folded away."""
    return phrases.count("{n} earlier answer", "{n} earlier answers", n)


def until(phrases: Phrases, closes_at: datetime | None) -> str:
    """The deadline; "" without one."""
    if closes_at is None:
        return ""
    return phrases.say("You can answer until {deadline}.", deadline=moment_in_words(closes_at, phrases))


def open_conversation(phrases: Phrases) -> str:
    """On the button that leads to the conversation."""
    return phrases.say("Open the conversation")


def download_data(phrases: Phrases) -> str:
    """On what leads to the file of all that is stored about a person."""
    return phrases.say("Download the file with my data")


def need_new_link(phrases: Phrases) -> str:
    """On the button beside a link that does not work."""
    return phrases.say("I need a new link")


def lost_my_link(phrases: Phrases) -> str:
    """On the button for those who come without a link."""
    return phrases.say("I have lost my link")


def see_outbox(phrases: Phrases) -> str:
    """On the button to the messages that wait."""
    return phrases.say("Waiting messages")


def what_this_is(phrases: Phrases) -> str:
    """What somebody reads who has come without a link."""
    return phrases.say("Here people answer the questions of their organisation, one at a time, as in a conversation.")


def where_to_begin(phrases: Phrases) -> str:
    """How somebody without a link gets in."""
    return phrases.say(
        "To take part, open the personal link in your invitation: it is in the e-mail or on the card that you received."
    )


def ask_no_more(phrases: Phrases, title: str) -> str:
    """The one sentence before the button."""
    return phrases.say("Would you like to receive no more reminders about the survey “{title}”?", title=title)


def no_more_reminders(phrases: Phrases, terms: Terms, *, is_open: bool) -> list[str]:
    """What it means to have asked for silence."""
    say = phrases.say
    said = [say("You will receive no more reminders about the survey “{title}”.", title=terms.title)]
    if is_open:
        said.append(say("You can answer all the same, whenever you like: the link in your invitation stays valid."))
        said.append(until(phrases, terms.closes_at))
    if terms.contact:
        said.append(say("For questions about the survey: {contact}", contact=terms.contact))
    return [sentence for sentence in said if sentence]


def no_more_granted(phrases: Phrases) -> str:
    """Above it."""
    return phrases.say("Reminders are off")


def no_such_wish(phrases: Phrases) -> str:
    """A link of «no more reminders» that isn't one of ours."""
    return phrases.say(
        "This link is not complete, so nothing was changed. Please open it once more from the latest message that you "
        "received, or answer that message and say that you want no more reminders."
    )


def link_asked_for(phrases: Phrases) -> str:
    """Above the answer to an address."""
    return phrases.say("Please check your mailbox")


def link_on_its_way(phrases: Phrases, email: str) -> list[str]:
    """The same whether or not the address is known."""
    say = phrases.say
    return [
        say("Thank you. If {email} is on the list, a new link reaches it in a few minutes.", email=email),
        say(
            "Nothing there? Look among the unwanted messages too, and see whether the address is right. "
            "A new link is sent once a day at most; the earlier one works until you use the new one."
        ),
    ]


def no_address(phrases: Phrases) -> str:
    """What was written cannot be an e-mail address."""
    return phrases.say("This does not look like an e-mail address. Please write it as name@example.org.")


def too_many(phrases: Phrases) -> str:
    """Of one address of a network; it says nothing about the one that was written."""
    return phrases.say("Very many requests have come from your network. Please try again in an hour.")


def write_again(phrases: Phrases) -> str:
    """A form without its token, to be sent once more."""
    return phrases.say("This page was out of date. Please press the button once more.")


def not_readable(phrases: Phrases) -> str:
    """What came over the line was damaged."""
    return phrases.say("What your browser sent did not arrive whole, so nothing was changed. Please try again.")


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
