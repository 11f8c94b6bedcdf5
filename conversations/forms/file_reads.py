"""Columns of a file that expressions read and the file does not have: a slip that would only ever give blanks."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from conversations.forms.beside import Beside
from conversations.forms.expressions import ExpressionReader
from conversations.forms.problems import Fault
from conversations.forms.xpath.syntax import Call, Expression, Path, Step, Text, parts_of

_PULLED = 4
_STEPS = 3


def check_reads(expressions: ExpressionReader, beside: Beside) -> Iterator[Fault]:
    """What pulldata() and instance() ask of a file that was there."""
    columns = {name: read.columns for name, read in beside.data.items() if read.columns and not read.problems}
    if not columns:
        return
    for path, column, expression in expressions.read_at:
        for name, asked in dict.fromkeys(_asked(expression.tree)):
            if name in columns and asked not in columns[name]:
                yield _no_column(path, column, beside.names[name], asked, columns)


def _asked(tree: Expression) -> Iterator[tuple[str, str]]:
    """The id of the list and the column, of each that is named."""
    match tree:
        case Call(name="pulldata", arguments=(Text(value=name), *others)) if len(others) == _PULLED - 1:
            yield from ((name, one.value.strip()) for one in others[:2] if isinstance(one, Text))
        case Path(start=Call(name="instance", arguments=(Text(value=name),)), steps=steps):
            yield from ((name, column) for column in _columns(steps))
    for part in parts_of(tree):
        yield from _asked(part)


def _columns(steps: tuple[Step, ...]) -> Iterator[str]:
    """Of root/item[zone = ..]/label: zone and label."""
    if [step.test for step in steps[:2]] != ["root", "item"]:
        return
    for predicate in steps[1].predicates:
        yield from _own(predicate)
    if len(steps) == _STEPS and _is_plain(steps[2]):
        yield steps[2].test


def _own(tree: Expression) -> Iterator[str]:
    match tree:
        case Path(start=None, steps=(step,), absolute=False):
            if _is_plain(step):
                yield step.test
        case Path():
            return
        case _:
            for part in parts_of(tree):
                yield from _own(part)


def _is_plain(step: Step) -> bool:
    return step.axis == "child" and not step.test.endswith(("*", ")"))


def _no_column(path: str, column: str, file: str, asked: str, columns: Mapping[str, tuple[str, ...]]) -> Fault:
    near = get_close_matches(asked, [name for names in columns.values() for name in names], n=1)
    return Fault(
        code="data-column",
        path=path,
        column=column,
        what=f"The {column} of '{path.rpartition('/')[2]}' reads the column '{asked}' of '{file}', and there is none.",
        remedy=f"Did you mean '{near[0]}'?" if near else f"Add the column to '{file}', or correct its name.",
    )
