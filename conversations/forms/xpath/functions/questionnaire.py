"""What only the questionnaire knows: labels of choices, translated texts, its version."""

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.functions.specification import Function
from conversations.forms.xpath.nodes import Node
from conversations.forms.xpath.values import Value, string_of


def _choice_name(frame: Frame, value: Value, question: Value) -> str:
    """The label of a choice. The question is a path, in quotes or not, or a text that is one."""
    if string_of(value) == "":
        return ""
    nodes = question if isinstance(question, list) else _at_path(frame, string_of(question).strip())
    if not nodes:
        raise XPathError(f"jr:choice-name() finds no question at {string_of(question)!r}")
    return frame.context.choice_label(nodes[0], string_of(value))


def _at_path(frame: Frame, path: str) -> list[Node]:
    nodes = [frame.context.primary]
    for name in path.removeprefix("/").split("/"):
        nodes = [child for node in nodes for child in node.named(name)]
    return nodes


def _itext(frame: Frame, text_id: Value) -> str:
    return frame.context.itext(string_of(text_id))


def _version(frame: Frame) -> str:
    """The version that the author wrote into the settings; blank for none."""
    roots = frame.context.primary.children
    return roots[0].attributes.get("version", "") if roots else ""


FUNCTIONS = {
    "jr:choice-name": Function(_choice_name, 2, 2, language=True, path_argument=1),
    "jr:itext": Function(_itext, 1, 1, language=True),
    "version": Function(_version, 0, 0),
}
