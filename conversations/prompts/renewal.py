"""The one sentence that says that the questionnaire was changed under the respondent's walk."""

from conversations.protocol import Block, Renewal, Style
from conversations.walk import Walk


def told_blocks(walk: Walk) -> tuple[Block, ...]:
    """The sentence, as long as it has not been said."""
    renewal = walk.session.renewal
    return () if renewal is None else (Block(Style.NOTICE, _sentence(walk, renewal)),)


def _sentence(walk: Walk, renewal: Renewal) -> str:
    phrases = walk.phrases
    if renewal.again and renewal.added:
        return phrases.count(
            "The questionnaire has been updated: it has new questions, and {n} answer is to be given again.",
            "The questionnaire has been updated: it has new questions, and {n} answers are to be given again.",
            renewal.again,
        )
    if renewal.again:
        return phrases.count(
            "The questionnaire has been updated: {n} answer is to be given again.",
            "The questionnaire has been updated: {n} answers are to be given again.",
            renewal.again,
        )
    if renewal.added:
        return phrases.count(
            "The questionnaire has been updated: it has {n} new question.",
            "The questionnaire has been updated: it has {n} new questions.",
            renewal.added,
        )
    return phrases.say("The questionnaire has been updated. This is how it goes on.")
