"""What keeps a questionnaire from being asked in a chat, or from being asked well: all of it at once."""

from collections.abc import Iterator, Mapping
from itertools import chain

from conversations.forms.carried.xform import check_xform
from conversations.forms.cells import CellFinder
from conversations.forms.chat_checks import check_for_chat
from conversations.forms.chat_checks.book import Book
from conversations.forms.chat_checks.circles import circles, cycle
from conversations.forms.definition import CONTAINERS, Control, FormDefinition
from conversations.forms.expression_checks import faulty_call
from conversations.forms.expressions import CHOICE_PARTS
from conversations.forms.file_checks import check_files, check_named
from conversations.forms.file_reads import check_reads
from conversations.forms.limits import check_limits
from conversations.forms.named_files import files_in_sheets
from conversations.forms.problems import Fault, Problem
from conversations.forms.xform_parser import NO_FILES, Parsed, each_control, parse_form
from conversations.forms.xlsform import Compiled
from conversations.forms.xml_reading import read_xml
from conversations.forms.xpath import CompiledExpression, faults_in, references
from conversations.minutes import estimated_minutes

LONGEST_MINUTES = 20
"""Of a questionnaire that most people finish; web surveys lose more with every minute after about that many."""


def check_form(compiled: Compiled, files: Mapping[str, bytes] = NO_FILES) -> tuple[Problem, ...]:
    """Every problem of the workbook, of what it says, and of the `files` beside it (by their name), with its cell.

    Without a problem of severity "error", `load_form(compiled.xform, files)` succeeds.
    """
    book = Book(compiled.sheets)
    if compiled.xform is None:
        inside = chain(circles(book), check_named(files_in_sheets(compiled.sheets), files, compiled.sheets))
    else:
        inside = chain(_check_compiled(compiled.xform, compiled, files))
    return tuple(dict.fromkeys((*compiled.problems, *inside, *check_for_chat(book))))


def _check_compiled(xform: str, compiled: Compiled, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """What only the compiled questionnaire shows; cells in which the author has been told of an error are left out."""
    finder = CellFinder(compiled.sheets)
    parsed = parse_form(xform, files)
    known = {problem.cell for problem in compiled.problems if problem.cell and problem.severity == "error"}
    passed = check_xform(read_xml(xform)) if parsed.form else ()
    reads = check_reads(parsed.expressions, parsed.beside)
    for fault in (*parsed.faults, *(_check(parsed.form, parsed) if parsed.form else ()), *passed, *reads):
        problem = finder.problem(fault)
        if problem.cell not in known:
            yield problem
    if parsed.form:
        yield from check_files(parsed.form, parsed.beside, files, compiled.sheets)


def _check(form: FormDefinition, parsed: Parsed) -> Iterator[Fault]:
    yield from map(_cycle, form.graph.cycles)
    yield from check_limits(form, parsed.expressions)
    yield from _check_expressions(form, parsed)
    for control in each_control(form.controls):
        yield from _check_control(form, control)
    if estimated_minutes(form) > LONGEST_MINUTES:
        yield _too_long(estimated_minutes(form))


def _check_control(form: FormDefinition, control: Control) -> Iterator[Fault]:
    if control.kind not in CONTAINERS and not _has_label(form, control):
        yield _unlabelled(control)


def _has_label(form: FormDefinition, control: Control) -> bool:
    text_id = control.label.text_id
    said = [texts.get(text_id) for texts in form.translations.values()] if text_id else [control.label.template]
    return any(said)


def _check_expressions(form: FormDefinition, parsed: Parsed) -> Iterator[Fault]:
    for path, column, expression in parsed.expressions.read_at:
        for fault in faults_in(expression.tree):
            yield _as_fault(path, column, faulty_call("", column, name_of(path), fault))
        if path in form.nodes and column != CHOICE_PARTS:
            yield from _unknown_in(form, path, column, expression)


def _unknown_in(form: FormDefinition, path: str, column: str, expression: CompiledExpression) -> Iterator[Fault]:
    for reference in references(expression.tree, path).paths:
        if "*" not in reference.path and reference.path not in form.nodes:
            yield _unknown_name(path, column, reference.path)


def name_of(path: str) -> str:
    """The name an author gave to the node."""
    return path.rpartition("/")[2]


def _as_fault(path: str, column: str, problem: Problem) -> Fault:
    return Fault(problem.code, path, column, problem.what, problem.remedy, problem.severity)


def _unlabelled(control: Control) -> Fault:
    return Fault(
        code="no-label",
        path=control.path,
        column="name",
        what=f"'{name_of(control.path)}' has no label: the respondent would see an empty question.",
        remedy="Write what is asked into the label column.",
        severity="warning",
    )


def _unknown_name(path: str, column: str, unknown: str) -> Fault:
    return Fault(
        code="unknown-name",
        path=path,
        column=column,
        what=f"The {column} of '{name_of(path)}' looks at '{unknown}', and there is no such question.",
        remedy="Correct the name, or write ${name} instead of a path.",
    )


def _too_long(minutes: int) -> Fault:
    return Fault(
        code="takes-long",
        path="",
        column="",
        what=f"Who is asked every question needs about {minutes} minutes; beyond {LONGEST_MINUTES} many do not finish.",
        remedy="Take out what nobody will use, ask some questions only of those they concern, or make two surveys.",
        severity="warning",
    )


def _cycle(paths: tuple[str, ...]) -> Fault:
    return _as_fault(paths[0], "calculation", cycle("", [name_of(path) for path in paths]))
