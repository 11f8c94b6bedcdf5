"""What pyxform lets through to the XForm and we do not carry: attributes, elements, actions, events, by name."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from conversations.forms.model_parser import absolute
from conversations.forms.problems import Fault, Severity
from conversations.forms.xml_reading import attribute, first, local, named

BIND = frozenset(
    {
        *("nodeset", "id", "type", "relevant", "required", "readonly", "calculate", "constraint"),
        *("requiredMsg", "constraintMsg", "preload", "preloadParams"),
        *("noAppErrorString", "saveto"),  # told of at their columns
        *("max-pixels", "quality", "allow-mock-accuracy"),  # how a telephone makes a file or finds a place
        *("location-priority", "location-min-interval", "location-max-age", "track-changes", "identify-user"),
        "track-changes-reasons",
    }
)
"""Attributes of a bind that are carried, or told of elsewhere."""

CONTROL = frozenset(
    {
        *("ref", "nodeset", "bind", "appearance", "class", "count", "noAddRemove", "mediatype", "start", "end", "step"),
        *("rows", "accuracyThreshold", "unacceptableAccuracyThreshold", "incremental", "tick-interval"),
        *("placeholder", "tick-labelset", "query", "intent", "autoplay", "jr:count"),
    }
)
"""Attributes of a question that are carried, or told of elsewhere."""

CONTROLS = frozenset({"input", "secret", "upload", "select1", "select", "rank", "range", "trigger", "group", "repeat"})
PARTS = frozenset({"label", "hint", "help", "item", "itemset", "value", "setvalue"})
ACTIONS = frozenset({"setgeopoint", "recordaudio"})
"""Actions that are told of at the type of their row."""

EVENTS = frozenset({"odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"})


def check_xform(root: Element) -> Iterator[Fault]:
    """What nobody here would do."""
    head, body = first(root, "head"), first(root, "body")
    model = None if head is None else first(head, "model")
    if model is not None:
        yield from _binds(model)
        yield from _actions(model, "")
    if body is not None:
        yield from _controls(body, "")


def _binds(model: Element) -> Iterator[Fault]:
    for bind in named(model, "bind"):
        for name in map(local, bind.attrib):
            if name not in BIND:
                what = f"The column bind::{name} is not known here and has no effect"
                yield _fault(attribute(bind, "nodeset"), what, "warning")


def _controls(parent: Element, base: str) -> Iterator[Fault]:
    for element in parent:
        name = local(element.tag)
        if name in CONTROLS:
            path = absolute((attribute(element, "ref") or attribute(element, "nodeset")).strip(), base)
            for key in map(local, element.attrib):
                if key not in CONTROL:
                    yield _fault(path, f"The column body::{key} is not known here and has no effect", "warning")
            yield from _actions(element, path)
            yield from _controls(element, path or base)
        elif name not in PARTS and not _is_action(element):
            yield _fault(base, f"The questionnaire has an element '{name}', which is not known here", "error")


def _is_action(element: Element) -> bool:
    return "event" in {local(key) for key in element.attrib}


def _actions(parent: Element, path: str) -> Iterator[Fault]:
    for element in parent:
        name = local(element.tag)
        if not _is_action(element) or name in ACTIONS:
            continue
        target = absolute(attribute(element, "ref").strip(), path)
        if name != "setvalue":
            yield _fault(target, f"The questionnaire asks for the action '{name}', which is not known here", "error")
        for event in attribute(element, "event").split():
            if event not in EVENTS:
                yield _fault(target, f"Something is to happen at the event '{event}', which never comes here", "error")


def _fault(path: str, what: str, severity: Severity) -> Fault:
    return Fault(
        code="not-carried",
        path=path,
        column="type",
        what=f"{what}.",
        remedy="Take it out, or see docs/xlsform.md for what is carried.",
        severity=severity,
    )
