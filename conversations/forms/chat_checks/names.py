"""Names and headers that are not what they look like: hidden characters, slips, capitals."""

from collections.abc import Iterator
from difflib import get_close_matches

from conversations.forms.chat_checks.book import Book, Remark
from conversations.forms.workbook import Row, Sheet
from conversations.forms.written import HIDDEN

_COLUMNS = {
    "survey": (
        *("type", "name", "label", "hint", "required", "required_message", "relevant", "constraint"),
        *("constraint_message", "calculation", "choice_filter", "appearance", "parameters", "repeat_count", "default"),
        *("readonly", "trigger", "guidance_hint", "image", "audio", "video"),
    ),
    "choices": ("list_name", "name", "label"),
    "settings": ("form_title", "form_id", "version", "default_language", "instance_name", "style"),
}


def misspelt_columns(book: Book) -> Iterator[Remark]:
    """Headers that are nearly those of XLSForm; what stands below them is read by nobody."""
    for sheet in (book.survey, book.choices, book.settings):
        known = _COLUMNS[sheet.name.strip().lower()]
        for column in sheet.letters:
            name = column.partition("::")[0]
            near = get_close_matches(name, known, n=1, cutoff=0.8)
            if near and name not in known and near[0] not in {other.partition("::")[0] for other in sheet.letters}:
                yield Remark(
                    f"{sheet.name}!{sheet.letters[column]}1",
                    f"There is no column '{name}' in XLSForm, so nothing below it is read.",
                    f"Did you mean '{near[0]}'?",
                )


def hidden_characters(book: Book) -> Iterator[Remark]:
    """Names with a character that cannot be seen: they match no other spelling of themselves."""
    for sheet, columns in ((book.survey, ("type", "name")), (book.choices, ("list_name", "name"))):
        for row in sheet.rows:
            for column in columns:
                found = HIDDEN.search(row.get(column).replace("\u00a0", "" if column == "type" else "\u00a0"))
                if found:
                    yield Remark(
                        sheet.cell(row, column),
                        f"'{HIDDEN.sub('·', row.get(column))}' has a character that cannot be seen where the dot is "
                        f"(U+{ord(found[0]):04X}), perhaps copied from a web page.",
                        "Clear the cell and write it by hand.",
                    )


def unknown_default_language(book: Book) -> Iterator[Remark]:
    """A default language that no column is written in."""
    for row in book.settings.rows[:1]:
        language = row.get("default_language")
        if language and book.languages and language not in book.languages:
            near = get_close_matches(language, book.languages, n=1, cutoff=0.3)
            yield Remark(
                book.settings.cell(row, "default_language"),
                f"The default language is '{language}', and no column is written in it.",
                f"Write it as in the headers: '{near[0] if near else book.languages[0]}'.",
            )


def similar_names(book: Book) -> Iterator[Remark]:
    """Names that differ only in capitals."""
    yield from _similar(book.survey, [(question.row, "") for question in book.questions])
    choices = [(row, name) for name, rows in book.lists.items() for row in rows]
    yield from _similar(book.choices, choices)


def _similar(sheet: Sheet, rows: list[tuple[Row, str]]) -> Iterator[Remark]:
    seen: dict[tuple[str, str], Row] = {}
    for row, group in rows:
        name = row.get("name")
        first = seen.setdefault((group, name.casefold()), row)
        if name and first.get("name") != name:
            yield Remark(
                sheet.cell(row, "name"),
                f"'{name}' and '{first.get('name')}' (row {first.number}) differ only in capitals: easily mixed up, "
                "and one column in some programs.",
                "Give one of the two another name.",
            )
