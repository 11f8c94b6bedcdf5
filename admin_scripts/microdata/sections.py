"""The section of each question: the outermost group around it that has a label."""

from collections.abc import Iterable, Mapping

from admin_scripts.microdata.variables import Texts
from admin_scripts.questions import texts_of
from conversations.forms import Control, FormDefinition
from conversations.forms.definition import CONTAINERS, NodeDefinition

NONE: Texts = {}


def sections_of(form: FormDefinition) -> Mapping[str, Texts]:
    """The label by path; {} of a question that stands by itself. A calculation is where its node is."""
    found: dict[str, Texts] = {}
    _shown(form, form.controls, NONE, found)
    _hidden(form.root, NONE, found)
    return found


def _shown(form: FormDefinition, controls: Iterable[Control], around: Texts, found: dict[str, Texts]) -> None:
    for control in controls:
        label = texts_of(form, control.label) if control.kind in CONTAINERS else NONE
        inside = around or (label if any(label.values()) else NONE)
        if control.path:
            found[control.path] = inside
        _shown(form, control.children, inside, found)


def _hidden(node: NodeDefinition, around: Texts, found: dict[str, Texts]) -> None:
    inside = found.setdefault(node.path, around)
    for child in node.children:
        _hidden(child, inside, found)
