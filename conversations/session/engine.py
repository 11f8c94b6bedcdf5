"""FormSession: one walk through a questionnaire, as the conversation sees it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Self

from conversations.forms.definition import Control, FormDefinition, NodeDefinition, Wording
from conversations.session import actions, asides, navigator, snapshot, submission, validation
from conversations.session.choices import choices_of, label_of_name
from conversations.session.evaluation import Chance, Evaluation, ghost_row
from conversations.session.growing import new_sheet
from conversations.session.instance import InstanceNode, reference, stored_sheet
from conversations.session.itext import said_of, say
from conversations.session.known import NOBODY
from conversations.session.last_saved import kept_of
from conversations.session.recalculate import Recalculation
from conversations.session.relevance import is_repeat_relevant
from conversations.session.repeats import add_row
from conversations.session.walk import ChoiceItem, Position, Refused


class UnknownNode(LookupError):
    """The questionnaire has no node of that ref, or the row is gone."""


class FormSession:
    """Answers, rows and language of one respondent. Mutable while a turn runs; a snapshot goes in and comes out.

    Refs are /data/group/question, in repeats /data/rep[2]/question. A ref that names no node raises `UnknownNode`,
    except in `value`, which then says None.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._form = evaluation.form
        self._sheet = evaluation.sheet
        self._evaluation = evaluation
        self._evaluation.choice_label = partial(label_of_name, self._evaluation)
        self._evaluation.itext = partial(said_of, self._evaluation)
        self._recalculation = Recalculation(self._evaluation)
        self._looks = 0
        self.effort = evaluation.effort

    @classmethod
    def start(
        cls,
        form: FormDefinition,
        *,
        now: datetime,
        language: str,
        seed: int,
        last_saved: Iterable[tuple[str, str]] = (),
        person: Mapping[str, str] = NOBODY,
    ) -> Self:
        """A new walk: defaults, calculations and first-load actions done. `now` is aware, in the respondent's zone.

        `last_saved` are the answers of the person's previous response by ref; `person` what metadata ask for, by
        "deviceid", "username", "phonenumber" or "email".
        """
        known = language if language in form.languages else form.default_language
        kept = kept_of(form, last_saved)
        session = cls(Evaluation(form, new_sheet(form), now, known, Chance(str(seed)), kept))
        session._begin(person)
        return session

    @classmethod
    def restore(cls, form: FormDefinition, stored: Mapping[str, Any], *, now: datetime) -> Self:
        """The walk that `snapshot` wrote; nothing is calculated, nothing fires."""
        chance = Chance(stored.get("seed", ""), stored.get("drawn", 0))
        kept = tuple((ref, value) for ref, value in stored.get("last_saved", ()))
        return cls(Evaluation(form, stored_sheet(form, stored), now, stored.get("language", ""), chance, kept))

    def snapshot(self) -> dict[str, object]:
        """All that is kept between two messages, as JSON."""
        return snapshot.write(self._evaluation)

    @property
    def language(self) -> str:
        """The language of labels and messages, as the questionnaire names it; "" when it names none."""
        return self._evaluation.language

    def set_language(self, name: str) -> None:
        """Speak another language of the questionnaire; an unknown one changes nothing."""
        if name in self._form.languages and name != self.language:
            self._evaluation.language = name
            self._recalculation.language_changed()
            self._settle()

    def answer(self, ref: str, value: str) -> Refused | None:
        """Give an answer in its stored form, "" for none. Refused: nothing has changed."""
        node = self._node(ref)
        stored = validation.examine(self._evaluation, node, value)
        if isinstance(stored, Refused):
            return stored
        self._recalculation.assign(node, stored)
        self._answered()
        return None

    def takes(self, ref: str, value: str) -> bool:
        """Whether this answer could be given now; nothing changes."""
        return not isinstance(validation.examine(self._evaluation, self._node(ref), value), Refused)

    def value(self, ref: str) -> str | None:
        """The value as it counts: blank where it is not relevant; None when there is no such node."""
        return self._sheet.value(ref)

    def is_relevant(self, ref: str) -> bool:
        """Whether the node and all around it are relevant. A repeat without rows can be asked as well."""
        node = self._sheet.find(ref)
        if node is not None:
            return node.relevant
        parent, repeat = self._repeat(ref)
        return is_repeat_relevant(self._evaluation, parent, repeat)

    def is_required(self, ref: str) -> bool:
        """Whether a blank is refused."""
        return validation.is_required(self._evaluation, self._node(ref))

    def is_readonly(self, ref: str) -> bool:
        """Whether the respondent may only read it."""
        return navigator.is_readonly(self._evaluation, self._node(ref))

    def label(self, ref: str) -> str:
        """The label of a question, group, repeat or row in the current language; XLSForm Markdown."""
        return self._say(ref, lambda control: control.label)

    def hint(self, ref: str) -> str:
        """The hint of a question; XLSForm Markdown."""
        return self._say(ref, lambda control: control.hint)

    def guidance(self, ref: str) -> str:
        """What there is to read for those who want to know more about a question; XLSForm Markdown."""
        found = self._control(ref)
        return asides.guidance(self._evaluation, found[0].hint, found[1]) if found else ""

    def media(self, ref: str) -> Mapping[str, str]:
        """The names of the files shown with a question or group, by "image", "audio", "video" and "big-image"."""
        found = self._control(ref)
        return asides.media(self._evaluation, found[0].label, found[1]) if found else {}

    def required_message(self, ref: str) -> str:
        """What the author says to a blank; "" when nothing."""
        return validation.required_message(self._evaluation, self._node(ref))

    def constraint_message(self, ref: str) -> str:
        """What the author says to an answer that is not allowed; "" when nothing."""
        return validation.constraint_message(self._evaluation, self._node(ref))

    def choices(self, ref: str) -> tuple[ChoiceItem, ...]:
        """The choices on offer, filtered and in the order of this session; () for what is no choice."""
        node = self._node(ref)
        control = self._form.control_at.get(node.definition.path)
        return choices_of(self._evaluation, control, node) if control else ()

    def add_repeat(self, ref: str) -> None:
        """Add a row after the last one; nothing at the limit of rows."""
        row = add_row(self._sheet, *self._repeat(ref))
        if row is not None:
            self._recalculation.row_added(row)
            self._answered()

    def remove_repeat(self, ref: str) -> None:
        """Remove the row at a ref such as /data/rep[2]; later rows move up."""
        row = self._node(ref)
        parent = row.holder()
        if parent is None or not row.definition.repeat:
            raise UnknownNode(ref)
        parent.remove(row)
        self._recalculation.rows_changed(parent, row.definition)
        self._answered()

    def repeat_count(self, ref: str) -> int:
        """The number of rows of a repeat; `ref` without a position of its own."""
        parent, repeat = self._repeat(ref)
        return len(parent.rows(repeat.name))

    def work_out(self, rules: Iterable[int]) -> None:
        """Work out rules (by their place in the graph) and what follows: of a snapshot from an earlier version."""
        self._recalculation.again(rules)
        self._settle()

    @property
    def shape(self) -> int:
        """Another number whenever `positions` may have changed."""
        if any(map(navigator.is_seen_only_by_looking, self._form.nodes.values())):
            self._looks += 1
        return self._recalculation.reshaped + self._looks

    def positions(self) -> list[Position]:
        """Every relevant place in document order."""
        return navigator.positions(self._evaluation)

    def validate(self) -> list[tuple[str, str]]:
        """The relevant nodes that cannot stay as they are, with "required" or "constraint"."""
        return [(reference(node), reason) for node, reason in validation.violations(self._evaluation)]

    def submission_values(self, *, to_the_day: bool = False) -> list[tuple[str, str]]:
        """Relevant leaves in document order by ref; no notes, no meta; `to_the_day`: clocks without their hour."""
        return list(submission.values(self._evaluation, to_the_day=to_the_day))

    def submission(self) -> str:
        """The XML that is handed in."""
        return submission.xml(self._evaluation)

    def _begin(self, person: Mapping[str, str]) -> None:
        actions.fill_in(self._evaluation, person)
        due = actions.first_load(self._evaluation)
        self._recalculation.begin(self._sheet.root)
        self._settle()
        for action, source in due:
            actions.perform(self._evaluation, self._recalculation, action, source)
            self._settle()

    def _settle(self) -> None:
        actions.run_to_rest(self._evaluation, self._recalculation)
        self.effort.renew()

    def _answered(self) -> None:
        """Let happen what follows from something the respondent did."""
        actions.stamp_end(self._evaluation, self._recalculation)
        self._settle()

    def _node(self, ref: str) -> InstanceNode:
        self.effort.renew()
        node = self._sheet.find(ref)
        if node is None:
            raise UnknownNode(ref)
        return node

    def _repeat(self, ref: str) -> tuple[InstanceNode, NodeDefinition]:
        """The parent of a repeat's rows, and what a row is."""
        above, _, name = ref.rpartition("/")
        parent = self._node(above)
        for child in parent.definition.children:
            if child.name == name.partition("[")[0] and child.repeat:
                return parent, child
        raise UnknownNode(ref)

    def _say(self, ref: str, wording: Callable[[Control], Wording]) -> str:
        found = self._control(ref)
        return say(self._evaluation, wording(found[0]), found[1]) if found else ""

    def _control(self, ref: str) -> tuple[Control, InstanceNode] | None:
        """The control of a node, of a repeat without rows as well; None for what is not shown."""
        node = self._sheet.find(ref)
        if node is None:
            parent, repeat = self._repeat(ref)
            node = ghost_row(parent, repeat.name)
        control = self._form.control_at.get(node.definition.path)
        return (control, node) if control else None
