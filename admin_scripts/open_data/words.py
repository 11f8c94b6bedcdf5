"""What the open data say of themselves: title, description, and a page for those who use them."""

from collections.abc import Mapping, Sequence

from admin_scripts.open_data.about import About
from admin_scripts.publication import Publication
from admin_scripts.wording import N_, Wording

INTERVAL = N_("low and high: between them lies the figure of the whole population, with 95% confidence.")
HIDDEN = N_("A row with status “hidden” has a number under {k}, zero too, or one that would tell it.")
READING = (
    N_("A percentage is of those who answered (base), never of all who were asked."),
    INTERVAL,
    N_("Several answers are possible where kind is “multiple”: percentages add up to more than 100."),
    N_("Do not add up what is shown: hidden rows would be missing."),
)


def title_of(publication: Publication, wording: Wording) -> str:
    """The title of the data set, with the mark of one that nobody answered."""
    if publication.is_synthetic:
        return wording.say("SYNTHETIC – {title}: aggregated results", title=publication.heading)
    return wording.say("{title}: aggregated results", title=publication.heading)


def description_of(publication: Publication, wording: Wording) -> str:
    """What they are, of whom, when, and what is not in them."""
    numbers = {"responses": wording.whole(publication.responses), "people": wording.whole(publication.population)}
    said = [wording.say("Results of a survey that {responses} of {people} people answered.", **numbers)]
    first, last = publication.field.first_day, publication.field.last_day
    if first and last:
        days = dict(zip(("first", "last"), wording.span(first, last), strict=True))
        said.append(wording.say("The answers are from {first} to {last}.", **days))
    said.append(wording.say("Numbers under {k} are not told, nor any from which they follow.", k=publication.k))
    return " ".join(said)


def readme_of(publication: Publication, about: About, headers: Mapping[str, Sequence[str]], wording: Wording) -> str:
    """README.md of the folder."""
    say = wording.say
    files_are, to_read, to_use = say("Files"), say("How to read them"), say("Use")
    described, listed = (
        say("what every column means, its type and its limits (Table Schema)"),
        say("metadata for catalogues (DCAT-AP_IT)"),
    )
    files = [f"- `{table}.csv`: {', '.join(f'`{column}`' for column in columns)}" for table, columns in headers.items()]
    return "\n".join(
        [
            f"# {title_of(publication, wording)}",
            "",
            description_of(publication, wording),
            "",
            f"## {files_are}",
            *files,
            f"- `datapackage.json`: {described}",
            f"- `dcat-ap_it.ttl`, `dcat-ap_it.rdf`: {listed}",
            "",
            say("CSV in UTF-8, with commas, decimals with a point, a blank where there is nothing or nothing is told."),
            "",
            f"## {to_read}",
            *(f"- {say(sentence)}" for sentence in READING),
            f"- {say(HIDDEN, k=publication.k)}",
            "",
            f"## {to_use}",
            say("Licence CC BY 4.0: use them for anything, and name the source: {holder}.", holder=about.holder),
            "",
            say("The data are to be had at {url}.", url=about.access_url),
            "",
        ]
    )
