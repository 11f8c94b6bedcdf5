"""What an upgrade would do, as a coordinator reads it: to the questionnaire, then to who is half-way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from admin_scripts.screen import say, show_table
from admin_scripts.version_changes import VersionChanges
from conversations.forms import FormDefinition
from conversations.upgrading import MigrationReport
from storage.dispositions import SMALLEST_GROUP
from storage.surveys import Survey

FEW = "few"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an upgrade would do: to the questionnaire, to open sessions; `kept` responses hold choices that are gone."""

    survey: Survey
    before: FormDefinition
    form: FormDefinition
    changes: VersionChanges
    sessions: MigrationReport
    kept: Counter[str] = field(default_factory=Counter)  # by path of the newer version
    is_same: bool = False


def show_prepared(prepared: Prepared) -> None:
    """The changes of the questionnaire, what becomes of the sessions, and at the end what deserves a second look."""
    _show_changes(prepared.changes)
    if _show_counts(prepared):
        say(
            f"{FEW}: fewer than {SMALLEST_GROUP}, perhaps none. A small number is not told, since with it one could"
            " tell who has answered what."
        )
    if prepared.before.version == prepared.form.version and prepared.form.version:
        say(f"Both versions are called '{prepared.form.version}': give this one another name on the sheet 'settings'.")
    for sign in other_questionnaire(prepared):
        say(f"WARNING: this may be another questionnaire: {sign}. Check the name of the file.")


def _show_changes(changes: VersionChanges) -> None:
    listed = changes.listed
    if listed:
        show_table(("", "Question", ""), [(change.kind, change.name, change.what) for change in listed])
    if changes.are_words_only:
        say("Only words change." if listed else "No question changes.")


def _show_counts(prepared: Prepared) -> bool:
    """Show the tables; return whether a count in them is masked."""
    sessions, total = prepared.sessions, prepared.sessions.sessions
    tables = (
        (("Sessions that are open", ""), list(session_rows(sessions))),
        (("Asked again", "Sessions"), _rows(sessions.again, total)),
        (("Answered, but not asked any more", "Sessions"), _rows(sessions.dropped, total)),
        (("Handed in with a choice that is gone", "Responses"), _rows(prepared.kept, None)),
    )
    for headings, rows in tables:
        if rows:
            show_table(headings, rows)
    if prepared.kept:
        say("Responses stay as they were handed in, with their version.")
    return any(FEW in number for _, rows in tables for _, number in rows)


def _rows(counts: Counter[str], total: int | None) -> list[tuple[str, str]]:
    return [(path.rpartition("/")[2], masked(number, total)) for path, number in counts.items()]


def session_rows(report: MigrationReport) -> Iterator[tuple[str, str]]:
    """How many sessions go over how."""
    total = report.sessions
    yield "in all", str(total)
    yield "with all their answers", masked(report.whole, total)
    yield "with answers that are lost or asked again", masked(total - report.whole, total)
    yield "that go back from the summary, since something is open", masked(report.returning, total)
    yield "told of it when they go on", masked(report.told, total)


def masked(number: int, total: int | None = None) -> str:
    """A count, unless it or what is left of the total is so small that it could be told who it is."""
    if 0 < number < SMALLEST_GROUP:
        return FEW
    if total is not None and 0 < total - number < SMALLEST_GROUP:
        return FEW if number == 0 else f"all but {FEW}"
    return str(number)


def other_questionnaire(prepared: Prepared) -> list[str]:
    """The signs that a wrong file was named; [] when there are none."""
    was, now, changes = prepared.before.form_id, prepared.form.form_id, prepared.changes
    signs = [f"its form_id is '{now}', and until now it was '{was}'"] if was != now else []
    if 2 * changes.gone_questions > changes.asked:
        signs.append(f"{changes.gone_questions} of {changes.asked} questions are gone")
    return signs
