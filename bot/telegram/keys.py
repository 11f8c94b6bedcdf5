"""The keyboard at the foot of the chat: only such a one can ask a phone for its location.

Telegram shows either this one or buttons under the message, so what else can be pressed stands on it as words.
A message with it can't be edited, and it stays until another message takes it away.
"""

from conversations.phrases import phrases_for
from conversations.protocol import Kind, Prompt

ASKING = (Kind.PLACE, Kind.PLACES)
MOST_IN_A_ROW = 2

Keys = dict[str, object]

NO_KEYS: Keys = {"remove_keyboard": True}
"""Takes it away."""


def keys_of(prompt: Prompt) -> Keys | None:
    """The keyboard of a question about a place; None for all others."""
    if prompt.kind not in ASKING:
        return None
    share = {"text": phrases_for(prompt.language).say("Share my location"), "request_location": True}
    words = [{"text": button.label} for button in prompt.actions]
    rows = [words[at : at + MOST_IN_A_ROW] for at in range(0, len(words), MOST_IN_A_ROW)]
    return {"keyboard": [[share], *rows], "resize_keyboard": True}
