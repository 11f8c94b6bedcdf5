"""What is said of an export that a coordinator asks for: before it is made, with the file, and where there is none."""

from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coordinators.exporter import Exported, NotExported
from bot.coordinators.orders import Answer
from conversations.phrases import N_, Phrases
from conversations.protocol import Block, Mode, Style
from storage.reading import count_progress
from storage.surveys import Survey

_WHY_NOT = {
    NotExported.PACKAGES: N_(
        "No file was made: the program lacks the packages that exports need. An administrator adds them by making one "
        "export on the computer where the bot runs."
    ),
    NotExported.FEW: N_(
        "No file was made: since an earlier export too few responses have come or gone, and whoever has both files "
        "would recognise them. Please go on with the earlier one, and try again when more have come."
    ),
    NotExported.LARGE: N_("The file is too large for this chat. An administrator can make it on the computer."),
    NotExported.LATE: N_("No file was made: it took too long. An administrator can make it on the computer."),
    NotExported.FAILED: N_(
        "No file was made. The administrator finds the reason in the log of the bot. Nothing has been lost."
    ),
}


async def words(
    connection: AsyncConnection, survey: Survey, who: str, phrases: Phrases, *, is_in_place: bool
) -> Answer:
    """That it is being made, or why it is not."""
    if survey.mode is Mode.IDENTIFIED:
        told = phrases.say(
            "In this survey answers are read with people's names. Such a file is not sent through a chat: an "
            "administrator can make it on the computer."
        )
    elif not (await count_progress(connection, survey.id)).responses:
        told = phrases.say("Nobody has submitted yet, so there is nothing to export.")
    else:
        told = phrases.say(
            "The file is being made; this may take some minutes. Should it not come within a quarter of an hour, "
            "please write /export again."
        )
        return Answer(_blocks(survey.title, told), is_in_place=is_in_place, exports=survey, who=who)
    return Answer(_blocks(survey.title, told), is_in_place=is_in_place)


def with_the_file(survey: Survey, exported: Exported, phrases: Phrases) -> tuple[Block, ...]:
    """How many responses it has, and what it has not."""
    return _blocks(survey.title, *_of_the_file(exported, phrases))


def in_its_place(survey: Survey, why: NotExported, phrases: Phrases) -> tuple[Block, ...]:
    """Why there is no file."""
    return _blocks(survey.title, phrases.say(_WHY_NOT[why]))


def under_way(survey: Survey, phrases: Phrases) -> tuple[Block, ...]:
    """Said to who asks again while it is being made."""
    return _blocks(survey.title, phrases.say("This file is already being made; it will come here when it is ready."))


def _of_the_file(exported: Exported, phrases: Phrases) -> Iterator[str]:
    yield phrases.count("{n} response.", "{n} responses.", exported.responses)
    if exported.withheld:
        yield phrases.say(
            "Withheld, as it could reveal who somebody is: {columns}.", columns=", ".join(_columns(exported, phrases))
        )
    if exported.describes_nobody:
        yield phrases.say(
            "Everything that describes people is withheld; a first export after the close can include it."
        )
    if exported.left_behind:
        yield phrases.say("Files that people have sent are not included.")
    yield phrases.say("This export is on record, with your name. Please keep the file as you keep personal data.")


def _columns(exported: Exported, phrases: Phrases) -> Iterator[str]:
    for name, rows in exported.withheld.items():
        if rows is None:
            yield name
        else:
            yield phrases.count("{column} in {n} row", "{column} in {n} rows", rows, column=name)


def _blocks(title: str, *told: str) -> tuple[Block, ...]:
    return Block(Style.SECTION, title), *(Block(Style.PLAIN, text) for text in told)
