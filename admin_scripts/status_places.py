"""At which questions people have stopped: where the unfinished sessions are, in the questionnaire's order."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from admin_scripts.questions import questions_of
from admin_scripts.status_section import Section
from conversations.forms import FormDefinition
from conversations.languages import tag_of
from conversations.stops import REVIEW, controls_of
from storage.dispositions import SMALLEST_GROUP
from storage.response_rates import share
from storage.small_groups import Told, count_told, protected

ROW = re.compile(r"\[\d+\]")
START, ELSEWHERE = "~start", "~elsewhere"
OUTSIDE = {START: "(the beginning)", ELSEWHERE: "(an earlier version)", REVIEW: "(all is answered)"}
LABEL = 36
"""Characters of a question."""

TITLE = "Where people have stopped"
WHERE = "At the question asked last; of those who said stop, answered last."


@dataclass(frozen=True, slots=True)
class Stretch:
    """Questions at which people have stopped, first to last, and what is told of how many; often one question only."""

    paths: Sequence[str]
    people: Told


def drop_off(form: FormDefinition, found: Mapping[str, int]) -> Sequence[Stretch] | None:
    """Where people have stopped; neighbours at which they were few are one stretch. `found` is people by place.

    None when they are too few to tell of any.
    """
    stretches = list(_stretches(_in_order(form, found)))
    total = sum(found.values())
    if total < SMALLEST_GROUP:
        return None
    told = protected([count_told(number, total) for _, number in stretches])
    return None if told is None else [Stretch(s[0], people) for s, people in zip(stretches, told, strict=True)]


def _stretches(counts: Mapping[str, int]) -> Iterator[tuple[list[str], int]]:
    """A question alone if 5 or more stopped there, else with those that follow until they are 5."""
    runs = groupby(counts.items(), key=lambda pair: pair[1] < SMALLEST_GROUP)
    for is_small, run in runs:
        if is_small:
            yield from _cut(dict(run))
        else:
            yield from (([path], number) for path, number in run)


def _cut(run: Mapping[str, int]) -> Iterator[tuple[list[str], int]]:
    """Stretches of at least 5 each, or one of fewer."""
    left = sum(run.values())
    paths: list[str] = []
    number = 0
    for path, here in run.items():
        paths.append(path)
        number, left = number + here, left - here
        if not left or min(number, left) >= SMALLEST_GROUP:
            yield paths, number
            paths, number = [], 0


def _in_order(form: FormDefinition, found: Mapping[str, int]) -> dict[str, int]:
    questions = [control.path for control in controls_of(form.controls) if control.path]
    order = [START, ELSEWHERE, *questions, REVIEW]
    counts: Counter[str] = Counter()
    for place, number in found.items():
        path = ROW.sub("", place).removesuffix("+") or START
        counts[path if path in order else ELSEWHERE] += number
    return {path: counts[path] for path in order if counts[path]}


def _labels(form: FormDefinition) -> dict[str, str]:
    language = tag_of(form.default_language) or form.default_language
    wordings = {question.path: question.wording for question in questions_of(form)}
    return {path: wording.get(language, "") for path, wording in wordings.items()}


def places_section(form: FormDefinition, found: Mapping[str, int]) -> Section:
    """A line for each question, or stretch of them, at which people have stopped."""
    stretches = drop_off(form, found)
    if stretches is None:
        return Section(TITLE, notes=(f"{TITLE}: not shown, they are too few.",))
    total, labels = sum(found.values()), _labels(form)
    rows = [(*_named(one.paths, labels), *_words(one.people, total)) for one in stretches]
    rows.append(("", "all who have begun and not handed in", str(total), share(total, total)))
    return Section(TITLE, ("Question", "", "People", "Share"), rows, (WHERE,))


def _named(paths: Sequence[str], labels: Mapping[str, str]) -> tuple[str, str]:
    first, last = (OUTSIDE.get(path, path.rpartition("/")[2]) for path in (paths[0], paths[-1]))
    if paths[1:]:
        return f"{first} … {last}", "between these, fewer than 5 at each"
    return first, _shortened(labels.get(paths[0], ""))


def _shortened(label: str) -> str:
    return textwrap.shorten(label, LABEL, placeholder=" …")


def _words(told: Told, total: int) -> tuple[str, str]:
    if told.is_exact:
        return str(told.number), share(told.number, total)
    return ("<5" if told.low == 1 else ">=5"), ""
