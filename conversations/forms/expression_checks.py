"""Expressions as the author wrote them: can each be read, does each function exist, is each ${name} a question."""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from conversations.forms.problems import Problem
from conversations.forms.workbook import BEGIN, Row, Sheet
from conversations.forms.written import EXPRESSIONS, HIDDEN, REFERENCE, STRAIGHT, is_expression, pointed, readable
from conversations.forms.xpath import XPathSyntaxError, faults_in, parse
from conversations.forms.xpath.faults import Fault
from conversations.forms.xpath.functions import FUNCTIONS
from conversations.forms.xpath.syntax import Expression, Path, parts_of

_OPEN = re.compile(r"\$\{[^}]*$|\$\{\s*\}")
_QUOTES = str.maketrans("‚‛„‟′″´`", "''\"\"'\"''")
_HABITS = (
    (re.compile(r"=="), "Write = for 'is equal to'."),
    (re.compile(r"<>|=!"), "Write != for 'is not equal to'."),
    (re.compile(r"=<"), "Write <= for 'at most'."),
    (re.compile(r"=>"), "Write >= for 'at least'."),
    (re.compile(r"&&?"), "Write and between two conditions, concat(…) to put texts together."),
    (re.compile(r"\|\|"), "Write or between two conditions."),
    (re.compile(r"\b(?:AND|OR|DIV|MOD|And|Or)\b"), "Write and, or, div, mod in small letters."),
    (re.compile(r"(?<=[\w})])\s*/\s*(?=[\d(${])"), "Write div for a division: ${a} div 2."),
    (re.compile(r"!(?!=)"), "Write not(…) for 'not'."),
    (re.compile(r";"), "Write a comma between the arguments of a function."),
    (re.compile(r"%"), "Write mod for a remainder; a percentage is a number: 0.05."),
)
"""What other languages and spreadsheets write -> what is written here."""


def check_expressions(survey: Sheet, others: Collection[Sheet] = ()) -> Iterator[Problem]:
    """The problems of every expression and every reference, cell by cell; in `others` only of references."""
    names = {row.get("name") for row in survey.rows}
    for sheet in (survey, *others):
        for row in sheet.rows:
            for column in row.cells:
                yield from _check_references(sheet, row, column, names)
                if _holds_expression(sheet, column) and is_expression(row.get(column)):
                    yield from _check_expression(sheet, row, column)


def _holds_expression(sheet: Sheet, column: str) -> bool:
    return column in EXPRESSIONS if sheet.name.lower().strip() == "survey" else column == "instance_name"


def _check_references(sheet: Sheet, row: Row, column: str, names: Collection[str]) -> Iterator[Problem]:
    text = row.get(column)
    for found in {found[1]: found for found in reversed([*REFERENCE.finditer(text)])}.values():
        if found[1] and found[1] not in names:
            yield _unknown(sheet.cell(row, column), found, text, names)
    if found_open := _OPEN.search(text):
        yield Problem(
            code="reference",
            cell=sheet.cell(row, column),
            what="A reference that begins with ${ has no name or no }.",
            remedy="Write ${name}, with the name of a question.",
            excerpt=pointed(text, found_open.start()),
        )


def _unknown(cell: str, found: re.Match[str], text: str, names: Collection[str]) -> Problem:
    name = found[1]
    near = get_close_matches(name, sorted(names), n=1)
    return Problem(
        code="unknown-name",
        cell=cell,
        what=f"No question is called '{name}'.",
        remedy=f"Did you mean ${{{near[0]}}}?" if near else f"Correct ${{{name}}}, or add a question of that name.",
        excerpt=pointed(text, found.start()),
    )


def _check_expression(sheet: Sheet, row: Row, column: str) -> Iterator[Problem]:
    cell, text = sheet.cell(row, column), row.get(column)
    try:
        tree = parse(readable(text))
    except XPathSyntaxError as error:
        yield _unreadable(cell, column, row.get("name"), text, error)
        return
    for fault in faults_in(tree):
        yield faulty_call(cell, column, row.get("name"), fault, text)
    if column != "choice_filter" and not BEGIN.fullmatch(row.get("type")):
        for at, word in _bare_words(tree):
            yield _unquoted(cell, word, text, at)


def _bare_words(tree: Expression) -> Iterator[tuple[int, str]]:
    """Words without quotes: read as what is below the question, where nothing is."""
    match tree:
        case Path(start=None, steps=(step, *_), absolute=False) if step.axis == "child":
            yield tree.at, step.test
        case Path():
            return
        case _:
            for part in parts_of(tree):
                yield from _bare_words(part)


def _unreadable(cell: str, column: str, name: str, text: str, error: XPathSyntaxError) -> Problem:
    if (quote := _misused_quote(text)) is not None:
        return _curly(cell, column, name, text, quote)
    if hidden := HIDDEN.search(text):
        return _with_hidden(cell, column, name, text, hidden)
    why = str(error).partition(" (at character")[0]
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", lambda found: "_" * len(found[0]), text)
    habit = next((remedy for pattern, remedy in _HABITS if pattern.search(outside)), "")
    return Problem(
        code="expression",
        cell=cell,
        what=f"The {column} of '{name}' cannot be read: {why}.",
        remedy=habit or "Check brackets, quotes and operators.",
        excerpt=pointed(text, min(error.position, len(text))),
    )


def _can_be_read(text: str) -> bool:
    try:
        parse(text)
    except XPathSyntaxError:
        return False
    return True


def _misused_quote(text: str) -> int | None:
    """Where a quote stands that is none here, or that ends a text it is meant to be in."""
    straight = readable(text.translate(_QUOTES))
    if straight != readable(text) and _can_be_read(straight):
        return _first_changed(text, text.translate(_QUOTES))
    kept = readable(text.translate(dict.fromkeys(STRAIGHT, "_")))
    return _first_changed(text, text.translate(STRAIGHT)) if _can_be_read(kept) else None


def _first_changed(text: str, other: str) -> int | None:
    return next((place for place, (old, new) in enumerate(zip(text, other, strict=True)) if old != new), None)


def _curly(cell: str, column: str, name: str, text: str, at: int) -> Problem:
    return Problem(
        code="curly-quotes",
        cell=cell,
        what=f"The {column} of '{name}' has a quote ({text[at]}) that does not work here: texts stand between two "
        "straight ones, and a typographic one inside a text is made straight and ends it.",
        remedy='Write the quotes by hand; a text with an apostrophe stands between double quotes: "l\'ente".',
        excerpt=pointed(text, at),
    )


def _with_hidden(cell: str, column: str, name: str, text: str, found: re.Match[str]) -> Problem:
    return Problem(
        code="hidden-character",
        cell=cell,
        what=f"The {column} of '{name}' has a character that cannot be seen (U+{ord(found[0]):04X}), perhaps copied "
        "from a web page.",
        remedy="Delete the text around the mark and write it by hand.",
        excerpt=pointed(HIDDEN.sub(" ", text), found.start()),
    )


def _unquoted(cell: str, word: str, text: str, at: int) -> Problem:
    return Problem(
        code="unquoted",
        cell=cell,
        what=f"The word {word} stands without quotes and without ${{…}}: it names nothing.",
        remedy=f"Write '{word}' for the text, ${{{word}}} for the answer to a question.",
        excerpt=pointed(text, at),
    )


_REMEDY = "See the functions there are: https://docs.getodk.org/form-operators-functions/"


def faulty_call(cell: str, column: str, name: str, fault: Fault, text: str = "") -> Problem:
    """A function that is not there, or not in this way."""
    return Problem(
        code="function",
        cell=cell,
        what=f"In the {column} of '{name}' {fault.what}.",
        remedy=_meant(fault.what, FUNCTIONS),
        excerpt=pointed(text, fault.at) if text else "",
    )


def _meant(complaint: str, functions: Mapping[str, object]) -> str:
    missing = re.fullmatch(r"there is no function (.+)\(\)", complaint)
    near = get_close_matches(missing[1].lower(), [*functions], n=1, cutoff=0.7) if missing else []
    return f"Did you mean {near[0]}()? {_REMEDY}" if near else _REMEDY
