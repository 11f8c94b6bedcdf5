"""A small household questionnaire, filled in, with a list of places and a clock in Rome."""

from collections.abc import Callable
from datetime import datetime
from itertools import cycle
from zoneinfo import ZoneInfo

import pytest

from conversations.forms.xpath import Context, Node, compile_expression, parse_document

ANSWERS = """
<data version="7">
  <name>Ada</name><age>34</age><blank/><born>1992-02-29</born><visit>2026-03-10T14:05:09.250+01:00</visit>
  <wakes>06:30:00.000+01:00</wakes><crops>maize beans</crops><region>north</region><phone>+390212345678</phone>
  <spaced>  two   words </spaced>
  <member><who>Bo</who><years>5</years></member>
  <member><who>Cy</who><years/></member>
  <member><who>Di</who><years>61</years></member>
  <house><room><bed>1</bed><bed>2</bed></room><room><bed>3</bed></room></house>
  <corner>45.0 9.0 0 0; 45.0 9.1 0 0; 45.1 9.1 0 0; 45.1 9.0 0 0; 45.0 9.0 0 0</corner>
</data>
"""
PLACES = """
<root>
  <item><name>milan</name><label>Milano</label><region>north</region><size>3</size></item>
  <item code="RM"><name>rome</name><label>Roma</label><region>south</region><size>4</size></item>
  <item><name>turin</name><label>Torino</label><region>north</region><size>2</size></item>
  <item><name>bari</name><label>Bari</label><region>south</region><size>1</size></item>
</root>
"""
NOON = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.fixture
def context() -> Context:
    """The root element is the context node; chance repeats the same three numbers."""
    primary = parse_document(ANSWERS)
    chances = cycle((0.25, 0.5, 0.75))
    return Context(
        primary=primary,
        node=primary.children[0],
        now=NOON,
        instances={"places": parse_document(PLACES)},
        choice_label=lambda question, value: f"{question.name}:{value}",
        itext=lambda text_id: f"<{text_id}>",
        chance=lambda: next(chances),
    )


@pytest.fixture
def at(context: Context) -> Callable[[str], Context]:
    """The same context, standing at the first node of a path."""

    def moved(path: str) -> Context:
        context.node = compile_expression(path).nodes(context)[0]
        return context

    return moved


@pytest.fixture
def text(context: Context) -> Callable[[str], str]:
    """What an expression says at the root element."""
    return lambda expression: compile_expression(expression).string(context)


@pytest.fixture
def holds(context: Context) -> Callable[[str], bool]:
    """Whether a condition holds at the root element."""
    return lambda expression: compile_expression(expression).boolean(context)


@pytest.fixture
def names(context: Context) -> Callable[[str], list[str]]:
    """The texts of the nodes that an expression selects."""

    def selected(expression: str) -> list[str]:
        found: list[Node] = compile_expression(expression).nodes(context)
        return [node.string() for node in found]

    return selected
