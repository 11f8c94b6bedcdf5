"""Languages of the questionnaire: those the bot does not speak, and texts that come in one language only."""

from collections.abc import Iterator

from conversations.answers.cleaning import folded
from conversations.forms.chat_checks.book import Book, Remark, columns_of
from conversations.forms.workbook import Sheet
from conversations.languages import tag_of
from conversations.phrases import LANGUAGES

_TRANSLATED = ("label", "hint", "constraint_message", "required_message", "guidance_hint")
_ENGLISH = frozenset({"english", "inglese", "default"})
_CODES = {
    **dict.fromkeys(("italiano", "italian"), "it"),
    **dict.fromkeys(("francais", "french", "francese"), "fr"),
    **dict.fromkeys(("deutsch", "german", "tedesco"), "de"),
    **dict.fromkeys(("espanol", "spanish", "spagnolo"), "es"),
    **dict.fromkeys(("portugues", "portuguese", "portoghese"), "pt"),
    **dict.fromkeys(("arabic", "arabo"), "ar"),
    **dict.fromkeys(("romana", "romanian", "rumeno"), "ro"),
    **dict.fromkeys(("chinese", "cinese"), "zh"),
    **dict.fromkeys(("ukrainian", "ucraino"), "uk"),
    **dict.fromkeys(("slovenscina", "slovenian", "sloveno"), "sl"),
}
_LISTED = 3
"""Blank cells of a column that are named one by one; more are told as one."""


def unspoken_languages(book: Book) -> Iterator[Remark]:
    """Languages for which the bot has no sentences of its own."""
    for language in book.languages:
        tag = tag_of(language)
        if tag and tag.replace("_", "-").partition("-")[0].lower() not in LANGUAGES:
            yield Remark(
                _cell_of(book, language),
                f"The bot has no sentences of its own in {language}: buttons such as Skip and Back are English there.",
                f"Nothing if that is fine; it speaks {' and '.join(LANGUAGES)}. Translations are one file: see "
                "conversations/phrases/README.md.",
            )


def untagged_languages(book: Book) -> Iterator[Remark]:
    """Languages that only people can recognise."""
    for language in book.languages:
        if not tag_of(language) and folded(language) not in _ENGLISH:
            yield Remark(
                _cell_of(book, language),
                f"Which language '{language}' is cannot be known without its code, so the bot's own sentences are "
                "English there.",
                f"Write its code into the headers: 'label::{language} ({_CODES.get(folded(language), '…')})'.",
            )


def _cell_of(book: Book, language: str) -> str:
    for sheet in (book.survey, book.choices):
        for column, letter in sheet.letters.items():
            if column.endswith(f"::{language}"):
                return f"{sheet.name}!{letter}1"
    return ""


def others_in_one_language(book: Book) -> Iterator[Remark]:
    """`or_other`, whose two texts are English whatever the language."""
    if len(book.languages) < 2:  # noqa: PLR2004 - with one, nothing can be missing in the other
        return
    for question in book.questions:
        if question.other:
            yield Remark(
                book.cell(question, "type"),
                f"or_other adds 'Other' and 'Specify other.' to '{question.name}', in English in all "
                f"{len(book.languages)} languages.",
                "Add a choice for it to the list, and a text question after it that is relevant when it is chosen.",
            )


def untranslated(book: Book) -> Iterator[Remark]:
    """Texts that are there in one language are there in all."""
    for sheet in (book.survey, book.choices):
        for text in _TRANSLATED:
            for column in columns_of(sheet, text):
                yield from _blanks(sheet, text, column)


def _blanks(sheet: Sheet, text: str, column: str) -> Iterator[Remark]:
    missing = [row for row in sheet.rows if not row.get(column) and row.columns(text)]
    where = f"in {column.partition('::')[2]}" if "::" in column else "in the column without a language"
    remedy = "Fill in the cell; until then the default language is shown."
    if len(missing) <= _LISTED:
        for row in missing:
            yield Remark(sheet.cell(row, column), f"'{row.get('name')}' has no {text} {where}.", remedy)
        return
    rows = ", ".join(str(row.number) for row in missing[:8]) + (", …" if len(missing) > 8 else "")  # noqa: PLR2004
    yield Remark(
        sheet.cell(missing[0], column),
        f"{len(missing)} texts have no {text} {where}: rows {rows}.",
        "Fill in the cells; until then the default language is shown.",
    )


def missing_columns(book: Book) -> Iterator[Remark]:
    """Languages that one sheet has a column for and another has not."""
    for sheet in (book.survey, book.choices):
        if not sheet.rows or len(book.languages) < 2:  # noqa: PLR2004 - with one, nothing can be missing
            continue
        for text in _TRANSLATED:
            columns = columns_of(sheet, text)
            there = {column.partition("::")[2] for column in columns}
            missing = [language for language in book.languages if language not in there]
            if missing and _is_used(sheet, columns):
                yield Remark(
                    f"{sheet.name}!{sheet.letters[columns[0]]}1",
                    f"The sheet '{sheet.name}' has no {text} in {' and '.join(missing)}.",
                    "Add to the first row: " + ", ".join(f"{text}::{language}" for language in missing) + ".",
                )


def _is_used(sheet: Sheet, columns: list[str]) -> bool:
    return any(row.get(column) for row in sheet.rows for column in columns)
