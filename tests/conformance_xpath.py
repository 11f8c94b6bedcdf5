"""The `evaluate` function of the conformance adapter: one expression on one document."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from conversations.forms.xpath import Context, Node, compile_expression, parse_document

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def evaluate(expr: str, xml: str, context: str, type: str, tz: str, now: str | None):  # noqa: A002 - the runner's names
    """The value of `expr` at `context` as `type`; nodes as canonical paths such as /*[1]/*[2]."""
    primary = parse_document(xml)
    instant = NOW if now is None else datetime.fromisoformat(now)
    here = Context(primary=primary, node=primary, now=instant.astimezone(ZoneInfo(tz)), chance=lambda: 0.5)
    here.node = compile_expression(context).nodes(here)[0]
    compiled = compile_expression(expr)
    if type == "number":
        return compiled.number(here)
    if type == "boolean":
        return compiled.boolean(here)
    if type == "nodeset":
        return [canonical_path(node) for node in compiled.nodes(here)]
    return compiled.string(here)


def canonical_path(node: Node) -> str:
    """The places among all siblings from the root on; of the document itself "/"."""
    if node.parent is None:
        return "/"
    above = canonical_path(node.parent).rstrip("/")
    if node.name.startswith("@"):
        return f"{above}/{node.name}"
    return f"{above}/*[{node.parent.children.index(node) + 1}]"
