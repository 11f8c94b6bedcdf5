"""What respondents would miss in their language: texts without a translation, choices that look the same."""

from collections.abc import Iterator, Mapping

from conversations.forms.problems import Problem
from conversations.forms.workbook import Row, Sheet

_TRANSLATED = ("label", "hint", "constraint_message", "required_message")


def check_translations(sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """Warnings, each with the cell that is blank or says the same as another."""
    for name in ("survey", "choices"):
        if name in sheets:
            yield from _check_blanks(sheets[name])
    if "choices" in sheets:
        yield from _check_look_alikes(sheets["choices"])


def _check_blanks(sheet: Sheet) -> Iterator[Problem]:
    """A text that is there in one language is there in all."""
    for text in _TRANSLATED:
        columns = [column for column in sheet.letters if column.startswith(f"{text}::")]
        for row in sheet.rows:
            missing = [column for column in columns if not row.get(column)]
            if len(missing) < len(columns):
                yield from (_untranslated(sheet, row, column) for column in missing)


def _check_look_alikes(choices: Sheet) -> Iterator[Problem]:
    """Labels differ within a list, or else something that a choice_filter can look at does."""
    labels = [column for column in choices.letters if column.partition("::")[0] == "label"]
    others = [column for column in choices.letters if column not in labels and column != "name"]
    for label in labels:
        seen: dict[tuple[str, ...], Row] = {}
        for row in choices.rows:
            key = (row.get(label), *map(row.get, others))
            if row.get(label) and key in seen:
                yield _look_alike(choices, row, label, seen[key])
            seen.setdefault(key, row)


def _untranslated(sheet: Sheet, row: Row, column: str) -> Problem:
    text, _, language = column.partition("::")
    return Problem(
        code="untranslated",
        cell=sheet.cell(row, column),
        what=f"'{row.get('name')}' has no {text} in {language}.",
        remedy="Fill in the cell; until then the default language is shown.",
        severity="warning",
    )


def _look_alike(choices: Sheet, row: Row, column: str, other: Row) -> Problem:
    return Problem(
        code="same-label",
        cell=choices.cell(row, column),
        what=f"'{row.get(column)}' is also the label of the choice in row {other.number} of the same list.",
        remedy="Give them different labels: a typed answer could mean either.",
        severity="warning",
    )
