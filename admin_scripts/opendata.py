"""colloquio opendata: the results as open data, aggregated and protected cell by cell, with schema and metadata."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from admin_scripts.files import Writer
from admin_scripts.finishing import finished
from admin_scripts.open_data.about import About
from admin_scripts.refusal import Refused
from admin_scripts.screen import say
from admin_scripts.survey_name import SurveyName
from admin_scripts.tables import MARK, language_of

if TYPE_CHECKING:
    from admin_scripts.publication import Publication

PLACEHOLDER = "https://example.org/open-data/"
"""Where the data are to be had, as long as nobody says it."""
ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)*(:\d{1,5})?(/[\w.~!$&'()*+,;=:@%/-]*)?(\?[\w.~!$&'()*+,;=:@%/?-]*)?")
"""No fragment: the parts of the data set are named by one."""
MOST_OF_ADDRESS = 500
UNKNOWN = {
    "holder_id": "The rights holder's code is not known: '{written}' was written. Give --holder-id CODE, in Italy the"
    " one of IPA.",
    "identifier": "The identifier in your catalogue is not known: '{written}' was written. Give --identifier ID.",
    "access_url": "Where the data will be found is not known: '{written}' was written. Give --access-url URL.",
}
"""What is said of each thing that nobody told."""
Wishes = Mapping[str, str | None]


def about_of(publication: "Publication", wishes: Wishes) -> tuple[About, list[str]]:
    """What is known of the publisher, and what was assumed for want of it, in sentences. Refused without a holder."""
    holder = wishes.get("rights_holder") or publication.sender
    if not holder:
        raise Refused("It is not known who holds the rights: give --rights-holder NAME.")
    modified = wishes.get("modified") or (publication.field.last_day and publication.field.last_day.isoformat())
    if not modified:
        raise Refused("It is not known when the answers were given: give --modified YYYY-MM-DD.")
    given = {
        "holder_id": (wishes.get("holder_id"), holder),
        "identifier": (wishes.get("identifier"), publication.name),
        "access_url": (_address(wishes.get("access_url")), PLACEHOLDER + publication.name),
    }
    assumed = [UNKNOWN[name].format(written=default) for name, (wish, default) in given.items() if not wish]
    told = {name: wish or default for name, (wish, default) in given.items()}
    return About(holder=holder, theme=wishes.get("theme") or "GOVE", modified=_day(modified), **told), assumed


def _address(text: str | None) -> str | None:
    """Refused unless it can stand in metadata as an address."""
    if not text:
        return None
    if len(text) > MOST_OF_ADDRESS or not ADDRESS.fullmatch(text):
        raise Refused(
            f"{text[:80]!r} is no address of the web. Give --access-url as https://example.org/open-data/survey,"
            f" without spaces, of at most {MOST_OF_ADDRESS} characters."
        )
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"'{text}' is no day. Write it as 2026-11-30.") from None


def open_data_files(publication: "Publication", wishes: Wishes, wish: str | None, out: Path) -> dict[Path, Writer]:
    """What writes the archive, the same as a folder, and what `colloquio audit` reads, into `out`.

    `wish` is a language, None for the questionnaire's own.
    """
    from admin_scripts.open_data.folder import files_of, zip_of  # noqa: PLC0415 - rdflib takes a while
    from admin_scripts.published_file import SUFFIX, text_of  # noqa: PLC0415
    from admin_scripts.wording import wording_for  # noqa: PLC0415

    (about, _), language = about_of(publication, wishes), language_of(publication, wish)
    publication = replace(publication, quotes=())
    stem = f"{MARK}{publication.name}" if publication.is_synthetic else publication.name
    files = files_of(publication, about, wording_for(language))
    archive = out / f"{stem}.opendata.zip"
    content = {archive: zip_of(files, f"{stem}.opendata")}
    content |= {out / f"{stem}.opendata" / name: part for name, part in files.items()}
    content[out / f"{stem}.opendata{SUFFIX}"] = text_of(publication).encode()
    return {path: partial(_write, part) for path, part in content.items()}


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


app = typer.Typer()


@app.command("opendata", epilog="Example: colloquio opendata climate --out open-data --holder-id c_f205")
def opendata(  # noqa: PLR0913 - what a catalogue wants to know
    name: SurveyName,
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; it is made.")] = Path("open-data"),
    by: Annotated[str, typer.Option(metavar="QUESTION", help="Groups by the answers to this question.")] = "",
    rights_holder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who holds the rights; else the survey's sender.")
    ] = None,
    holder_id: Annotated[str | None, typer.Option(metavar="CODE", help="Its code, in Italy the one of IPA.")] = None,
    identifier: Annotated[str | None, typer.Option(metavar="ID", help="Unique in your catalogue.")] = None,
    access_url: Annotated[str | None, typer.Option(metavar="URL", help="Where the data will be found.")] = None,
    theme: Annotated[str, typer.Option(metavar="CODE", help="The EU's data theme: GOVE, SOCI, ...")] = "GOVE",
    modified: Annotated[str | None, typer.Option(metavar="DAY", help="Else the day of the last answer.")] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="it, en, ...; else the questionnaire's default.")
    ] = None,
) -> None:
    """Write the results as open data.

    Aggregated CSV in which no number is under 5 nor follows from others, with a Table Schema that would find one, and
    DCAT-AP_IT metadata for catalogues; licence CC BY 4.0. Also as a zip.
    """
    from admin_scripts.disclosure.gate import Wanted  # noqa: PLC0415 - numpy and scipy take a second
    from admin_scripts.disclosure.release import release  # noqa: PLC0415

    wishes = {
        "rights_holder": rights_holder,
        "holder_id": holder_id,
        "identifier": identifier,
        "access_url": access_url,
        "theme": theme,
        "modified": modified,
    }
    making = partial(open_data_files, wishes=wishes, wish=lang, out=out)
    publication, (archive, *_) = finished(release(name, Wanted(by=by, cells=True), making))
    for sentence in (*about_of(publication, wishes)[1], f"{archive}, and the folder of the same name."):
        say(sentence)
    if publication.is_synthetic:
        from admin_scripts.synthetic import WARNING  # noqa: PLC0415

        say(WARNING)
