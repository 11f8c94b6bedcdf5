"""What is said once when the questionnaire was changed under the respondent's walk."""

from conversations.prompts.review import question_text, shortened
from conversations.protocol import Block, Renewal, Style
from conversations.walk import Walk

NAMED = 3
"""So many of the questions asked again are named."""

LONGEST_NAMED = 60


def told_blocks(walk: Walk) -> tuple[Block, ...]:
    """The sentence, as long as it has not been said."""
    renewal = walk.session.renewal
    return () if renewal is None else (Block(Style.NOTICE, _sentences(walk, renewal)),)


def _sentences(walk: Walk, renewal: Renewal) -> str:
    phrases, said = walk.phrases, []
    if renewal.added:
        said.append(
            phrases.count(
                "The questionnaire has been updated: it has {n} new question.",
                "The questionnaire has been updated: it has {n} new questions.",
                renewal.added,
            )
        )
    if renewal.again and renewal.added:
        said.append(
            phrases.count(
                "In addition, {n} answer is to be given again.",
                "In addition, {n} answers are to be given again.",
                renewal.again,
            )
        )
    elif renewal.again:
        said.append(
            phrases.count(
                "The questionnaire has been updated: {n} answer is to be given again.",
                "The questionnaire has been updated: {n} answers are to be given again.",
                renewal.again,
            )
        )
    named = _named(walk, renewal)
    if named:
        said.append(named)
    return " ".join(said) or phrases.say("The questionnaire has been updated. This is how it goes on.")


def _named(walk: Walk, renewal: Renewal) -> str:
    """The questions that are asked again, as far as they are asked still; "" when none can be named."""
    stops = [(walk.route.at(place), answer) for place, answer in renewal.named]
    told = [_with_answer(walk, question_text(walk, stop), answer) for stop, answer in stops if stop is not None]
    if not told:
        return ""
    more = [walk.phrases.say("and others")] if renewal.again > len(told) else []
    return walk.phrases.say("This is asked again: {questions}.", questions="; ".join([*told, *more]))


def _with_answer(walk: Walk, question: str, answer: str) -> str:
    short = shortened(question, LONGEST_NAMED)
    if not answer:
        return walk.phrases.say("“{question}”", question=short)
    return walk.phrases.say("“{question}” (so far: {answer})", question=short, answer=answer)
