"""Words instead of presses: an answer, the text of a button, a part of a choice, a correction."""

from dataclasses import replace

from conversations.answers import Slip, lines, read_answer
from conversations.answers.choosing import in_full
from conversations.answers.cleaning import folded
from conversations.codes import Verb, read_code
from conversations.hearing.adding import add_typed
from conversations.hearing.answering import give_answer, go_on, refusal_words, say_answer
from conversations.hearing.detour import look_back
from conversations.hearing.late import way_to
from conversations.hearing.outcome import NOTHING, WALKING, Outcome, notice, over, too_late
from conversations.hearing.press import hear_press
from conversations.hearing.received import say_points
from conversations.hearing.surveys import edited_elsewhere
from conversations.hearing.withdrawing import say_nothing_is_erased
from conversations.hearing.writing import gather, is_piece, mended_pieces
from conversations.prompts import prompt_of
from conversations.prompts.offers import asked_at, offered, on_page
from conversations.prompts.question import is_gathered, is_masked
from conversations.prompts.review import answer_text, entry_of, listed, question_text
from conversations.protocol import Button, Chosen, Edited, Kind, Pressed, Prompt, Status, Typed
from conversations.stops import SUMMARY, WITHDRAWAL, Stop
from conversations.verbatim import reads_as
from conversations.walk import Walk

MOST_DIGITS = 9
"""Of a number that may be meant; no list is longer, and reading thousands of digits takes long or fails."""

_FREE = (Kind.TEXT, Kind.MULTILINE)
_YES_OR_NO = (Kind.WELCOME, Kind.REPEAT, Kind.WITHDRAWAL)
_CHOOSING = (Kind.ONE, Kind.MANY, Kind.RANK)


def hear_text(walk: Walk, typed: Typed) -> Outcome:
    """A text at the current prompt: the words of a button, or an answer."""
    if typed.place is not None and typed.place != walk.session.place:
        return _out_of_date(walk, typed.place, typed.text)
    prompt = prompt_of(walk)
    action = _done_of(prompt, typed.text) if prompt.kind in _FREE else _button_of(walk, prompt, typed.text)
    if action is not None:
        return hear_press(walk, Pressed(action.code))
    stop = walk.stop if walk.session.status is Status.ANSWERING else None
    if stop is None or not stop.is_question:
        return _not_an_answer(walk)
    if stop.control.kind in lines.LEAST:
        return say_points(walk, stop, typed.text)
    return gather(walk, stop, typed) if is_piece(stop, typed) else _answer(walk, stop, typed)


def _answer(walk: Walk, stop: Stop, typed: Typed) -> Outcome:
    added = add_typed(walk, stop, typed.text)
    if added is not None:
        return added
    if not is_masked(stop.control):
        walk.remember(typed.message, stop.place)
    return say_answer(walk, stop, typed.text)


def _done_of(prompt: Prompt, text: str) -> Button | None:
    """The only word of a button that is no answer to a text: that it is done."""
    meant = (button for button in prompt.actions if folded(button.label) == folded(text))
    return next((button for button in meant if _verb_of(button) is Verb.DONE), None)


def _verb_of(button: Button) -> Verb | None:
    press = read_code(button.code)
    return press.verb if press else None


def _button_of(walk: Walk, prompt: Prompt, text: str) -> Button | None:
    said = folded(text)
    if not said:
        return None
    if prompt.kind is Kind.WITHDRAWAL and text.strip().endswith("?"):
        return None
    if prompt.kind is Kind.REVIEW and said.isdecimal():
        return _entry_button(walk, int(said)) if len(said) <= MOST_DIGITS else None
    meant = next((button for button in prompt.actions if folded(button.label) == said), None)
    if meant is not None:
        return meant
    return _only_one_meant(walk, prompt, said) or (
        _yes_or_no(walk, prompt, said) if prompt.kind in _YES_OR_NO else None
    )


def _only_one_meant(walk: Walk, prompt: Prompt, said: str) -> Button | None:
    """The one choice that was offered for what was typed, if "yes" is the answer to that and no choice's label."""
    if prompt.kind not in _CHOOSING or not walk.session.part or len(prompt.choices) != 1:
        return None
    is_choice = walk.stop is not None and in_full(offered(walk, walk.stop), said)
    means_yes = said in map(folded, walk.phrases.say("yes|y|ok|1").split("|"))
    return prompt.choices[0] if means_yes and not is_choice and not prompt.choices[0].chosen else None


def _entry_button(walk: Walk, number: int) -> Button | None:
    """The line of the summary with that number, whichever page it is on."""
    stops = listed(walk)
    return entry_of(walk, stops[number - 1], number).button if 1 <= number <= len(stops) else None


def _yes_or_no(walk: Walk, prompt: Prompt, said: str) -> Button | None:
    say = walk.phrases.say
    is_grave = prompt.kind is Kind.WITHDRAWAL
    words = ("" if is_grave else say("yes|y|ok|1"), say("no|n|2"))
    meant = (
        button for button, some in zip(prompt.actions, words, strict=False) if said in map(folded, some.split("|"))
    )
    return next(meant, None)


def _not_an_answer(walk: Walk) -> Outcome:
    if walk.session.place == WITHDRAWAL:
        return say_nothing_is_erased(walk)
    if walk.session.status is Status.SUBMITTED:
        return too_late(walk)
    if walk.session.place == SUMMARY:
        return notice(walk.phrases.say("Write the number of an answer to change it, or press “Back to the question”."))
    if walk.session.status is Status.REVIEWING:
        return notice(walk.phrases.say("Write the number of an answer to change it, or press “Submit my answers”."))
    if walk.session.status is Status.DECLINED:
        say = walk.phrases.say
        return notice(say("To answer after all, press “{button}”.", button=say("I have changed my mind")))
    return notice(walk.phrases.say("Please press one of the buttons, or write its words."))


# ---------------------------------------------------------------- forms of the web


def _out_of_date(walk: Walk, place: str, text: str) -> Outcome:
    """A form of an earlier prompt: sent twice, it is silent; otherwise it says that it changed nothing."""
    stop = walk.route.at(place) if walk.session.status in WALKING else None
    if stop is None and walk.session.status not in WALKING:
        return over(walk)
    if stop is not None and stop.is_question and walk.filled.value(stop.ref) == read_answer(asked_at(walk, stop), text):
        return NOTHING
    return notice(walk.phrases.say("That page was out of date, so nothing was changed. Here is where you are."))


def hear_chosen(walk: Walk, chosen: Chosen) -> Outcome:
    """Check boxes: all the choices of one page at once; what was chosen on other pages stays."""
    press = read_code(chosen.code)
    turns_page = press is not None and press.verb is Verb.PAGE
    if chosen.code and not turns_page:
        return hear_press(walk, Pressed(chosen.code))
    stop = walk.stop if walk.session.status is Status.ANSWERING else None
    if stop is None or chosen.place != walk.session.place or not stop.is_question:
        return _out_of_date(walk, chosen.place, " ".join(chosen.names))
    names = _ticked(walk, stop, chosen.names)
    if turns_page:
        walk.set(draft=names)
        return hear_press(walk, Pressed(chosen.code))
    return give_answer(walk, stop, " ".join(names)) if names else _nothing_chosen(walk, stop)


def _ticked(walk: Walk, stop: Stop, names: tuple[str, ...]) -> tuple[str, ...]:
    shown = {item.name for item in on_page(walk, stop)}
    return (*(name for name in walk.session.draft if name not in shown), *names)


def _nothing_chosen(walk: Walk, stop: Stop) -> Outcome:
    refused = walk.skip(stop)
    return notice(refusal_words(walk, refused)) if refused else go_on(walk)


# ---------------------------------------------------------------- corrections


def hear_edited(walk: Walk, edited: Edited) -> Outcome:
    """A message was corrected: so is the answer that it gave."""
    if edited.owner is not None:
        return edited_elsewhere(walk, edited.owner)
    if walk.session.status not in WALKING:
        return replace(over(walk), is_foreign=True)
    place = dict(walk.session.typed).get(edited.message, "")
    stop = walk.route.at(place)
    if stop is None:
        return _no_answer(walk)
    if is_gathered(stop.control):
        return _mend(walk, stop, edited)
    if place == walk.session.place:
        return say_answer(walk, stop, edited.text)
    return _correct(walk, stop, edited.text)


def _mend(walk: Walk, stop: Stop, edited: Edited) -> Outcome:
    """One piece of a text that came in several."""
    if stop.place == walk.session.place and walk.session.draft:
        draft = mended_pieces(walk, stop.place, edited.message, edited.text, walk.session.draft)
        walk.set(draft=draft or walk.session.draft)
        return _noted(walk, stop, edited.text) if draft else _no_answer(walk)
    stored = walk.filled.value(stop.ref) or ""
    is_whole = [at for _, at in walk.session.typed].count(stop.place) == 1
    pieces = (stored,) if is_whole else tuple(stored.split("\n"))
    mended = mended_pieces(walk, stop.place, edited.message, edited.text, pieces)
    return _correct(walk, stop, "\n".join(mended)) if mended else _no_answer(walk)


def _no_answer(walk: Walk) -> Outcome:
    told = notice(walk.phrases.say("Editing that message changes no answer. Use /back or /summary."))
    return replace(told, is_foreign=True)


def _correct(walk: Walk, stop: Stop, text: str) -> Outcome:
    value = read_answer(asked_at(walk, stop), text)
    if isinstance(value, Slip):
        return _not_corrected(walk, stop)
    before = _whereabouts(walk)
    refused = None if value == walk.filled.value(stop.ref) else walk.keep(stop, value)
    if refused is not None:
        return _not_corrected(walk, stop, refused.message)
    told = _noted(walk, stop, answer_text(walk, stop))
    look_back(walk)
    is_plain = reads_as(walk, stop, text) and before == _whereabouts(walk)
    return told if is_plain else replace(notice(told.toast), is_noted=True)


def _not_corrected(walk: Walk, stop: Stop, why: str = "") -> Outcome:
    """Of which question, for another one stands below; and the way back to it."""
    say, question, answer = walk.phrases.say, question_text(walk, stop), answer_text(walk, stop)
    words = say("Your correction cannot be taken as an answer to “{question}”.", question=question)
    stays = [say("Your answer stays: {answer}", answer=answer)] if walk.filled.value(stop.ref) else []
    ways = () if walk.session.place == WITHDRAWAL else (way_to(walk, stop),)
    return notice("\n".join([words, *([why] if why else []), *stays]), *ways)


def _noted(walk: Walk, stop: Stop, answer: str) -> Outcome:
    question = question_text(walk, stop)
    words = walk.phrases.say("Your answer to “{question}” is now: {answer}", question=question, answer=answer)
    return Outcome(toast=words, is_noted=True)


def _whereabouts(walk: Walk) -> tuple[str, ...]:
    """Where the walk stands, and on what way."""
    return (walk.session.place, *(stop.place for stop in walk.route.stops))
