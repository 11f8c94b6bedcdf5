"""What is wrong with the calls in an expression, for the author: all of it at once, before anybody answers."""

from dataclasses import dataclass

from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.functions import FUNCTIONS, wrong_arity
from conversations.forms.xpath.functions.texts import compiled_pattern
from conversations.forms.xpath.syntax import Call, Expression, Text, calls_in


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` is wrong with the call at the 0-based character `at`."""

    what: str
    at: int


_ELSEWHERE = {
    "property": "property() asks a telephone about itself, which a chat does not know; the types username, email and "
    "deviceid say what is known of a respondent",
    "extract-signed": "extract-signed() reads a text that another app has signed, and no other app is opened here",
}
"""Functions of ODK that only an app on a telephone can have."""


def faults_in(tree: Expression) -> tuple[Fault, ...]:
    """Calls of functions that do not exist, with a wrong number of arguments, or with a pattern that is none."""
    found = ((call, _complaint(call)) for call in calls_in(tree))
    return tuple(Fault(what, call.at) for call, what in found if what)


def _complaint(call: Call) -> str:
    function = FUNCTIONS.get(call.name)
    if function is None:
        return _ELSEWHERE.get(call.name, f"there is no function {call.name}()")
    return wrong_arity(call.name, function, len(call.arguments)) or _pattern_complaint(call)


def _pattern_complaint(call: Call) -> str:
    pattern = call.arguments[1] if call.name == "regex" else None
    if not isinstance(pattern, Text):
        return ""
    try:
        compiled_pattern(pattern.value)
    except XPathError as error:
        return str(error)
    return ""
