"""Which node of one version of a questionnaire is which node of another, and which names have changed their type."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from conversations.forms.definition import FormDefinition
from conversations.forms.dependencies import Rule, is_below
from conversations.forms.xpath import Node

CALCULATION = "calculation"
GROUP, REPEAT = "group", "repeat"


class Reason(StrEnum):
    """Why an answer does not go over to another version."""

    GONE = "gone"  # the question is not there any more
    TYPE = "type"
    ROWS = "rows"  # it stands in a repeat now, or in another one, or in none
    CHOICE = "choice"
    CONSTRAINT = "constraint"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A name that has another type in the newer version, at `path` there: the types as an author calls them."""

    path: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correspondence:
    """From an older version to a newer one.

    `paths` leads from generic paths of the older to those of the newer one; `stale` are the rules of the newer one (by
    their place in its graph) that say something else than before, or say it of something else.
    """

    paths: Mapping[str, str]
    stale: frozenset[int]


def correspond(old: FormDefinition, new: FormDefinition) -> Correspondence:
    """The nodes that are the same question: of one type, at the same place or of a name that both have once."""
    names = _Names(old, new)
    paths = {
        path: found
        for path in old.nodes
        if (found := names.found(path)) and type_at(old, path) == type_at(new, found) and names.same_rows(path, found)
    }
    return Correspondence(paths, frozenset(_stale(old, new, paths)))


def conflicts(old: FormDefinition, new: FormDefinition) -> list[Conflict]:
    """The names that have another type in the newer version, in its order."""
    names = _Names(old, new)
    pairs = ((path, found) for path in old.nodes if (found := names.found(path)) and found != new.root.path)
    order = {path: place for place, path in enumerate(new.nodes)}
    return sorted(
        (
            Conflict(found, new.nodes[found].name, type_at(old, path), type_at(new, found))
            for path, found in pairs
            if type_at(old, path) != type_at(new, found)
        ),
        key=lambda conflict: order[conflict.path],
    )


def reason_against(old: FormDefinition, new: FormDefinition, path: str) -> Reason:
    """Why the older version's node at `path` corresponds to none."""
    found = _Names(old, new).found(path)
    if not found:
        return Reason.GONE
    return Reason.ROWS if type_at(old, path) == type_at(new, found) else Reason.TYPE


def type_at(form: FormDefinition, path: str) -> str:
    """What kind of thing a node is, in an author's words: "select_one", "repeat", "calculation"."""
    node, control = form.nodes[path], form.control_at.get(path)
    if node.repeat:
        return REPEAT
    if node.children:
        return GROUP
    return control.kind.value if control else CALCULATION


def repeats_around(form: FormDefinition, path: str) -> tuple[str, ...]:
    """The paths of the repeats around a node and of itself, outermost first."""
    steps = path.split("/")[1:]
    above = ("/" + "/".join(steps[:depth]) for depth in range(1, len(steps) + 1))
    return tuple(one for one in above if form.nodes[one].repeat)


class _Names:
    """Finds in the newer version what stands at a path of the older one."""

    def __init__(self, old: FormDefinition, new: FormDefinition) -> None:
        self._old, self._new = old, new
        before, after = (Counter(node.name for node in form.nodes.values()) for form in (old, new))
        self._alone = {
            node.name: path for path, node in new.nodes.items() if before[node.name] == after[node.name] == 1
        }

    def found(self, path: str) -> str:
        """Its path in the newer version, "" if there is nothing of that name."""
        there = self._new.root.path + path.removeprefix(self._old.root.path)
        if there in self._new.nodes:
            return there
        return self._alone.get(self._old.nodes[path].name, "")

    def same_rows(self, path: str, found: str) -> bool:
        """Whether the repeats around it are the same ones."""
        around = tuple(map(self.found, repeats_around(self._old, path)))
        return around == repeats_around(self._new, found)


def _stale(old: FormDefinition, new: FormDefinition, paths: Mapping[str, str]) -> Iterator[int]:
    here = {path for path in paths if paths[path] == path}
    known = {_said_by(rule) for rule in old.graph.rules if rule.path in here}
    same_lists = _lists(old) == _lists(new)
    for place, rule in enumerate(new.graph.rules):
        said = _said_by(rule)
        reads_lists = any("instance(" in text or "pulldata(" in text for text in said[2:])
        if said not in known or (reads_lists and not same_lists):
            yield place


def _said_by(rule: Rule) -> tuple[str, ...]:
    return (rule.property, rule.path, rule.expression.text, *(one.text for one in rule.also))


def _lists(form: FormDefinition) -> dict[str, object]:
    """What the lists of choices and the files hold, so that it can be compared."""
    return {name: _content(node) for name, node in form.instances.items()}


def _content(node: Node) -> tuple[object, ...]:
    attributes = tuple(sorted(node.attributes.items())) if node.attributes else ()
    return (node.name, node.text, attributes, *map(_content, node.children))


def below(form: FormDefinition, path: str) -> Iterator[str]:
    """The path itself and those of the nodes in it."""
    return (one for one in form.nodes if one == path or is_below(one, path))
