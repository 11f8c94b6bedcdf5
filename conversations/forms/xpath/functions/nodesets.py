"""Nodes: counting them, their places, rows of repeats, shuffled order."""

import hashlib
from math import isinf, isnan, nan

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.functions.specification import ANY, Function
from conversations.forms.xpath.nodes import Node
from conversations.forms.xpath.values import Value, number_of, string_of

_MODULUS = 2_147_483_647
_MULTIPLIER = 16_807
_LONGEST = 2**63


def _count(_frame: Frame, value: Value) -> float:
    return float(len(_nodes("count", value)))


def _count_non_empty(_frame: Frame, value: Value) -> float:
    return float(sum(1 for node in _nodes("count-non-empty", value) if node.string() != ""))


def _position(frame: Frame, value: Value | None = None) -> float:
    """The place in the node-set; of a node, its place among the siblings of its name."""
    if value is None:
        return float(frame.position)
    nodes = _nodes("position", value)
    return float(nodes[0].position()) if nodes else nan


def _last(frame: Frame) -> float:
    return float(frame.size)


def _name(frame: Frame, value: Value | None = None) -> str:
    nodes = [frame.node] if value is None else _nodes("name", value)
    return nodes[0].name.lstrip("@#") if nodes else ""


def _nothing(_frame: Frame, _value: Value | None = None) -> str:
    return ""


def _by_id(_frame: Frame, _value: Value) -> list[Node]:
    """None: only a document type says which attributes are ids, and a questionnaire has none."""
    return []


def _lang(frame: Frame, value: Value) -> bool:
    """Whether the nearest xml:lang around the node is that language, or a kind of it."""
    around = (frame.node, *frame.node.ancestors())
    spoken = next((node.attributes["lang"] for node in around if "lang" in node.attributes), "").lower()
    wanted = string_of(value).lower()
    return spoken == wanted or spoken.startswith(f"{wanted}-")


def _current(frame: Frame) -> list[Node]:
    return [frame.context.node]


def _instance(frame: Frame, instance_id: Value) -> list[Node]:
    found = frame.context.instances.get(string_of(instance_id))
    if found is None:
        raise XPathError(f"there is no instance {string_of(instance_id)!r}")
    return [found]


def _pulldata(frame: Frame, instance_id: Value, column: Value, key_column: Value, key: Value) -> str:
    """The cell in `column` of the first row of a table whose `key_column` is `key`; "@x" is an attribute."""
    (table,) = _instance(frame, instance_id)
    key_name, wanted = string_of(key_column), string_of(key)
    rows = [row for root in table.children for row in _rows_with(root, key_name, wanted)]
    return _cell(rows[0], string_of(column)) if rows else ""


def _rows_with(root: Node, column: str, wanted: str) -> list[Node]:
    if column.startswith("@"):
        return [row for row in root.children if row.attributes.get(column[1:]) == wanted]
    return [row for name in root.names() for row in root.lookup(name, column).get(wanted, [])]


def _cell(row: Node, column: str) -> str:
    return row.attributes.get(column[1:], "") if column.startswith("@") else string_of(row.named(column))


def _indexed_repeat(frame: Frame, target: Value, *pairs: Value) -> list[Node]:
    """The nodes of `target` inside the rows that the pairs of repeat and place name, outermost first."""
    inside: list[Node] = []
    for rows, place in sorted(
        zip(pairs[0::2], pairs[1::2], strict=True), key=lambda pair: _depth(_nodes("indexed-repeat", pair[0]))
    ):
        within = [row for row in _nodes("indexed-repeat", rows) if not inside or _is_inside(row, inside[0])]
        inside = _at(within, number_of(place, frame.zone))
        if not inside:
            return []
    return [node for node in _nodes("indexed-repeat", target) if _is_inside(node, inside[0])]


def _at(nodes: list[Node], place: float) -> list[Node]:
    if isnan(place) or isinf(place) or not 1 <= int(place) <= len(nodes):
        return []
    return [nodes[int(place) - 1]]


def _depth(nodes: list[Node]) -> int:
    return sum(1 for _ in nodes[0].ancestors()) if nodes else 0


def _is_inside(node: Node, row: Node) -> bool:
    return any(ancestor is row for ancestor in node.ancestors())


def _randomize(frame: Frame, value: Value, seed: Value | None = None) -> list[Node]:
    """The nodes shuffled, in the order that ODK's engines give for the same seed."""
    state = _state(int(frame.context.chance() * _MODULUS) if seed is None else _seed(frame, seed))
    shuffled: list[Node] = []
    for place, node in enumerate(_nodes("randomize", value)):
        state = state * _MULTIPLIER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (place + 1))
        shuffled.append(node)
        shuffled[place], shuffled[other] = shuffled[other], node
    return shuffled


def _state(seed: int) -> int:
    """The generator's first state; the remainder has the sign of the seed, as in Java and JavaScript."""
    state = abs(seed) % _MODULUS * (-1 if seed < 0 else 1)
    return state if state > 0 else state + _MODULUS - 1


def _seed(frame: Frame, seed: Value) -> int:
    """A seed as Java's long: numbers cut off and kept in its range, other texts through their digest."""
    number = number_of(seed, frame.zone)
    if not isnan(number):
        return int(number) if abs(number) < _LONGEST else _edge(number)
    text = string_of(seed)
    return int.from_bytes(hashlib.sha256(text.encode(errors="replace")).digest()[:8], signed=True) if text else 0


def _edge(number: float) -> int:
    return _LONGEST - 1 if number > 0 else -_LONGEST


def _nodes(name: str, value: Value) -> list[Node]:
    if not isinstance(value, list):
        raise XPathError(f"{name}() takes nodes, and {string_of(value)!r} is none")
    return value


FUNCTIONS = {
    "count": Function(_count, 1, 1, structural=True),
    "count-non-empty": Function(_count_non_empty, 1, 1),
    "current": Function(_current, 0, 0),
    "id": Function(_by_id, 1, 1),
    "indexed-repeat": Function(_indexed_repeat, 3, ANY, paired=True),
    "instance": Function(_instance, 1, 1),
    "lang": Function(_lang, 1, 1),
    "last": Function(_last, 0, 0),
    "local-name": Function(_name, 0, 1),
    "name": Function(_name, 0, 1),
    "namespace-uri": Function(_nothing, 0, 1),
    "position": Function(_position, 0, 1, structural=True),
    "pulldata": Function(_pulldata, 4, 4),
    "randomize": Function(_randomize, 1, 2),
}
