"""The model of an XForm: the nodes of an answer sheet, their rules, and the lists beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from conversations.forms.aside_parser import is_last_saved, source_of
from conversations.forms.definition import Action, Bind, NodeDefinition, RepeatDefinition
from conversations.forms.expressions import ExpressionReader
from conversations.forms.text_parser import wording_of_message
from conversations.forms.xml_reading import attribute, first, has_attribute, local, named
from conversations.forms.xpath import CompiledExpression, Node, document

Binds = Mapping[str, Bind]
Repeats = Mapping[str, RepeatDefinition]

UNBOUND = Bind()


def read_binds(model: Element, expressions: ExpressionReader) -> dict[str, Bind]:
    """The rules by the path of their node; several binds of one node add up."""
    found: dict[str, dict[str, str]] = {}
    for bind in named(model, "bind"):
        said = {local(key): value for key, value in bind.attrib.items()}
        found.setdefault(attribute(bind, "nodeset").strip(), {}).update(said)
    return {path: _read_bind(path, said, expressions) for path, said in found.items()}


def _read_bind(path: str, said: Mapping[str, str], expressions: ExpressionReader) -> Bind:
    def rule(name: str, column: str) -> CompiledExpression | None:
        return expressions.read(said.get(name, ""), path, column)

    return Bind(
        datatype=said.get("type", "").rpartition(":")[2],
        relevant=rule("relevant", "relevant"),
        required=rule("required", "required"),
        readonly=rule("readonly", "readonly"),
        calculate=rule("calculate", "calculation"),
        constraint=rule("constraint", "constraint"),
        required_message=wording_of_message(said.get("requiredMsg", "")),
        constraint_message=wording_of_message(said.get("constraintMsg", "")),
        preload=said.get("preload", ""),
        preload_parameter=said.get("preloadParams", ""),
    )


def read_root(root: Element, binds: Binds, repeats: Repeats) -> NodeDefinition:
    """The primary instance as a tree; `repeats` are the body's, still without rows."""
    return _node(root, "/" + local(root.tag), binds, repeats)


def walk(node: NodeDefinition) -> Iterator[NodeDefinition]:
    """The node and all below it, in document order; rows of repeats once."""
    yield node
    for child in node.children:
        yield from walk(child)


def _node(element: Element, path: str, binds: Binds, repeats: Repeats) -> NodeDefinition:
    children: dict[str, list[Element]] = {}
    for child in element:
        children.setdefault(local(child.tag), []).append(child)
    return NodeDefinition(
        name=local(element.tag),
        path=path,
        bind=binds.get(path, UNBOUND),
        text="" if children else element.text or "",
        attributes={key: value for key, value in element.attrib.items() if local(key) != "template"},
        children=tuple(_child(name, found, path, binds, repeats) for name, found in children.items()),
    )


def _child(name: str, found: list[Element], parent: str, binds: Binds, repeats: Repeats) -> NodeDefinition:
    path = f"{parent}/{name}"
    if path not in repeats:
        return _node(found[0], path, binds, repeats)
    rows = [_node(one, path, binds, repeats) for one in found if not has_attribute(one, "template")]
    templates = [_node(one, path, binds, repeats) for one in found if has_attribute(one, "template")]
    new_row = templates[0] if templates else _without_values(rows[0])
    return replace(new_row, repeat=replace(repeats[path], rows=tuple(rows)))


def _without_values(node: NodeDefinition) -> NodeDefinition:
    rows = tuple(_without_values(row) for row in node.repeat.rows) if node.repeat else ()
    return replace(
        node,
        text="",
        children=tuple(_without_values(child) for child in node.children),
        repeat=replace(node.repeat, rows=rows) if node.repeat else None,
    )


def read_actions(parent: Element, source: str, expressions: ExpressionReader) -> Iterator[Action]:
    """The setvalues that stand right in `parent`, the control of the node `source`."""
    for element in named(parent, "setvalue"):
        target = absolute(attribute(element, "ref").strip(), source)
        yield Action(
            events=frozenset(attribute(element, "event").split()),
            source=source,
            target=target,
            selected=expressions.read(target, target, "default") if "[" in target else None,
            value=expressions.read(attribute(element, "value"), target, "default"),
            text=element.text or "",
        )


def absolute(path: str, base: str) -> str:
    """A path of names as an absolute one; one that is relative starts from `base`."""
    if not path or path.startswith("/"):
        return path
    steps = base.split("/")
    for step in path.removeprefix("current()/").split("/"):
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


@dataclass(frozen=True, slots=True)
class Lists:
    """The secondary instances by id; the file that each stands in, by id; the ids that mean the previous response."""

    nodes: Mapping[str, Node]
    files: Mapping[str, str]
    last_saved: tuple[str, ...]


def read_lists(model: Element) -> Lists:
    """The lists; those that stand in files are empty still."""
    found: dict[str, Node] = {}
    secondary = list(named(model, "instance"))[1:]
    for instance in secondary:
        content = next(iter(instance), None)
        found[attribute(instance, "id")] = document(_plain_node(content) if content is not None else Node("root"))
    files = {attribute(one, "id"): source_of(one) for one in secondary if has_attribute(one, "src")}
    last_saved = tuple(attribute(one, "id") for one in secondary if is_last_saved(one))
    return Lists(found, {name: file for name, file in files.items() if file}, last_saved)


def primary_instance(model: Element) -> Element | None:
    """The root of the answer sheet."""
    instance = first(model, "instance")
    return None if instance is None else next(iter(instance), None)


def _plain_node(element: Element) -> Node:
    text = "" if len(element) else element.text or ""
    node = Node(local(element.tag), text, attributes={local(key): value for key, value in element.attrib.items()})
    for child in element:
        node.add(_plain_node(child))
    return node
