"""What the respondent is shown now, derived from the session: never stored, so it can always be said again."""

from dataclasses import replace

from conversations.prompts.life import declined_prompt, receipt_prompt, stopped_prompt, welcome_prompt
from conversations.prompts.question import question_prompt, repeat_prompt
from conversations.prompts.renewal import told_blocks
from conversations.prompts.review import review_prompt, summary_prompt
from conversations.prompts.settled import history_of, settled_blocks
from conversations.prompts.withdrawal import withdrawal_prompt
from conversations.protocol import Prompt, Status
from conversations.stops import SUMMARY, WITHDRAWAL
from conversations.walk import Walk

__all__ = ["history_of", "prompt_of", "settled_blocks"]

_BY_STATUS = {
    Status.NOTIFIED: welcome_prompt,
    Status.DECLINED: declined_prompt,
    Status.STOPPED: stopped_prompt,
    Status.SUBMITTED: receipt_prompt,
    Status.REVIEWING: review_prompt,
}


def prompt_of(walk: Walk) -> Prompt:
    """The prompt of the place where the walk stands, under what the respondent has not been told yet."""
    prompt = _prompt_at(walk)
    told = told_blocks(walk)
    return replace(prompt, blocks=(*told, *prompt.blocks)) if told else prompt


def _prompt_at(walk: Walk) -> Prompt:
    if walk.session.place == WITHDRAWAL:
        return withdrawal_prompt(walk)
    if walk.session.status is not Status.ANSWERING:
        return _BY_STATUS[walk.session.status](walk)
    if walk.session.place == SUMMARY:
        return summary_prompt(walk)
    stop = walk.stop
    if stop is None:
        return review_prompt(walk)
    return question_prompt(walk, stop) if stop.is_question else repeat_prompt(walk, stop)
