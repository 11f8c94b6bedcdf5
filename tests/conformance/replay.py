"""Replays a recorded case through the conformance adapter and says what was otherwise than recorded."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from tests import conformance_adapter as adapter

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_UTC = re.compile(r"(\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|\+00:00)$")
_OF_THE_CLOCK = re.compile(r"(^|/)(start|end|deviceid|username|today|now|instanceID|new_uuid)$")


def expression(case):
    """Nothing, or what an expression said instead."""
    kind = case["type"]
    wanted = "string" if kind.startswith("string") else kind.partition("-")[0]
    try:
        got = adapter.evaluate(
            case["expr"], case["xml"], case["context"], wanted, case.get("tz") or "UTC", case.get("now")
        )
    except adapter.XPathError as error:
        return [] if kind == "error" else [str(error)]
    return [] if _is_as_expected(kind, got, case) else [repr(got)]


def _is_as_expected(kind, got, case):
    expected = case["expected"]
    match kind:
        case "number":
            return _same_number(got, float(str(expected).replace("Infinity", "inf")), case.get("factor"))
        case "string-length":
            return len(got) == expected
        case "string-matches":
            return re.search(expected, got) is not None
        case "nodeset-unordered":
            return sorted(got) == sorted(expected)
        case _:
            return kind != "error" and got == expected


def _same_number(got, expected, factor):
    if math.isnan(expected) or math.isinf(expected):
        return str(got) == str(expected)
    got = math.floor(got * factor + 0.5) / factor if factor else got
    return math.isclose(got, expected, rel_tol=1e-9, abs_tol=1e-9)


def scenario(case, *, kept=False):
    """The expectations that were not met, as "step kind ref"; with `kept` the session is stored at every step."""
    walk = adapter.start(adapter.load_form(case), case.get("now"), case.get("tz") or "UTC", case.get("language"))
    missed = []
    for number, step in enumerate(case["steps"]):
        walk, answered = _done(walk, step)
        if kept:
            walk = adapter.reload(walk)
        missed += [
            f"{number} {fact['kind']} {fact.get('ref', '')}".strip()
            for fact in step.get("expect", [])
            if not _is_met(walk, answered, fact)
        ]
    return missed


def _done(walk, step):
    match step["op"]:
        case "set":
            return walk, adapter.set_value(walk, step["ref"], step["value"])
        case "add_repeat":
            adapter.add_repeat(walk, step["ref"])
        case "remove_repeat":
            adapter.remove_repeat(walk, step["ref"])
        case "language":
            adapter.set_language(walk, step["language"])
        case "reload":
            return adapter.reload(walk), None
    return walk, None


def _is_met(walk, answered, fact):
    kind, expected = fact["kind"], fact["is"]
    if kind in {"accepted", "reason"}:
        return answered[kind] == expected
    if kind == "message":
        return _plain(answered[kind]) == _plain(expected)
    return _CHECKS[kind](walk, fact.get("ref"), expected)


def _has_value(walk, ref, expected):
    got = adapter.value(walk, ref)
    return got is not None and _same_value(got, expected)


def _has_choices(walk, ref, expected):
    offered = [(name, _plain(label)) for name, label in adapter.choices(walk, ref)]
    return offered == [(name, _plain(label)) for name, label in expected]


def _asked(ask):
    return lambda walk, ref, expected: ask(walk, ref) == expected


def _said(say):
    return lambda walk, ref, expected: _plain(say(walk, ref)) == _plain(expected)


def _plain(text):
    return " ".join((text or "").split())


def _same_value(one, other):
    one, other = one or "", other or ""
    if _NUMBER.fullmatch(one) and _NUMBER.fullmatch(other):
        return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-9)
    return one == other or _UTC.sub(r"\1Z", one) == _UTC.sub(r"\1Z", other)


def _same_leaves(got, expected):
    return [path for path, _ in got] == [path for path, _ in expected] and all(
        _same_value(mine, theirs) for (_, mine), (_, theirs) in zip(got, expected, strict=True)
    )


def _leaves(xml):
    root = ElementTree.fromstring(xml)
    return list(_below(root, f"/{root.tag}"))


def _below(element: Element, path: str) -> Iterator[tuple[str, str]]:
    """The leaves with their paths, without those of the clock."""
    namesakes = Counter(child.tag for child in element)
    places: Counter[str] = Counter()
    for child in element:
        places[child.tag] += 1
        position = f"[{places[child.tag]}]" if namesakes[child.tag] > 1 else ""
        below = f"{path}/{child.tag}{position}"
        if len(child):
            yield from () if child.tag == "meta" else _below(child, below)
        elif child.tag != "meta" and not _OF_THE_CLOCK.search(below):
            yield below, child.text or ""


_CHECKS = {
    "value": _has_value,
    "value_not": lambda walk, ref, expected: adapter.value(walk, ref) != expected,
    "exists": lambda walk, ref, expected: (adapter.value(walk, ref) is not None) is expected,
    "choices": _has_choices,
    "label": _said(adapter.label),
    "hint": _said(adapter.hint),
    "relevant": _asked(adapter.is_relevant),
    "required": _asked(adapter.is_required),
    "readonly": _asked(adapter.is_readonly),
    "count": _asked(adapter.repeat_count),
    "submission": lambda walk, _ref, expected: _same_leaves(_leaves(adapter.submission(walk)), expected),
    "validate": lambda walk, _ref, expected: sorted(map(list, adapter.validate(walk))) == sorted(map(list, expected)),
}
