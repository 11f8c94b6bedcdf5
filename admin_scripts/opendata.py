"""colloquio opendata: the results as open data, aggregated and protected cell by cell, with schema and metadata."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from admin_scripts.files import Writer, put_in_place
from admin_scripts.open_data.about import About
from admin_scripts.publication import Publication
from admin_scripts.published_file import SUFFIX, text_of
from admin_scripts.refusal import Refused

PLACEHOLDER = "https://example.org/open-data/"
"""Where the data are to be had, as long as nobody says it."""
Wishes = Mapping[str, str | None]


def about_of(publication: Publication, wishes: Wishes) -> tuple[About, list[str]]:
    """What is known of the publisher, and what was assumed for want of it, in sentences. Refused without a holder."""
    holder = wishes.get("rights_holder") or publication.sender
    if not holder:
        raise Refused("It is not known who holds the rights: give --rights-holder NAME.")
    modified = wishes.get("modified") or (publication.field.last_day and publication.field.last_day.isoformat())
    if not modified:
        raise Refused("It is not known when the answers were given: give --modified YYYY-MM-DD.")
    given = {
        "holder_id": (wishes.get("holder_id"), holder, "--holder-id: in Italy the IPA code of the rights holder"),
        "identifier": (wishes.get("identifier"), publication.name, "--identifier: unique in your catalogue"),
        "access_url": (wishes.get("access_url"), PLACEHOLDER + publication.name, "--access-url: where they are found"),
    }
    assumed = [f"Assumed '{default}'. Better say {option}." for wish, default, option in given.values() if not wish]
    told = {name: wish or default for name, (wish, default, _) in given.items()}
    return About(holder=holder, theme=wishes.get("theme") or "GOVE", modified=_day(modified), **told), assumed


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"'{text}' is no day. Write it as 2026-11-30.") from None


def write_open_data(publication: Publication, about: About, language: str, out: Path) -> Path:
    """The folder and the archive of it in `out`, all or nothing; gives the archive's path."""
    from admin_scripts.open_data.folder import files_of, zip_of  # noqa: PLC0415 - rdflib takes a while
    from admin_scripts.wording import wording_for  # noqa: PLC0415

    stem = f"SYNTHETIC-{publication.name}" if publication.is_synthetic else publication.name
    files = files_of(publication, about, wording_for(language))
    archive = out / f"{stem}.opendata.zip"
    content = {out / f"{stem}.opendata" / name: part for name, part in files.items()}
    content[archive] = zip_of(files, f"{stem}.opendata")
    content[out / f"{stem}.opendata{SUFFIX}"] = text_of(publication).encode()
    writers: dict[Path, Writer] = {path: partial(_write, part) for path, part in content.items()}
    put_in_place(writers)
    return archive


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)
