"""What /withdraw asks."""

from conversations.codes import Verb
from conversations.prompts.parts import button, tag
from conversations.protocol import Block, Kind, Prompt, Status, Style
from conversations.walk import Walk


def withdrawal_prompt(walk: Walk) -> Prompt:
    """What it means, and the two ways."""
    say = walk.phrases.say
    question = say("Do you want to withdraw from the survey “{title}”?", title=walk.terms.title)
    meant = [say("All your answers will be erased for good, and you will receive no more messages about it.")]
    if walk.session.status is Status.SUBMITTED:
        meant.append(say("What has already been published or exported stays as it is."))
    return Prompt(
        place=walk.session.place,
        revision=walk.session.revision,
        kind=Kind.WITHDRAWAL,
        language=tag(walk),
        blocks=(Block(Style.QUESTION, question), Block(Style.PLAIN, "\n".join(meant))),
        actions=(
            button(walk, say("Erase my answers"), Verb.WITHDRAW),
            button(walk, say("Keep my answers"), Verb.KEEP),
        ),
    )
