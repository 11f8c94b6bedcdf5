"""Conditions that cannot mean what they say: choices that are not there, labels for names, blanks taken for no."""

from collections.abc import Iterator
from difflib import get_close_matches

from conversations.answers.cleaning import folded
from conversations.forms.chat_checks.book import Book, Question, Remark, Written
from conversations.forms.chat_checks.conditions import Comparison, comparisons_in, conjuncts, named_by
from conversations.forms.workbook import Row
from conversations.forms.written import pointed
from conversations.forms.xpath.syntax import Call, Chain, Expression, Path, parts_of

_CHOOSING = ("select_one", "select_multiple", "rank")


def unknown_choices(book: Book) -> Iterator[Remark]:
    """Comparisons with a name that is not in the question's list."""
    for written, found, rows in _wrongly_compared(book):
        if _labelled(rows, found.value) is None:
            names = [row.get("name") for row in rows]
            near = get_close_matches(str(found.value), names, n=1, cutoff=0.5)
            yield _remark(
                book,
                written,
                found,
                f"{_value(found)} is not a choice of '{found.name}', so this {_outcome(found)} holds.",
                f"Did you mean '{near[0]}'?" if near else f"Its choices are {_some(names)}.",
            )


def compared_labels(book: Book) -> Iterator[Remark]:
    """Comparisons with a label where the name of the choice is meant."""
    for written, found, rows in _wrongly_compared(book):
        meant = _labelled(rows, found.value)
        if meant is not None:
            yield _remark(
                book,
                written,
                found,
                f"{_value(found)} is the label of a choice of '{found.name}'; what is stored is its name.",
                f"Write '{meant.get('name')}'.",
            )


def _wrongly_compared(book: Book) -> Iterator[tuple[Written, Comparison, tuple[Row, ...]]]:
    for written in book.written:
        for found in comparisons_in(written):
            question = book.named.get(found.name)
            if question and found.sign in ("=", "!=", "selected") and _is_off_list(book, question, found):
                yield written, found, book.offered(question)


def _is_off_list(book: Book, question: Question, found: Comparison) -> bool:
    if question.kind not in _CHOOSING or not book.offered(question) or found.value == "":
        return False
    if question.kind != "select_one" and found.sign != "selected":
        return False  # told as a comparison of several choices
    names = {row.get("name") for row in book.offered(question)} | ({"other"} if question.other else set())
    if isinstance(found.value, str):
        return found.value not in names
    return found.value not in {_number(name) for name in names}


def _number(name: str) -> float | None:
    try:
        return float(name)
    except ValueError:
        return None


def _labelled(rows: tuple[Row, ...], value: str | float) -> Row | None:
    wanted = folded(str(value))
    return next(
        (row for row in rows for column in row.columns("label") if wanted and folded(row.get(column)) == wanted), None
    )


def compared_multiples(book: Book) -> Iterator[Remark]:
    """A select_multiple compared with one of its choices: true only when nothing else is chosen."""
    for written in book.written:
        for found in comparisons_in(written):
            question = book.named.get(found.name)
            if question and question.kind == "select_multiple" and found.sign in ("=", "!=") and found.value != "":
                call = f"selected(${{{found.name}}}, '{found.value}')"
                yield _remark(
                    book,
                    written,
                    found,
                    f"'{found.name}' may hold several choices: comparing it with {_value(found)} looks at all of them.",
                    f"Write {call if found.sign == '=' else f'not({call})'}.",
                )


def bare_references(book: Book) -> Iterator[Remark]:
    """`${x}` by itself as a condition."""
    for written in book.written:
        whole = written.column in ("relevant", "required", "readonly", "constraint")
        for at, name in _bare(written.tree, whole=whole):
            question = book.named.get(name)
            if question is None or question.kind in ("group", "repeat"):
                continue
            yield Remark(
                book.cell(written.question, written.column),
                f"Whether '{name}' holds is asked here without saying what it is compared with: any text counts as "
                "yes (also 'no' and 'false'), and ODK's own programs disagree about a blank.",
                f"Write what is meant: ${{{name}}} != '', or ${{{name}}} = '…'.",
                pointed(written.text, at),
            )


def _bare(tree: Expression, *, whole: bool) -> Iterator[tuple[int, str]]:
    """Where a reference stands for a condition; `whole`: the expression itself is one."""
    if whole and (name := named_by(tree, None)):
        yield tree.at, name
    as_condition = isinstance(tree, Chain) and not {"and", "or"}.isdisjoint(tree.operators)
    as_condition = as_condition or (isinstance(tree, Call) and tree.name in ("not", "boolean"))
    for place, part in enumerate(parts_of(tree)):
        asks = as_condition or (isinstance(tree, Call) and tree.name == "if" and place == 0)
        yield from _bare(part, whole=asks)


def unknown_columns(book: Book) -> Iterator[Remark]:
    """Filters that look at a column that the choices sheet does not have."""
    known = set(book.choices.letters) | {column.partition("::")[0] for column in book.choices.letters} | {"name"}
    for written in book.written:
        if written.column != "choice_filter" or not book.offered(written.question):
            continue
        for at, column in _columns(written.tree):
            if column not in known and column.lower() not in known:
                near = get_close_matches(column, sorted(known), n=1)
                quoted = f"If the word itself is meant, write '{column}' in quotes."
                yield Remark(
                    book.cell(written.question, "choice_filter"),
                    f"The choices sheet has no column called '{column}', so this filter sees a blank.",
                    f"Did you mean the column '{near[0]}'? {quoted}" if near else f"Add the column. {quoted}",
                    pointed(written.text, at),
                )


def _columns(tree: Expression) -> Iterator[tuple[int, str]]:
    match tree:
        case Path(start=None, steps=(step,), absolute=False) if step.axis == "child" and step.test.isidentifier():
            yield tree.at, step.test
        case Path():
            return
        case _:
            for part in parts_of(tree):
                yield from _columns(part)


def own_constants(book: Book) -> Iterator[Remark]:
    """Constraints that do not look at the answer."""
    for written in book.written:
        if written.column != "constraint" or not written.question.is_asked:
            continue
        text, name = written.text, written.question.name
        if "." not in _without_literals(text) and f"${{{name}}}" not in text and "/" not in text:
            yield Remark(
                book.cell(written.question, "constraint"),
                f"The constraint of '{name}' does not look at the answer: there is no dot in it.",
                "Write . where the answer is meant, as in '. >= 0 and . <= 120'.",
            )


def _without_literals(text: str) -> str:
    return "".join(text.replace('"', "'").split("'")[::2])


def conditions_of(book: Book, question: Question) -> Iterator[tuple[Written, Expression]]:
    """Everything that must hold for the question to be asked: its own relevance and that of the groups around."""
    for one in (*question.groups, question):
        written = book.written_in(one, "relevant")
        if written:
            for condition in conjuncts(written.tree):
                yield written, condition


def _remark(book: Book, written: Written, found: Comparison, what: str, remedy: str) -> Remark:
    return Remark(book.cell(written.question, written.column), what, remedy, pointed(written.text, found.at))


def _value(found: Comparison) -> str:
    return f"'{found.value}'" if isinstance(found.value, str) else f"{found.value:g}"


def _outcome(found: Comparison) -> str:
    return "always" if found.sign == "!=" else "never"


def _some(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:5])
    return shown + (", …" if len(names) > 5 else "")  # noqa: PLR2004 - as many as are shown
