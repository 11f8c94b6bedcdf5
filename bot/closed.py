"""What is said in a survey that is not open: the words of what is always heard, then that it is not."""

from dataclasses import replace
from datetime import datetime

from bot.refusals import not_open
from bot.reply import Reply
from bot.shown import asks_for_data, clears_chat, told_by
from conversations.advice import Advice, advice
from conversations.codes import Verb, read_code
from conversations.languages import tag_of
from conversations.protocol import Block, Command, Commanded, Heard, Kind, Manner, Prompt, Style, Turn
from storage.sessions import StoredSession


def is_asked_anyway(turn: Turn) -> bool:
    """Whether answers are to be erased, which is asked for as long as they are there."""
    return turn.prompt.kind is Kind.WITHDRAWAL


def in_passing(stored: StoredSession, heard: Heard, turn: Turn, now: datetime) -> Reply:
    """The words alone: a reply of no session, since nothing is asked."""
    prompt = _in_closed(stored, heard, turn, now)
    return Reply(
        prompt,
        Manner.ASK,
        toast=turn.toast,
        clears=clears_chat(turn),
        gives_data=asks_for_data(heard),
        told=told_by(heard, prompt),
    )


def closing(stored: StoredSession, heard: Heard, turn: Turn, now: datetime) -> Turn:
    """The same turn, unless it has taken back what was handed in to a survey that nobody can begin anew."""
    if turn.prompt.kind is not Kind.DECLINED or not_open(stored.survey, now) is None:
        return turn
    words = _in_closed(stored, heard, turn, now)
    return replace(turn, prompt=replace(words, place=turn.prompt.place, revision=turn.prompt.revision))


def _in_closed(stored: StoredSession, heard: Heard, turn: Turn, now: datetime) -> Prompt:
    """The words of the turn, and the ways to other surveys."""
    words = advice(not_open(stored.survey, now) or Advice.SURVEY_CLOSED, tag_of(turn.session.language))
    read = [(button, read_code(button.code)) for button in turn.prompt.actions]
    ways = tuple(button for button, press in read if press and press.verb is Verb.SWITCH)
    return replace(words, blocks=(*_told(heard, turn), *words.blocks), actions=ways)


def _told(heard: Heard, turn: Turn) -> tuple[Block, ...]:
    """Who wants no more messages is told so; what else the prompt asks has no sense now."""
    stops = isinstance(heard, Commanded) and heard.command is Command.STOP
    if stops and turn.prompt.kind in (Kind.STOPPED, Kind.DECLINED):
        return turn.prompt.blocks
    return tuple(block for block in turn.prompt.blocks if block.style is Style.NOTICE)
