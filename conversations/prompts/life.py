"""The prompts around the questionnaire: welcome, declined, stopped, receipt."""

from dataclasses import replace

from conversations.codes import Verb
from conversations.minutes import estimated_minutes
from conversations.phrases import Phrases
from conversations.prompts.exhibits import exhibits_of
from conversations.prompts.parts import button, language_buttons, note_blocks, tag
from conversations.protocol import Block, Button, Kind, Mode, Prompt, Status, Style
from conversations.walk import Walk


def _prompt(walk: Walk, kind: Kind, blocks: list[Block], actions: list[Button]) -> Prompt:
    return Prompt(
        place=walk.session.place,
        revision=walk.session.revision,
        kind=kind,
        language=tag(walk),
        blocks=tuple(blocks),
        actions=tuple(actions),
    )


def _plain(text: str) -> Block:
    return Block(Style.PLAIN, text)


def welcome_prompt(walk: Walk) -> Prompt:
    """Who asks, why, how long it takes and the notice; take part or decline."""
    say = walk.phrases.say
    blocks = [Block(Style.SECTION, walk.terms.title), _plain(_invitation(walk))]
    blocks += first_notes(walk)
    blocks.append(_plain(duration(walk.phrases, estimated_minutes(walk.form))))
    blocks.append(_plain(mode_sentence(walk.phrases, walk.terms.mode)))
    actions = [
        button(walk, say("Take part"), Verb.ACCEPT),
        button(walk, say("No, thank you"), Verb.DECLINE),
        *language_buttons(walk),
    ]
    return replace(_prompt(walk, Kind.WELCOME, blocks, actions), exhibits=exhibits_of(walk, _first_notes(walk)))


def _first_notes(walk: Walk) -> tuple[str, ...]:
    route = walk.route
    return route.stops[0].notes if route.stops else route.last_notes


def first_notes(walk: Walk) -> list[Block]:
    """The author's notes before the first question: why, and the notice."""
    return note_blocks(walk, _first_notes(walk))


def _invitation(walk: Walk) -> str:
    say, terms = walk.phrases.say, walk.terms
    if not terms.sender:
        return say("You are invited to take part in this survey.")
    return say("{sender} invites you to take part in this survey.", sender=terms.sender)


def duration(phrases: Phrases, minutes: int) -> str:
    """How long it takes, and that it can be interrupted."""
    return phrases.count(
        "It takes about {n} minute. You can stop at any time and go on later: every answer is saved.",
        "It takes about {n} minutes. You can stop at any time and go on later: every answer is saved.",
        minutes,
    )


def mode_sentence(phrases: Phrases, mode: Mode) -> str:
    """What the privacy mode means for the person who answers."""
    if mode is Mode.IDENTIFIED:
        return phrases.say("This survey is identified: your answers are stored together with your name.")
    return phrases.say(
        "This survey is confidential: your answers are stored apart from your name. "
        "Only those who run the system could still connect the two."
    )


def declined_prompt(walk: Walk) -> Prompt:
    """The refusal is respected; the door stays open."""
    say = walk.phrases.say
    text = say(
        "You have chosen not to take part in the survey “{title}”. "
        "Thank you for letting us know: we will not write to you about it again.",
        title=walk.terms.title,
    )
    return _prompt(walk, Kind.DECLINED, [_plain(text)], [button(walk, say("I have changed my mind"), Verb.RESUME)])


def stopped_prompt(walk: Walk) -> Prompt:
    """No more messages; what was answered waits."""
    say = walk.phrases.say
    text = say(
        "You have stopped the survey “{title}” and will receive no more messages about it. "
        "What you have answered so far stays saved but is not submitted.",
        title=walk.terms.title,
    )
    return _prompt(walk, Kind.STOPPED, [_plain(text)], [button(walk, say("Go on with the questionnaire"), Verb.RESUME)])


def receipt_prompt(walk: Walk) -> Prompt:
    """The answers are submitted; the code proves it. The author's last words, if no summary has said them."""
    say = walk.phrases.say
    was_reviewed = walk.before.status is not Status.ANSWERING
    blocks = [] if was_reviewed else note_blocks(walk, walk.route.last_notes)
    if walk.session.is_one_answer:
        blocks.append(_plain(say("Your answer has been submitted.")))
    else:
        blocks.append(_plain(say("Your answers have been submitted. Thank you for taking part.")))
    blocks.append(_plain(say("Receipt: {code}", code=walk.session.receipt)))
    return _prompt(walk, Kind.RECEIPT, blocks, [])
