"""The catalogues as Babel sees them; `python -m tests.catalogues` renews them from the code."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from admin_scripts import wording
from conversations import phrases

ROOT = Path(__file__).parents[1]
KEYWORDS = {"say": None, "count": (1, 2), "N_": None}
METHODS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2.ext.babel_extract"),
    ("**.jinja", "jinja2.ext.babel_extract"),
]
NOISE = tuple(
    f'"{header}'.encode()
    for header in (
        "Project-Id",
        "Report-Msgid",
        "POT-Creation",
        "PO-Revision",
        "Last-",
        "Language-Team",
        "Generated-By",
    )
)
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Domain:
    """One set of sentences: the folder of its catalogues, their languages, and the rooms that speak."""

    folder: str
    languages: tuple[str, ...]
    rooms: tuple[str, ...]

    def file(self, language: str, kind: str) -> Path:
        """One catalogue, as it is maintained (po) or as it runs (mo)."""
        return ROOT / self.folder / f"{language}.{kind}"


CONVERSATION = Domain("conversations/phrases", phrases.CATALOGUES, ("bot", "conversations"))
RESULTS = Domain(
    "admin_scripts/wording",
    wording.CATALOGUES,
    tuple(
        f"admin_scripts/{room}" for room in ("wording", "charts", "reporting", "tabled", "open_data", "open_answers")
    ),
)
DOMAINS = (CONVERSATION, RESULTS)


def extracted(domain: Domain) -> Catalog:
    """Collect every sentence that the code of the rooms that speak can say, with the files that say it."""
    catalog = Catalog()
    for room in domain.rooms:
        found = extract_from_dir(
            ROOT / room,
            method_map=METHODS,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for filename, _, sentence, comments, context in sorted(found):
            catalog.add(sentence, locations=[(f"{room}/{filename}", 0)], auto_comments=comments, context=context)
    return catalog


def translated(domain: Domain, language: str) -> Catalog:
    """Read the translations as they are maintained by hand."""
    with domain.file(language, "po").open("rb") as catalogue:
        return read_po(catalogue, locale=language)


def shipped(domain: Domain, language: str) -> Catalog:
    """Read the translations as they run."""
    with domain.file(language, "mo").open("rb") as catalogue:
        return read_mo(catalogue)


def compiled(catalog: Catalog) -> bytes:
    """Make the content of the .mo file; without a date, so that the same sentences give the same bytes."""
    catalog.creation_date = UNDATED
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def renew(domain: Domain, language: str) -> list[str]:
    """Take new sentences in, drop those nobody says any more, compile; return what is still to be translated."""
    catalog = translated(domain, language)
    catalog.update(extracted(domain), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    buffer = BytesIO()
    write_po(buffer, catalog, width=120, include_lineno=False)
    kept = [line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(NOISE)]
    domain.file(language, "po").write_bytes(b"".join(kept))
    domain.file(language, "mo").write_bytes(compiled(translated(domain, language)))
    return [str(message.id) for message in catalog if message.id and not message.string]


if __name__ == "__main__":
    for domain in DOMAINS:
        for language in domain.languages:
            for sentence in renew(domain, language):
                print(f"{domain.folder}/{language}: to be translated: {sentence}")  # noqa: T201 - a command's answer
