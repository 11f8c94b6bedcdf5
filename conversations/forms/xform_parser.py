"""XForm XML to FormDefinition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from xml.etree.ElementTree import Element

from conversations.forms.aside_parser import files_named_in, media_files_of, read_asides
from conversations.forms.beside import NOTHING, Beside, read_beside
from conversations.forms.body_parser import BodyReader
from conversations.forms.definition import Control, FormDefinition, NodeDefinition
from conversations.forms.dependencies import DependencyGraph, Property, Rule, build_graph
from conversations.forms.expressions import ExpressionReader
from conversations.forms.last_saved import last_saved_of
from conversations.forms.model_parser import (
    Lists,
    primary_instance,
    read_actions,
    read_binds,
    read_lists,
    read_root,
    walk,
)
from conversations.forms.problems import Fault, FormRefused
from conversations.forms.text_parser import read_translations
from conversations.forms.xml_reading import UnreadableXml, attribute, first, local, named, read_xml


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read of an XForm, and what could not. `form` is None when it has no model or body.

    `beside` are the files that its lists stand in.
    """

    form: FormDefinition | None
    faults: tuple[Fault, ...]
    expressions: ExpressionReader
    beside: Beside = NOTHING


NO_FILES: Mapping[str, bytes] = {}


def version_of(xform: str, files: Mapping[str, bytes] = NO_FILES) -> str:
    """The identity of a version: SHA-256, hexadecimal, of the XForm and of the files beside it."""
    version = sha256(xform.encode())
    for name in sorted(files):
        version.update(f"\0{name}\0{sha256(files[name]).hexdigest()}".encode())
    return version.hexdigest()


def load_form(xform: str, files: Mapping[str, bytes] = NO_FILES) -> FormDefinition:
    """The questionnaire of an XForm and of the `files` beside it, by name. Raises `FormRefused` with everything wrong.

    What can be read but should not be published, such as a cycle, is the business of `lint.check_form`.
    """
    parsed = parse_form(xform, files)
    problems = (*(fault.at("") for fault in parsed.faults), *parsed.beside.problems)
    if parsed.form is None or problems:
        raise FormRefused(problems)
    return parsed.form


def files_needed(xform: str) -> tuple[str, ...]:
    """The names of the files that an XForm reads or shows, as far as they do not depend on answers."""
    try:
        return files_named_in(read_xml(xform))
    except UnreadableXml:
        return ()


def form_id_of(xform: str) -> str:
    """The form_id that the author gave; "" for what is no XForm."""
    try:
        root = read_xml(xform)
    except UnreadableXml:
        return ""
    head = first(root, "head")
    model = None if head is None else first(head, "model")
    sheet = None if model is None else primary_instance(model)
    return "" if sheet is None else attribute(sheet, "id")


def parse_form(xform: str, files: Mapping[str, bytes] = NO_FILES) -> Parsed:
    """As much of the questionnaire as can be read, expressions in error left out."""
    expressions = ExpressionReader()
    try:
        root = read_xml(xform)
    except UnreadableXml as error:
        return Parsed(None, (_unreadable(str(error)),), expressions)
    head, body = first(root, "head"), first(root, "body")
    model = None if head is None else first(head, "model")
    sheet = None if model is None else primary_instance(model)
    if head is None or model is None or body is None or sheet is None:
        return Parsed(None, (_unreadable("it has no model, instance or body"),), expressions)
    lists = read_lists(model)
    beside = read_beside(lists.files, files)
    lists = replace(lists, nodes=beside.nodes(lists.nodes))
    form = _read(version_of(xform, files), _Parts(head, model, body, sheet, lists), expressions)
    return Parsed(form, tuple(expressions.faults), expressions, beside)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The four parts of an XForm that matter, and its lists."""

    head: Element
    model: Element
    body: Element
    sheet: Element
    lists: Lists


def _read(version: str, parts: _Parts, expressions: ExpressionReader) -> FormDefinition:
    _name_nodes_of_bind_ids(parts)
    binds = read_binds(parts.model, expressions)
    body = BodyReader(binds, expressions)
    controls = body.controls(parts.body, "/" + local(parts.sheet.tag))
    root = read_root(parts.sheet, binds, body.repeats)
    nodes = {node.path: node for node in walk(root)}
    translations, languages, default_language = read_translations(parts.model, expressions)
    asides = read_asides(parts.model, expressions)
    title = first(parts.head, "title")
    return FormDefinition(
        title="" if title is None else (title.text or "").strip(),
        form_id=attribute(parts.sheet, "id"),
        version=attribute(parts.sheet, "version"),
        hash=version,
        default_language=default_language,
        languages=languages,
        translations=translations,
        asides=asides,
        controls=controls,
        root=root,
        instances=parts.lists.nodes,
        actions=(*read_actions(parts.model, "", expressions), *body.actions),
        ends=tuple(path for path, node in nodes.items() if node.bind.preload_parameter == "end"),
        files=tuple(dict.fromkeys(parts.lists.files.values())),
        media_files=media_files_of(asides),
        last_saved=last_saved_of(parts.lists.last_saved, (expression for _, _, expression in expressions.read_at)),
        graph=_graph(nodes, controls),
        nodes=nodes,
        control_at={control.path: control for control in each_control(controls)},
    )


def _name_nodes_of_bind_ids(parts: _Parts) -> None:
    """A control or action may name its node by the id of a bind."""
    paths = {attribute(bind, "id"): attribute(bind, "nodeset") for bind in named(parts.model, "bind")}
    paths.pop("", None)
    for element in (*parts.model.iter(), *parts.body.iter()):
        name = attribute(element, "bind")
        if name in paths and not attribute(element, "ref"):
            element.set("ref", paths[name])


def each_control(controls: tuple[Control, ...]) -> Iterator[Control]:
    """All controls in document order, groups before what is in them."""
    for control in controls:
        yield control
        yield from each_control(control.children)


def _graph(nodes: Mapping[str, NodeDefinition], controls: tuple[Control, ...]) -> DependencyGraph:
    rules = [rule for node in nodes.values() for rule in _rules_of(node)]
    filters = [
        Rule(Property.CHOICE_FILTER, control.path, control.itemset.nodes)
        for control in each_control(controls)
        if control.itemset
    ]
    return build_graph(rules + filters, list(nodes), [node.path for node in nodes.values() if node.repeat])


def _rules_of(node: NodeDefinition) -> Iterator[Rule]:
    bind = node.bind
    if bind.relevant:
        yield Rule(Property.RELEVANT, node.path, bind.relevant)
    if bind.calculate:
        yield Rule(Property.CALCULATION, node.path, bind.calculate)
    if node.repeat and node.repeat.count:
        yield Rule(Property.REPEAT_COUNT, node.path, node.repeat.count, (bind.relevant,) if bind.relevant else ())


def _unreadable(why: str) -> Fault:
    return Fault(
        code="unreadable",
        path="",
        column="",
        what=f"This is not an XForm that can be read: {why}.",
        remedy="Compile the questionnaire again from its XLSForm.",
    )
