"""What a rehearsal has found: coverage in numbers, what nobody reaches, and where nobody can go on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.forms import Control, ControlKind, FormDefinition
from conversations.forms.as_authored import as_authored
from conversations.forms.definition import CHOOSING, CONTAINERS
from conversations.minutes import in_minutes, seconds_of
from conversations.rehearsal.experience import Experience
from conversations.rehearsal.hints import read_by
from conversations.rehearsal.listed import listed
from conversations.rehearsal.walking import DeadEnd, Ending, Walked


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all."""

    met: int
    of: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Of a number in every walk that was completed: the middle one, and the one that nine of ten stay within."""

    median: int
    most: int


@dataclass(frozen=True, slots=True)
class Unreached:
    """A question that nobody was asked, its condition as the author wrote it, and the nearest reason."""

    path: str
    condition: str
    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Where walks could not go on, in how many; `fatal` where it is the questionnaire's fault beyond doubt."""

    dead_end: DeadEnd
    walks: int
    fatal: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All there is to tell. `always` and `never` are paths whose condition had one outcome only.

    `unchosen`: path -> names of choices that nobody chose; `unoffered` those among them that were never on offer.
    """

    endings: Counter[Ending]
    minutes: Spread
    questions: Spread
    messages: Spread
    asked: Share
    chosen: Share
    branches: Share
    constraints: Share
    rows: Share
    unreached: tuple[Unreached, ...]
    unchosen: dict[str, tuple[str, ...]]
    unoffered: dict[str, tuple[str, ...]]
    always: tuple[str, ...]
    never: tuple[str, ...]
    unbroken: tuple[str, ...]
    refusals: int
    wordless: tuple[str, ...]
    blocked: tuple[Blocked, ...]

    @property
    def has_dead_ends(self) -> bool:
        """Whether somebody cannot get to the end, whatever is answered."""
        return any(one.fatal for one in self.blocked)


def findings_of(experience: Experience, walks: Sequence[Walked]) -> Findings:
    """What these walks have found."""
    form, coverage = experience.form, experience.coverage
    complete = [walk for walk in walks if walk.ending is Ending.COMPLETE]
    questions = [path for path, control in form.control_at.items() if _asks(control)]
    met = {path for path in questions if coverage.asked[path] or path in coverage.told}
    conditional = [path for path, node in form.nodes.items() if node.bind.relevant is not None]
    constrained = [path for path in questions if form.nodes[path].bind.constraint is not None]
    repeats = [path for path, node in form.nodes.items() if node.repeat is not None]
    listed = {path: _names(experience, path) for path in questions if form.control_at[path].kind in CHOOSING}
    unchosen = {path: tuple(n for n in names if n not in coverage.chosen[path]) for path, names in listed.items()}
    return Findings(
        endings=Counter(walk.ending for walk in walks),
        minutes=_spread(_minutes(form, complete)),
        questions=_spread([len(walk.met) for walk in complete]),
        messages=_spread([walk.messages for walk in complete]),
        asked=Share(len(met), len(questions)),
        chosen=Share(sum(map(len, listed.values())) - sum(map(len, unchosen.values())), sum(map(len, listed.values()))),
        branches=Share(sum(len(coverage.outcomes[path]) for path in conditional), 2 * len(conditional)),
        constraints=Share(sum(len(coverage.held[path]) for path in constrained), 2 * len(constrained)),
        rows=Share(sum(len(coverage.rows[path]) for path in repeats), 3 * len(repeats)),
        unreached=tuple(_unreached(experience, path) for path in questions if path not in met),
        unchosen={path: names for path, names in unchosen.items() if names and path in met},
        unoffered={path: _unoffered(experience, path, names) for path, names in unchosen.items() if path in met},
        always=tuple(path for path in conditional if coverage.outcomes[path] == {True}),
        never=tuple(path for path in conditional if coverage.outcomes[path] == {False}),
        unbroken=tuple(path for path in constrained if coverage.held[path] == {True}),
        refusals=sum(coverage.refusals.values()),
        wordless=tuple(sorted(coverage.wordless)),
        blocked=tuple(_blocked(experience, walks)),
    )


def _asks(control: Control) -> bool:
    return control.kind not in CONTAINERS and control.kind is not ControlKind.NOTE and not control.is_headline


def _minutes(form: FormDefinition, walks: Sequence[Walked]) -> list[int]:
    """Of each walk, for what was asked and told on it."""
    seconds = {path: seconds_of(form, control) for path, control in form.control_at.items()}
    return [in_minutes(sum(seconds.get(path, 0) for path in (*walk.met, *sorted(walk.told)))) for walk in walks]


def _spread(numbers: Sequence[int]) -> Spread:
    ordered = sorted(numbers) or [0]
    return Spread(ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 9 // 10)])


# ---------------------------------------------------------------- choices


def _names(experience: Experience, path: str) -> list[str]:
    """Every choice of the list, whatever the filter; of rows of a repeat, those seen."""
    names = dict.fromkeys((*listed(experience.form, path), *experience.coverage.offered[path]))
    return [name for name in names if name]


def _unoffered(experience: Experience, path: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in experience.coverage.offered[path])


# ---------------------------------------------------------------- what nobody reaches


def _unreached(experience: Experience, path: str) -> Unreached:
    form, outcomes = experience.form, experience.coverage.outcomes
    conditional = [one for one in _around(path) if one in form.nodes and form.nodes[one].bind.relevant is not None]
    closed = next((one for one in conditional if True not in outcomes[one]), "")
    if not closed:
        return Unreached(path, "", _without_condition(experience, path))
    relevant = form.nodes[closed].bind.relevant
    condition = as_authored(relevant.text, form.nodes) if relevant else ""
    read = dict.fromkeys(one for one in (read_by(relevant, closed) if relevant else ()) if one != closed)
    return Unreached(path, condition, "; ".join(_answers_to(experience, one) for one in read))


def _around(path: str) -> Iterator[str]:
    """The groups around it, outermost first, and itself."""
    names = path.split("/")[1:]
    return ("/" + "/".join(names[:length]) for length in range(1, len(names) + 1))


def _without_condition(experience: Experience, path: str) -> str:
    around = [one for one in _around(path) if one in experience.form.nodes and experience.form.nodes[one].repeat]
    if any(experience.coverage.rows[one] <= {0} for one in around):
        return "its repeat never had a row"
    return "no walk got so far"


def _answers_to(experience: Experience, path: str) -> str:
    """What was answered there, and the constraint that kept it so."""
    name = f"${{{path.rpartition('/')[2]}}}"
    seen = [value for value in experience.coverage.values[path] if value]
    if path not in experience.form.control_at:
        return f"{name} is calculated"
    if not seen:
        return f"{name} was never answered"
    constraint = experience.form.nodes[path].bind.constraint
    because = f" (its constraint: {as_authored(constraint.text, experience.form.nodes)})" if constraint else ""
    return f"{name} was {_in_short(seen)}{because}"


def _in_short(values: Sequence[str]) -> str:
    try:
        numbers = sorted(map(float, values))
    except ValueError:
        shown = ", ".join(f"'{value[:20]}'" for value in values[:4])
        return shown + (", ..." if values[4:] else "")
    return f"{numbers[0]:.15g}" if len(numbers) == 1 else f"from {numbers[0]:.15g} to {numbers[-1]:.15g}"


# ---------------------------------------------------------------- where nobody can go on


def _blocked(experience: Experience, walks: Sequence[Walked]) -> Iterator[Blocked]:
    counts = Counter(walk.dead_end for walk in walks if walk.dead_end is not None)
    for dead_end, number in counts.items():
        yield Blocked(dead_end, number, _is_fatal(experience, walks, dead_end), _why(experience, dead_end))


def _is_fatal(experience: Experience, walks: Sequence[Walked], dead_end: DeadEnd) -> bool:
    """Beyond doubt: not where others have found an answer, or have handed in with one to the same question."""
    if dead_end.kind == "answer":
        return not any(experience.taken[dead_end.path].values())
    if dead_end.kind == "submit":
        return not any(walk.ending is Ending.COMPLETE and dead_end.path in walk.met for walk in walks)
    return True


def _why(experience: Experience, dead_end: DeadEnd) -> str:
    form, path = experience.form, dead_end.path
    said = _rule(form, path)
    if dead_end.kind != "answer":
        return {
            "repeat": "rows cannot be left",
            "loop": "the walk goes round in a circle",
            "submit": f"the answers cannot be handed in, since its value is refused then{said}",
        }.get(dead_end.kind, dead_end.kind)
    control = form.control_at.get(path)
    if control is not None and control.kind in CHOOSING and not experience.coverage.offered[path]:
        return "it must be answered, and has no choices"
    tried = len(experience.refused[path])
    return f"it must be answered, and none of {tried} answers tried was taken{said}"


def _rule(form: FormDefinition, path: str) -> str:
    constraint = form.nodes[path].bind.constraint if path in form.nodes else None
    return f": {as_authored(constraint.text, form.nodes)}" if constraint else ""
