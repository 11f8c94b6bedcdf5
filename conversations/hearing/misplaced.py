"""An answer that came to the wrong question: typed ahead, sent twice, overtaken, or a reply to an older message."""

from conversations.codes import Verb, make_code
from conversations.hearing.outcome import WALKING, Outcome, notice, over
from conversations.protocol import Button, Misplaced
from conversations.walk import Walk


def hear_misplaced(walk: Walk, heard: Misplaced) -> Outcome:
    """It is nobody's answer; the one that it may have been meant for can be changed."""
    if walk.session.status not in WALKING:
        return over(walk)
    say, stop = walk.phrases.say, walk.route.at(heard.place)
    words = say("What you sent belongs to an earlier question, so it was not taken as an answer to this one.")
    if stop is None or not stop.is_question:
        return notice(words)
    return notice(words, Button(say("Change that answer"), make_code(walk.session.seed, stop.place, Verb.GO)))
