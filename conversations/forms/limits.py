"""What a questionnaire may not exceed, told to its author before a respondent meets it.

The limits themselves are where they are kept to: rows in `session.repeats`, nodes in `session.instance`, the time of
a pattern in `xpath`. Here is said which of them a questionnaire is going to reach.
"""

import re
from collections.abc import Iterator
from math import prod

from conversations.forms.definition import FormDefinition, NodeDefinition
from conversations.forms.expressions import ExpressionReader
from conversations.forms.problems import Fault
from conversations.forms.xpath import CompiledExpression, XPathError, references
from conversations.forms.xpath.functions.texts import PATTERN_SECONDS, compiled_pattern
from conversations.forms.xpath.syntax import Call, Expression, Number, Path, Text, parts_of

ROW_LIMIT = 500
"""More rows than this are not made, whatever a row count or a respondent says."""

NODE_LIMIT = 20_000
"""Nodes of one answer sheet: rows in rows multiply, and none is made that would be beyond this."""

LONGEST_TEXT = 20_000
"""Characters of a calculated value, and of a text that is shown; the longest message of a chat has 4096."""

MOST_QUESTIONS = 10_000
"""Questions and calculations of one questionnaire."""

_REPEATED_TWICE = re.compile(r"[+*}][^()]*\)+\s*[+*{]|\|[^()]*\)+\s*[+*{]")
_PROBES = 5
_PROBE = 4000


def check_limits(form: FormDefinition, expressions: ExpressionReader) -> Iterator[Fault]:
    """Everything about the questionnaire that will be cut short, or may not be published at all."""
    if len(form.nodes) > MOST_QUESTIONS:
        yield _too_long(form)
    for node in form.nodes.values():
        if node.repeat:
            yield from _check_rows(form, node)
    for path, column, expression in expressions.read_at:
        for pattern in _patterns(expression.tree):
            if _takes_too_long(pattern):
                yield _slow(path, column, pattern)


def _too_long(form: FormDefinition) -> Fault:
    return Fault(
        code="too-long",
        path=form.root.path,
        column="name",
        what=f"The questionnaire has {len(form.nodes)} questions and calculations; the most is {MOST_QUESTIONS}.",
        remedy="Make several surveys of it, or ask what repeats in a repeat.",
    )


# ---------------------------------------------------------------- rows


def _check_rows(form: FormDefinition, repeat: NodeDefinition) -> Iterator[Fault]:
    name = repeat.name
    count, asked = _count(form, repeat)
    around = prod(_count(form, one)[0] or 1 for one in _repeats_around(form, repeat.path))
    in_all = around * (count or 0) * repeat.size
    if count is not None and count > ROW_LIMIT:
        yield Fault(
            code="too-many-rows",
            path=repeat.path,
            column="repeat_count",
            what=f"'{name}' would have {count:.0f} rows; more than {ROW_LIMIT} are not asked.",
            remedy=f"Ask for {ROW_LIMIT} rows or fewer.",
        )
    elif in_all > NODE_LIMIT:
        yield Fault(
            code="too-many-rows",
            path=repeat.path,
            column="repeat_count",
            what=f"Rows in rows: '{name}' would hold {in_all:.0f} answers in all; more than {NODE_LIMIT} are "
            "not kept, and rows beyond that are not asked.",
            remedy="Ask for fewer rows, in this repeat or in the one around it.",
        )
    if asked is not None and form.nodes[asked].bind.constraint is None:
        yield Fault(
            code="unbounded-rows",
            path=repeat.path,
            column="repeat_count",
            what=f"'{name}' is asked as often as '{asked.rpartition('/')[2]}' says, and any number may be answered "
            f"there; more than {ROW_LIMIT} rows are not asked.",
            remedy=f"Add a constraint to '{asked.rpartition('/')[2]}', such as . <= 20, with a message.",
            severity="advice",
        )


def _count(form: FormDefinition, repeat: NodeDefinition) -> tuple[float | None, str | None]:
    """The number of rows where it is written there, or the path of the question that asks for it."""
    expression = repeat.repeat.count if repeat.repeat else None
    at = repeat.path
    for _ in form.nodes:  # a calculation may point to itself
        if expression is None:
            break
        if isinstance(expression.tree, Number):
            return expression.tree.value, None
        at = _path(expression, at)
        if at in form.control_at:
            return None, at
        expression = form.nodes[at].bind.calculate if at in form.nodes else None
    return None, None


def _path(expression: CompiledExpression, at: str) -> str:
    """The path that is all there is of an expression at a node; "" for any other."""
    found = references(expression.tree, at).paths if isinstance(expression.tree, Path) else ()
    return found[0].path if len(found) == 1 and found[0].path != at else ""


def _repeats_around(form: FormDefinition, path: str) -> Iterator[NodeDefinition]:
    while path := path.rpartition("/")[0]:
        if form.nodes[path].repeat:
            yield form.nodes[path]


# ---------------------------------------------------------------- patterns


def _patterns(tree: Expression) -> Iterator[str]:
    if isinstance(tree, Call) and tree.name == "regex" and isinstance(tree.arguments[-1], Text):
        yield tree.arguments[-1].value
    for part in parts_of(tree):
        yield from _patterns(part)


def _takes_too_long(pattern: str) -> bool:
    """Whether the pattern tries every way to cut up a text of one letter that does not fit in the end."""
    if not _REPEATED_TWICE.search(pattern):
        return False
    try:
        compiled = compiled_pattern(pattern)
        letters = dict.fromkeys(["a", "0", *re.findall(r"\w", pattern)])
        for letter in [*letters][:_PROBES]:
            compiled.fullmatch(letter * _PROBE + "\t", timeout=PATTERN_SECONDS)
    except TimeoutError:
        return True
    except XPathError:  # is told by the check of expressions
        return False
    return False


def _slow(path: str, column: str, pattern: str) -> Fault:
    return Fault(
        code="slow-pattern",
        path=path,
        column=column,
        what=f"The pattern '{pattern}' repeats what is repeated, and takes too long on some answers: after "
        f"{PATTERN_SECONDS} seconds an answer counts as not fitting.",
        remedy="Write it without a repetition inside a repetition: (a+)+ means a+, (a|aa)+ means a+ too.",
        severity="warning",
    )
