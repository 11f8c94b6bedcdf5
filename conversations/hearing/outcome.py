"""What hearing something adds to the next prompt: words about it, ways out, a toast."""

from dataclasses import dataclass

from conversations import stops
from conversations.protocol import Block, Button, Status, Style
from conversations.walk import Walk

WALKING = (Status.ANSWERING, Status.REVIEWING)
"""The statuses in which answers can be given and changed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`notices` stand above the prompt, `actions` before its own; `asks_again` sends it anew even if it is the same.

    `is_noted`: what was written is taken, which a sign on it says; so does the toast, unless `notices` do.
    `is_foreign`: the button, or the message that was corrected, belongs to nothing here.
    """

    notices: tuple[Block, ...] = ()
    actions: tuple[Button, ...] = ()
    toast: str = ""
    asks_again: bool = False
    is_noted: bool = False
    is_foreign: bool = False


NOTHING = Outcome()


def notice(text: str, *actions: Button) -> Outcome:
    """Words above the prompt."""
    return Outcome((Block(Style.NOTICE, text),), actions)


def too_late(walk: Walk) -> Outcome:
    """Something came after the submission; nobody is to believe that it has been added."""
    say, contact = walk.phrases.say, walk.terms.contact
    lines = [say("What you send now is not added to your answers.")]
    if contact:
        lines.append(say("For questions about the survey: {contact}", contact=contact))
    return notice("\n".join(lines))


def over(walk: Walk) -> Outcome:
    """An answer came when none is taken: before the start, after a stop, after the submission."""
    say = walk.phrases.say
    if walk.session.status is Status.SUBMITTED:
        return notice(say("Submitted answers can no longer be changed here."))
    if walk.session.status is Status.DECLINED:
        return notice(say("There are no answers of yours in this survey."))
    if walk.session.place == stops.STOPPED:
        return notice(say("Press “{button}” first.", button=say("Go on with the questionnaire")))
    return notice(say("Please choose one of the buttons first."))
