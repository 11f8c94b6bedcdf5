"""Where each answer goes: the versions of a questionnaire are united by the names of their variables."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from admin_scripts.questions import Question, questions_of
from conversations.forms import FormDefinition

Place = tuple[str, str]
"""The names of a table and of a variable in it; "" is the table of the responses."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question of one version."""

    form: FormDefinition
    version: str  # in the author's words
    question: Question


@dataclass(frozen=True, slots=True)
class Plan:
    """Tables with their variables in order, each with its questions, the newest version's first.

    By a questionnaire's hash and a path without positions: where an answer goes, and which table a repeat is.
    """

    tables: dict[str, dict[str, list[Found]]] = field(default_factory=lambda: {"": {}})
    parents: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[str, Place]] = field(default_factory=dict)
    repeats: dict[str, dict[str, str]] = field(default_factory=dict)


def plan_of(forms: Sequence[FormDefinition], reserved: Iterable[str], taken: Iterable[str] = ()) -> Plan:
    """Unite the versions, the newest first. `reserved`: what no variable can be called; `taken`: no table."""
    versions = [(form, questions_of(form)) for form in forms]
    named = version_names(forms)
    tables = _names(taken, versions, lambda question: question.repeats)
    names = _names(reserved, versions, lambda question: (question.path,))
    plan = Plan()
    for form, questions in versions:
        places = plan.places.setdefault(form.hash, {})
        for question in questions:
            table, name = _table_of(plan, form, question, tables), names[form.hash, question.path]
            plan.tables[table].setdefault(name, []).append(Found(form, named[form.hash], question))
            places[question.path] = (table, name)
    return plan


def version_names(forms: Sequence[FormDefinition]) -> dict[str, str]:
    """What the author calls each version, by hash; with a piece of the hash where he calls two the same."""
    times = Counter(form.version for form in forms)
    return {
        form.hash: form.version if times[form.version] == 1 else f"{form.version} ({form.hash[:7]})".strip()
        for form in forms
    }


def _table_of(plan: Plan, form: FormDefinition, question: Question, names: Mapping[tuple[str, str], str]) -> str:
    around = ""
    for path in question.repeats:
        name = names[form.hash, path]
        plan.tables.setdefault(name, {})
        plan.parents.setdefault(name, around)
        plan.repeats.setdefault(form.hash, {})[path] = around = name
    return around


def _names(
    reserved: Iterable[str],
    versions: Sequence[tuple[FormDefinition, Sequence[Question]]],
    paths_of: Callable[[Question], Sequence[str]],
) -> dict[tuple[str, str], str]:
    """The short name of every path where no version has it twice, else the name with its groups before it."""
    paths = {
        form.hash: list(dict.fromkeys(path for question in questions for path in paths_of(question)))
        for form, questions in versions
    }
    doubled = {name for found in paths.values() for name, times in Counter(map(_short, found)).items() if times > 1}
    names: dict[tuple[str, str], str] = {}
    for form_hash, found in paths.items():
        used = set(reserved)
        for path in found:
            name = _long(path) if _short(path) in doubled | used else _short(path)
            while name in used:
                name += "_"
            used.add(name)
            names[form_hash, path] = name
    return names


def _short(path: str) -> str:
    return path.rpartition("/")[2]


def _long(path: str) -> str:
    return "-".join(path.split("/")[2:])
