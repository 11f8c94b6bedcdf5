"""What people see of the bot before they have pressed Start, in each language that we speak; sent only if changed."""

from bot.telegram.calls import Calls
from bot.telegram.menu import register_menu
from conversations.phrases import LANGUAGES, N_, phrases_for

LONGEST_DESCRIPTION = 512
"""Characters that an empty chat shows."""

LONGEST_SHORT_DESCRIPTION = 120
"""Characters of the bot's profile, and of a shared link to it."""

_DESCRIPTION = N_(
    "Here you answer the questionnaires that your organisation has sent you, one question at a time.\n\n"
    "To begin, open the personal link of your invitation and press Start. You can stop whenever you like, go on later,"
    " and change your answers until you submit them.\n\n"
    "Before the first question you read who asks, and who can see your answers."
)
_SHORT_DESCRIPTION = N_(
    "Questionnaires of your organisation, one question at a time. Open the link of your invitation."
)
_TEXTS = (
    ("MyDescription", "description", _DESCRIPTION),
    ("MyShortDescription", "short_description", _SHORT_DESCRIPTION),
)


def face_in(language: str) -> dict[str, str]:
    """The texts by their name in the Bot API."""
    say = phrases_for(language).say
    return {name: say(words) for _, name, words in _TEXTS}


async def register_face(calls: Calls) -> None:
    """Set commands and texts for each language, and English for all others."""
    await register_menu(calls)
    for code in ("", *LANGUAGES):
        scope = {"language_code": code} if code else {}
        wanted = face_in(code or "en")
        for what, name, _ in _TEXTS:
            if (await calls.call(f"get{what}", **scope)).get(name) != wanted[name]:
                await calls.call(f"set{what}", **{name: wanted[name]}, **scope)
