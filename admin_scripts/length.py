"""How long a questionnaire takes, on its shortest, usual and longest way: questions, messages, minutes."""

from collections.abc import Iterator
from datetime import UTC, datetime

from admin_scripts.screen import counted, say, show_table
from conversations.forms import FormDefinition
from conversations.languages import shown_name
from conversations.minutes import estimated_minutes, in_minutes
from conversations.rehearsal.journeys import Journey, TooLong, journeys_of


def show_length(form: FormDefinition) -> None:
    """A table of the three ways, and what respondents are told."""
    languages = form.languages or ("",)
    minutes = [f"Minutes, {shown_name(language)}" if language else "Minutes" for language in languages]
    told = f"At the start people are told that it takes about {counted(estimated_minutes(form), 'minute', 'minutes')}."
    try:
        ways = journeys_of(form, datetime.now(UTC))
    except TooLong:
        say("The ways through the questionnaire were not measured: to walk them would take too long.")
        say(told)
        return
    named = (("Shortest", ways.shortest), ("Usual", ways.usual), ("Longest", ways.longest))
    headings = ("Way through", "Questions", "Messages", *minutes)
    show_table(headings, [(name, *_numbers(form, way)) for name, way in named], numbers=headings[1:])
    say(
        f"{told} That counts every question once; on the ways above, conditions leave some out and repeats are asked "
        "several times."
    )


def _numbers(form: FormDefinition, way: Journey) -> Iterator[str]:
    yield str(way.questions)
    yield str(way.messages)
    for language in form.languages or ("",):
        yield str(in_minutes(way.seconds(form, language)))
