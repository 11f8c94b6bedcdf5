"""Rows come and go: by the respondent, or by a row count."""

import math

from conversations.forms.definition import NodeDefinition
from conversations.forms.limits import ROW_LIMIT
from conversations.session.evaluation import Evaluation, ghost_row
from conversations.session.growing import new_row
from conversations.session.instance import InstanceNode, Sheet
from conversations.session.relevance import is_repeat_relevant, spread


def add_row(sheet: Sheet, parent: InstanceNode, repeat: NodeDefinition) -> InstanceNode | None:
    """A row after the last one, a spare one first; None at the limit."""
    count = len(parent.rows(repeat.name))
    spare = parent.spare.get(repeat.name)
    if count >= ROW_LIMIT or not (spare or sheet.has_room(repeat)):
        return None
    row = spare.pop(0) if spare else new_row(repeat)
    parent.add(row)
    list(spread(row))
    return row


def wanted_rows(evaluation: Evaluation, parent: InstanceNode, repeat: NodeDefinition) -> int | None:
    """The number of rows the count asks for; None when it says nothing or the repeat is hidden: rows stay then."""
    if repeat.repeat is None or repeat.repeat.count is None or not is_repeat_relevant(evaluation, parent, repeat):
        return None
    count = evaluation.number(repeat.repeat.count, ghost_row(parent, repeat.name))
    if math.isnan(count):
        return None
    return min(max(math.floor(min(count, ROW_LIMIT)), 0), ROW_LIMIT)


def put_aside(parent: InstanceNode, repeat: NodeDefinition) -> None:
    """Take the last row off the sheet and keep it for when the count grows again."""
    row = parent.rows(repeat.name)[-1]
    parent.remove(row)
    parent.spare.setdefault(repeat.name, []).insert(0, row)
