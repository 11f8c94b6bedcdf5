"""Choices as a chat shows them: buttons that are too wide, too many, or that a typed answer cannot tell apart."""

from collections import Counter
from collections.abc import Iterator, Sequence

from conversations.answers.choosing import leading_number
from conversations.answers.cleaning import folded
from conversations.forms.chat_checks.book import Book, Question, Remark, columns_of
from conversations.forms.chat_checks.conditions import COMPARING
from conversations.forms.chat_checks.limits import CHOICES_AT_ONCE, NARROW_BUTTON, WIDEST_BUTTON
from conversations.forms.workbook import Row
from conversations.forms.xpath.syntax import Chain, Expression, Path, parts_of


def numbered_labels(book: Book) -> Iterator[Remark]:
    """Lists whose labels do not fit on buttons in some language."""
    for name, rows in _shown_lists(book):
        long = _wide_cells(book, rows, beyond=WIDEST_BUTTON)
        if long:
            yield Remark(
                long[0],
                f"A button holds {WIDEST_BUTTON} characters; {_these(long, 'is', 'are')} longer. Where one of them is "
                f"offered, the chat lists the choices of '{name}' in the text and the buttons are only numbers.",
                f"To have the words on the buttons, shorten {'it' if len(long) == 1 else 'them'}.",
            )


def cut_labels(book: Book) -> Iterator[Remark]:
    """Lists whose labels are shown on buttons, but hardly on a small phone."""
    for name, rows in _shown_lists(book):
        cut = [
            cell
            for column in columns_of(book.choices, "label")
            if max(len(_line(row, column)) for row in rows) <= WIDEST_BUTTON
            for cell in _wide_cells(book, rows, beyond=NARROW_BUTTON, columns=(column,))
        ]
        if cut:
            yield Remark(
                cut[0],
                f"A small phone shows about {NARROW_BUTTON} characters of a button, and {_these(cut, 'has', 'have')} "
                f"more: the end of {'that button' if len(cut) == 1 else 'those buttons'} of '{name}' may be dots.",
                f"Shorten to {NARROW_BUTTON} characters, or say first what tells the choices apart.",
            )


def _wide_cells(book: Book, rows: Sequence[Row], *, beyond: int, columns: Sequence[str] = ()) -> list[str]:
    return [
        book.choices.cell(row, column)
        for row in rows
        for column in columns or columns_of(book.choices, "label")
        if len(_line(row, column)) > beyond
    ]


def _these(cells: Sequence[str], one: str, many: str) -> str:
    """As "C5 is", "C5 and D5 are" or "C5, D5, C6 and 3 more are"."""
    names = [cell.partition("!")[2] for cell in cells]
    if len(names) == 1:
        return f"{names[0]} {one}"
    last = names[-1] if len(names) <= _NAMED else f"{len(names) - _NAMED + 1} more"
    return f"{', '.join(names[: min(len(names), _NAMED) - 1])} and {last} {many}"


_NAMED = 8


def many_choices(book: Book) -> Iterator[Remark]:
    """Questions with more choices than are shown at once."""
    for question in book.asked():
        most = _most_offered(book, question)
        if most > CHOICES_AT_ONCE:
            yield Remark(
                book.cell(question, "type"),
                f"'{question.name}' can show {most} choices; more than {CHOICES_AT_ONCE} come in pages, "
                f"and a few letters find one.",
                "Ask for a part first (area, then municipality) and filter with choice_filter where that is easier.",
            )


def _most_offered(book: Book, question: Question) -> int:
    """Choices left by a filter that compares columns; 0 when nobody can know."""
    rows = book.offered(question)
    if not question.row.get("choice_filter"):
        return len(rows)
    written = book.written_in(question, "choice_filter")
    columns = sorted(set(_compared_columns(written.tree))) if written else []
    return max(Counter(tuple(map(row.get, columns)) for row in rows).values(), default=0) if columns else 0


def _compared_columns(tree: Expression) -> Iterator[str]:
    if isinstance(tree, Chain) and tree.operators == ("=",):
        for operand in tree.operands:
            match operand:
                case Path(start=None, steps=(step,), absolute=False) if step.axis == "child":
                    yield step.test
    elif isinstance(tree, Chain) and set(tree.operators) <= {"and", *COMPARING}:
        for part in parts_of(tree):
            yield from _compared_columns(part)


def same_labels(book: Book) -> Iterator[Remark]:
    """Labels that are the same, or sound the same, while nothing that a choice_filter looks at differs."""
    labels = columns_of(book.choices, "label")
    plain = [c for c in book.choices.letters if c.partition("::")[0] not in ("label", "name", "media", "hint")]
    for column in labels:
        seen: dict[tuple[str, ...], Row] = {}
        for row in book.choices.rows:
            key = (folded(row.get(column)) or row.get(column), *map(row.get, plain))
            if not row.get(column) or not row.get("list_name"):
                continue
            if key in seen:
                yield _same(book, row, column, seen[key])
            seen.setdefault(key, row)


def _same(book: Book, row: Row, column: str, other: Row) -> Remark:
    same = row.get(column) == other.get(column)
    what = (
        f"'{row.get(column)}' is also the label of the choice in row {other.number} of the same list."
        if same
        else f"'{row.get(column)}' and '{other.get(column)}' (row {other.number}) differ only in capitals, accents or "
        "punctuation, which a typed answer may leave out."
    )
    return Remark(book.choices.cell(row, column), what, "Give them different labels: a typed answer could mean either.")


def misplaced_numbers(book: Book) -> Iterator[Remark]:
    """Names that are numbers of other places: a typed number could mean either."""
    used = {question.list_name for question in book.asked() if not question.row.get("choice_filter")}
    for name, rows in book.lists.items():
        column = next(iter(columns_of(book.choices, "label")), "label")
        if name not in used or any(leading_number(row.get(column)) for row in rows):
            continue
        wrong = [row for place, row in enumerate(rows, 1) if _is_place(row.get("name"), len(rows), but=place)]
        if wrong:
            yield Remark(
                book.choices.cell(wrong[0], "name"),
                f"The names of '{name}' are numbers in another order than the choices are shown: who types "
                f"{wrong[0].get('name')} may mean the name or the place, and will be asked again.",
                "Put the choices in the order of their numbers, or begin the labels with the numbers: '5 – Sì'.",
            )


def _is_place(name: str, count: int, *, but: int) -> bool:
    return name.isdecimal() and 1 <= int(name) <= count and int(name) != but


def unused_lists(book: Book) -> Iterator[Remark]:
    """Lists that no question takes its choices from."""
    used = {question.list_name for question in book.questions}
    said = " ".join(text for row in book.survey.rows for text in row.cells.values())
    for name, rows in book.lists.items():
        if name not in used and name not in said:
            yield Remark(
                book.choices.cell(rows[0], "list_name"),
                f"No question uses the list '{name}' ({len(rows)} row{'s' if len(rows) > 1 else ''}).",
                "Take them out, or correct the list's name in the type of the question that wants them.",
            )


def empty_filters(book: Book) -> Iterator[Remark]:
    """Answers after which a filtered question has no choices."""
    for question in book.asked():
        rows, found = book.offered(question), _filtered_by(book, question)
        if not rows or not found:
            continue
        column, other = found
        left = {row.get(column) for row in rows}
        empty = [row.get("name") for row in book.offered(other) if row.get("name") not in left]
        if empty and not _looks_at(question, other.name):
            yield Remark(
                book.cell(question, "choice_filter"),
                f"'{question.name}' has no choices when '{other.name}' is {_quoted(empty)}: "
                f"no row of '{question.list_name}' has that in its column {column}.",
                f"Add such rows to '{question.list_name}', or ask it only when there are choices (relevant).",
            )


def _filtered_by(book: Book, question: Question) -> tuple[str, Question] | None:
    """The column and the unfiltered question of a filter `column = ${question}`."""
    written = book.written_in(question, "choice_filter")
    match written.tree if written else None:
        case Chain(operators=("=",), operands=(Path() as left, Path() as right)):
            column, other = (right, left) if left.absolute else (left, right)
            if column.absolute or not other.absolute or len(column.steps) != 1 or len(other.steps) != 1:
                return None
            asked = book.named.get(other.steps[0].test)
            if asked and asked.kind == "select_one" and asked.list_name and not asked.row.get("choice_filter"):
                return column.steps[0].test, asked
    return None


def _looks_at(question: Question, name: str) -> bool:
    return any(f"${{{name}}}" in one.row.get("relevant").replace(" ", "") for one in (question, *question.groups))


def _shown_lists(book: Book) -> Iterator[tuple[str, Sequence[Row]]]:
    """The lists that somebody chooses from."""
    used = {question.list_name for question in book.asked()}
    return ((name, rows) for name, rows in book.lists.items() if name in used)


def _line(row: Row, column: str) -> str:
    return " ".join(row.get(column).split())


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:4])
    return shown + (f" or {len(names) - 4} others" if len(names) > 4 else "")  # noqa: PLR2004 - as many as are shown
