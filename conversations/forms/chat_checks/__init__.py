"""The lint for chat: what a questionnaire should have before it is asked one message at a time.

Each check is a function from the `Book` to its remarks; the table gives it its code and its weight. What each means,
for authors, is in docs/check.md, under its code.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from conversations.forms.chat_checks import choices, logic, names, reach, repeats, sensitive, texts, tongues, unasked
from conversations.forms.chat_checks.book import Book, Remark
from conversations.forms.problems import Problem, Severity


class Check(NamedTuple):
    """One check: its code, how much it matters, and what finds it."""

    code: str
    severity: Severity
    find: Callable[[Book], Iterable[Remark]]


CHECKS = (
    Check("hidden-character", "error", names.hidden_characters),
    Check("misspelt-column", "warning", names.misspelt_columns),
    Check("default-language", "warning", names.unknown_default_language),
    Check("unknown-choice", "warning", logic.unknown_choices),
    Check("label-compared", "warning", logic.compared_labels),
    Check("multiple-compared", "warning", logic.compared_multiples),
    Check("bare-reference", "warning", logic.bare_references),
    Check("unknown-column", "warning", logic.unknown_columns),
    Check("blind-constraint", "warning", logic.own_constants),
    Check("required-unasked", "warning", unasked.required_unasked),
    Check("constraint-unasked", "warning", unasked.constrained_unasked),
    Check("long-rank", "warning", unasked.long_ranks),
    Check("never-asked", "warning", reach.unreachable),
    Check("no-choice-left", "warning", choices.empty_filters),
    Check("row-from-outside", "warning", repeats.rows_from_outside),
    Check("untranslated", "warning", tongues.untranslated),
    Check("no-column", "warning", tongues.missing_columns),
    Check("no-language-code", "warning", tongues.untagged_languages),
    Check("or-other", "warning", tongues.others_in_one_language),
    Check("long-text", "warning", texts.long_texts),
    Check("long-caption", "warning", texts.long_captions),
    Check("html", "warning", texts.html_texts),
    Check("no-message", "warning", texts.silent_constraints),
    Check("same-label", "warning", choices.same_labels),
    Check("similar-names", "warning", names.similar_names),
    Check("no-way-out", "warning", sensitive.undeclinable),
    Check("numbers-misplaced", "advice", choices.misplaced_numbers),
    Check("unused-list", "advice", choices.unused_lists),
    Check("label-listed", "advice", choices.numbered_labels),
    Check("label-cut", "advice", choices.cut_labels),
    Check("many-choices", "advice", choices.many_choices),
    Check("bot-language", "advice", tongues.unspoken_languages),
)
"""In the order of how much they matter to the answers."""


def check_for_chat(book: Book) -> Iterator[Problem]:
    """Everything that the checks find."""
    for check in CHECKS:
        try:
            yield from [_problem(check, remark) for remark in check.find(book)]
        except Exception as error:  # noqa: BLE001 - a fault of ours, told as one; the other checks are of use without it
            yield _unfinished(check, error)


def _problem(check: Check, remark: Remark) -> Problem:
    return Problem(check.code, remark.cell, remark.what, remark.remedy, check.severity, remark.excerpt)


def _unfinished(check: Check, error: Exception) -> Problem:
    return Problem(
        code="unfinished",
        cell="",
        what=f"The check '{check.code}' broke off ({type(error).__name__}: {error}); what it would find is not told.",
        remedy="This is a fault of Colloquio and not of the workbook: please report it, if you can with the workbook.",
        severity="warning",
    )
