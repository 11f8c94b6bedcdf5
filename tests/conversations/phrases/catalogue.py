"""The catalogues as Babel sees them; `python -m tests.conversations.phrases.catalogue` renews them from the code."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from conversations.phrases import CATALOGUES

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "conversations" / "phrases"
KEYWORDS = {"say": None, "count": (1, 2), "N_": None}
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


def extracted() -> Catalog:
    """Collect every sentence that the code of the rooms that speak can say, with the files that say it."""
    catalog = Catalog()
    for room in ("bot", "conversations"):
        found = extract_from_dir(
            ROOT / room, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        )
        for filename, _, sentence, comments, context in sorted(found):
            catalog.add(sentence, locations=[(f"{room}/{filename}", 0)], auto_comments=comments, context=context)
    return catalog


def translated(language: str) -> Catalog:
    """Read the translations as they are maintained by hand."""
    with (FOLDER / f"{language}.po").open("rb") as catalogue:
        return read_po(catalogue, locale=language)


def shipped(language: str) -> Catalog:
    """Read the translations as they run."""
    with (FOLDER / f"{language}.mo").open("rb") as catalogue:
        return read_mo(catalogue)


def compiled(catalog: Catalog) -> bytes:
    """Make the content of the .mo file; without a date, so that the same sentences give the same bytes."""
    catalog.creation_date = UNDATED
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def renew(language: str) -> list[str]:
    """Take new sentences in, drop those nobody says any more, compile; return what is still to be translated."""
    catalog = translated(language)
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    buffer = BytesIO()
    write_po(buffer, catalog, width=120, include_lineno=False)
    kept = [line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(NOISE)]
    (FOLDER / f"{language}.po").write_bytes(b"".join(kept))
    (FOLDER / f"{language}.mo").write_bytes(compiled(translated(language)))
    return [str(message.id) for message in catalog if message.id and not message.string]


if __name__ == "__main__":
    for language in CATALOGUES:
        for sentence in renew(language):
            print(f"{language}: to be translated: {sentence}")  # noqa: T201 - a command's answer
