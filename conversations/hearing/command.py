"""Commands: they work in every state, and none of them loses an answer."""

from collections.abc import Callable
from dataclasses import replace

from conversations import stops
from conversations.hearing.clearing import clear_chat
from conversations.hearing.detour import keep_place
from conversations.hearing.helping import tell_help
from conversations.hearing.outcome import NOTHING, WALKING, Outcome, notice
from conversations.hearing.pause import is_pause
from conversations.hearing.reminder import no_more_messages
from conversations.hearing.rows import leave_row
from conversations.hearing.summary import hear_summary, leave_summary
from conversations.hearing.surveys import tell_surveys
from conversations.hearing.withdrawing import ask_whether, leave_withdrawal
from conversations.languages import shown_name
from conversations.letters.deadline import moment_in_words
from conversations.machine import allows
from conversations.prompts.life import first_notes, mode_sentence
from conversations.prompts.parts import language_buttons
from conversations.protocol import Command, Commanded, Status
from conversations.walk import Walk


def hear_command(walk: Walk, heard: Commanded) -> Outcome:
    """Do what the command says; the prompt is said anew in any case."""
    if heard.command is Command.SURVEYS:
        return tell_surveys(walk, heard.beside)
    return _DOES[heard.command](walk)


def resume(walk: Walk) -> Outcome:
    """On from a refusal or a stop, to where there is something to do."""
    if walk.session.status is Status.DECLINED:
        walk.move("reconsider")
        walk.go(stops.WELCOME)
    elif walk.session.status is Status.STOPPED:
        walk.move("resume")
        walk.go_on()
    return Outcome(asks_again=True)


def go_back(walk: Walk) -> Outcome:
    """To the stop before, from the review to the last one; out of a row that was just added."""
    if leave_withdrawal(walk) or walk.session.status not in WALKING:
        return Outcome(asks_again=True)
    if leave_summary(walk) or leave_row(walk):
        return NOTHING
    stop = walk.route.before(walk.session.place)
    if stop is None:
        return notice(walk.phrases.say("This is the first question."))
    walk.answer_again()
    walk.go(stop.place)
    return NOTHING


def speak_language(walk: Walk, index: str) -> Outcome:
    """Go on in the questionnaire's language of that number."""
    names = walk.form.languages
    if not index.isdecimal() or int(index) >= len(names):
        return NOTHING
    walk.set(language=names[int(index)])
    if walk.session.status is not Status.SUBMITTED:
        walk.filled.set_language(walk.session.language)
    return NOTHING


def _start(walk: Walk) -> Outcome:
    leave_withdrawal(walk)
    if walk.session.status not in WALKING:
        return resume(walk)
    leave_summary(walk)
    done, total = walk.progress()
    if not done or is_pause(walk.away):
        return Outcome(asks_again=True)
    return notice(
        walk.phrases.say("Welcome back. You have answered {done} of about {total} questions.", done=done, total=total)
    )


def _status(walk: Walk) -> Outcome:
    lines = [_how_far(walk)]
    if walk.terms.closes_at is not None and walk.session.status is not Status.SUBMITTED:
        closing = walk.terms.closes_at.astimezone(walk.now.tzinfo)
        lines.append(walk.phrases.say("The survey closes on {day}.", day=moment_in_words(closing, walk.phrases)))
    return notice("\n".join(lines))


def _how_far(walk: Walk) -> str:
    say = walk.phrases.say
    if walk.session.status is Status.NOTIFIED:
        return say("You have not begun yet.")
    if walk.session.status is Status.DECLINED:
        return say("You are not taking part.")
    if walk.session.status is Status.SUBMITTED:
        return say("You have finished.")
    done, total = walk.progress()
    return say("You have answered {done} of about {total} questions. Your answers are saved.", done=done, total=total)


def _privacy(walk: Walk) -> Outcome:
    """How answers are protected, and the notice once more while the questionnaire is at hand."""
    say = walk.phrases.say
    lines = [
        mode_sentence(walk.phrases, walk.terms.mode),
        say("Taking part is voluntary. You can leave out optional questions and stop at any time."),
        say("An app such as Telegram carries the messages and keeps its own copy of the chat; the web chat does not."),
        say("With /mydata you see what is stored about you, and with /withdraw you can erase your answers."),
    ]
    if walk.terms.contact:
        lines.append(say("For your rights and for questions: {contact}", contact=walk.terms.contact))
    told = notice("\n".join(lines))
    repeats = walk.session.filled and walk.session.status is not Status.NOTIFIED
    return replace(told, notices=(*told.notices, *first_notes(walk))) if repeats else told


def _language(walk: Walk) -> Outcome:
    say, names = walk.phrases.say, walk.form.languages
    others = [index for index, name in enumerate(names) if name != walk.session.language]
    if not others:
        return notice(say("This questionnaire is in one language only."))
    if len(others) > 1:
        return notice(say("Which language do you prefer?"), *language_buttons(walk))
    speak_language(walk, str(others[0]))
    language = shown_name(walk.session.language)
    return notice(walk.phrases.say("The language is now: {language}.", language=language))


def _my_data(walk: Walk) -> Outcome:
    """The channel brings the file."""
    return notice(
        walk.phrases.say("Here is a file with all that is stored about you in this survey. It is meant for you alone.")
    )


def _stop(walk: Walk) -> Outcome:
    leave_withdrawal(walk)
    if walk.session.status is Status.SUBMITTED:
        return notice(no_more_messages(walk))
    if allows(walk.session.status, "stop"):
        keep_place(walk)
        walk.move("stop")
        walk.go(stops.DECLINED if walk.session.status is Status.DECLINED else stops.STOPPED)
    return Outcome(asks_again=True)


_DOES: dict[Command, Callable[[Walk], Outcome]] = {
    Command.START: _start,
    Command.HELP: tell_help,
    Command.BACK: go_back,
    Command.SUMMARY: hear_summary,
    Command.STATUS: _status,
    Command.LANGUAGE: _language,
    Command.PRIVACY: _privacy,
    Command.CLEAN: clear_chat,
    Command.STOP: _stop,
    Command.MYDATA: _my_data,
    Command.WITHDRAW: ask_whether,
}
