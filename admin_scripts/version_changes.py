"""What a newer version of a questionnaire changes, question by question, as a coordinator reads it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from admin_scripts.questions import Question, languages_of, questions_of
from admin_scripts.version_words import listed, other_words, texts_at
from conversations.forms import ControlKind, FormDefinition
from conversations.forms.correspondence import correspond

ADDED, REMOVED, MOVED = "added", "removed", "moved"
WORDS, CHOICES, RULES = "words", "choices", "rules"
_LABEL = 60
_RULES = ("relevant", "required", "readonly", "constraint", "calculate")


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What becomes of one question: `kind` is one of the words above, `what` says it."""

    kind: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """All changes, in the newer version's order; what was removed comes last.

    `gone` are the choices that were taken out, by the older version's path. Of the `asked` questions of the older
    version, `gone_questions` are not in the newer one.
    """

    listed: tuple[VersionChange, ...]
    gone: dict[str, frozenset[str]] = field(default_factory=dict)
    asked: int = 0
    gone_questions: int = 0

    @property
    def are_words_only(self) -> bool:
        """Whether nothing that matters to an answer has changed."""
        return all(change.kind == WORDS for change in self.listed)


def changes_between(old: FormDefinition, new: FormDefinition) -> VersionChanges:
    """Compare two versions."""
    paths = correspond(old, new).paths
    before = {question.path: question for question in questions_of(old)}
    after = {question.path: question for question in questions_of(new)}
    back = {paths[path]: path for path in before if paths.get(path) in after}
    kept = [(before[back[path]], question) for path, question in after.items() if path in back]
    added = [VersionChange(ADDED, _name(q.path), _label(new, q)) for path, q in after.items() if path not in back]
    removed = [
        VersionChange(REMOVED, _name(path), _label(old, question))
        for path, question in before.items()
        if path not in back.values()
    ]
    changed = chain.from_iterable(_changes(old, new, *pair) for pair in kept)
    notes = _notes(old, new)
    gone = {was.path: frozenset(was.choices) - frozenset(now.choices) for was, now in kept}
    asked = [path for path in before if path in old.control_at]
    return VersionChanges(
        (*added, *changed, *notes, *removed),
        {path: names for path, names in gone.items() if names},
        len(asked),
        len(set(asked) - set(back.values())),
    )


def _changes(old: FormDefinition, new: FormDefinition, was: Question, now: Question) -> Iterator[VersionChange]:
    name = _name(now.path)
    if _without_root(was.path) != _without_root(now.path):
        yield VersionChange(MOVED, name, f"from {_place(was.path)} to {_place(now.path)}")
    if words := other_words(texts_at(old, was.path), texts_at(new, now.path)):
        yield VersionChange(WORDS, name, words)
    if was.choices != now.choices:
        yield VersionChange(CHOICES, name, _choices(was, now))
    rules = [rule for rule in _RULES if _rule(old, was.path, rule) != _rule(new, now.path, rule)]
    if was.relevant != now.relevant and "relevant" not in rules:
        rules.insert(0, "relevant")
    if rules:
        yield VersionChange(RULES, name, ", ".join(rules))


def _choices(was: Question, now: Question) -> str:
    added = [name for name in now.choices if name not in was.choices]
    gone = [name for name in was.choices if name not in now.choices]
    said = [f"{word}: {listed(names)}" for word, names in (("new", added), ("gone", gone)) if names]
    if any(was.choices[name] != now.choices[name] for name in now.choices if name in was.choices):
        said.append("other labels")
    return "; ".join(said) or "another order"


def _notes(old: FormDefinition, new: FormDefinition) -> Iterator[VersionChange]:
    """Notes hold no answer, so they only have words."""
    before, after = (dict(_note_words(form)) for form in (old, new))
    for name, texts in after.items():
        if name not in before:
            yield VersionChange(WORDS, name, "a new note")
        elif words := other_words(before[name], texts):
            yield VersionChange(WORDS, name, words)
    for name in before:
        if name not in after:
            yield VersionChange(WORDS, name, "a note that is gone")


def _note_words(form: FormDefinition) -> Iterator[tuple[str, dict[str, str]]]:
    for path, control in form.control_at.items():
        if control.kind in (ControlKind.NOTE, ControlKind.GROUP, ControlKind.REPEAT):
            yield _name(path), texts_at(form, path)


def _rule(form: FormDefinition, path: str, rule: str) -> str:
    """An expression, whatever the groups its questions stand in."""
    expression = getattr(form.nodes[path].bind, rule)
    return "" if expression is None else expression.text.replace(f"{form.root.path}/", "/")


def _label(form: FormDefinition, question: Question) -> str:
    words = question.wording.get(next(iter(languages_of(form))), "") or question.kind
    line = " ".join(words.split())
    return line if len(line) <= _LABEL else line[: _LABEL - 1] + "…"


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _without_root(path: str) -> str:
    return path.partition("/")[2].partition("/")[2]


def _place(path: str) -> str:
    inside = _without_root(path).rpartition("/")[0]
    return inside or "the top"
