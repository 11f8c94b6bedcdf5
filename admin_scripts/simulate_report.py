"""The report of a rehearsal, as a coordinator reads it: what was met in numbers, then what deserves a look."""

from collections.abc import Iterator, Sequence

from admin_scripts.screen import counted, say, show_table
from conversations.forms import FormDefinition
from conversations.forms.as_authored import as_authored
from conversations.rehearsal.findings import Findings, Share
from conversations.rehearsal.walking import Ending

MOST_LISTED = 8


def show_findings(form: FormDefinition, findings: Findings, walks: int, seed: int) -> None:
    """The whole report."""
    say(f"{form.title}: {counted(walks, 'respondent', 'respondents')}, seed {seed}.")
    say(", ".join(f"{findings.endings[ending]} {ending}" for ending in Ending if findings.endings[ending]) + ".")
    show_table(("Covered", "", ""), list(_covered(findings)))
    show_table(("To the end", "half of them within", "9 of 10 within"), list(_lengths(findings)))
    for title, headings, rows in _sections(form, findings):
        if rows:
            say("")
            show_table(headings, rows, title=title)
    for sentence in _sentences(findings):
        say(sentence)


def _covered(findings: Findings) -> Iterator[tuple[str, str, str]]:
    parts = {
        "Questions asked": findings.asked,
        "Choices chosen": findings.chosen,
        "Conditions, true and false": findings.branches,
        "Constraints, kept and broken": findings.constraints,
        "Repeats with 0, 1 and more rows": findings.rows,
    }
    for what, share in parts.items():
        if share.of:
            yield what, f"{share.met} of {share.of}", _percent(share)


def _percent(share: Share) -> str:
    return f"{100 * share.met // share.of} %"


def _lengths(findings: Findings) -> Iterator[tuple[str, str, str]]:
    yield "Minutes, estimated", str(findings.minutes.median), str(findings.minutes.most)
    yield "Questions answered or left out", str(findings.questions.median), str(findings.questions.most)
    yield "Messages of the bot", str(findings.messages.median), str(findings.messages.most)


Section = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]


def _sections(form: FormDefinition, findings: Findings) -> Iterator[Section]:
    """Tables of what deserves a look, the worst first; one without rows is left out."""
    blocked = sorted(findings.blocked, key=lambda one: (not one.fatal, one.dead_end.path, one.dead_end.kind))
    ends = [(_name(one.dead_end.path), _times(one.walks), one.reason) for one in blocked if one.fatal]
    hard = [(_name(one.dead_end.path), _times(one.walks), one.reason) for one in blocked if not one.fatal]
    yield "Dead ends", ("Question", "Respondents", "Why nobody can go on"), ends
    yield "Found no way on, where others did", ("Question", "Respondents", "What was tried"), hard
    unreached = [(_name(one.path), one.condition, one.reason) for one in findings.unreached]
    yield "Questions nobody was asked", ("Question", "Asked only if", "But"), unreached
    yield "Choices nobody chose", ("Question", "", "Choices"), list(_unchosen(findings))
    single = [(path, "always") for path in findings.always] + [(path, "never") for path in findings.never]
    rows = [(_name(path), _condition(form, path), said) for path, said in single]
    yield "Conditions with one outcome only", ("Of", "Condition", "It was true"), rows


def _unchosen(findings: Findings) -> Iterator[tuple[str, str, str]]:
    for path, names in findings.unchosen.items():
        hidden = set(findings.unoffered.get(path, ()))
        offered = [name for name in names if name not in hidden]
        if hidden:
            yield _name(path), "never on offer", _listed([name for name in names if name in hidden])
        if offered:
            yield _name(path), "on offer", _listed(offered)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more


def _condition(form: FormDefinition, path: str) -> str:
    relevant = form.nodes[path].bind.relevant
    return as_authored(relevant.text, form.nodes) if relevant is not None else ""


def _sentences(findings: Findings) -> Iterator[str]:
    if findings.refusals:
        refusals = counted(findings.refusals, "answer was refused", "answers were refused")
        yield f"{refusals}, each with words." if not findings.wordless else f"{refusals}."
    for path in findings.wordless:
        yield f"{_name(path)} refuses an answer without a word: please report this."
    if findings.unbroken:
        names = _listed([_name(path) for path in findings.unbroken])
        yield f"No answer that was tried breaks the constraint of: {names}."


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _times(number: int) -> str:
    return str(number)
