"""What is wrong with the calls in an expression, for the author: all of it at once, before anybody answers."""

from dataclasses import dataclass

from conversations.forms.xpath.functions import FUNCTIONS, wrong_arity
from conversations.forms.xpath.syntax import Call, Expression, calls_in


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` is wrong with the call at the 0-based character `at`."""

    what: str
    at: int


def faults_in(tree: Expression) -> tuple[Fault, ...]:
    """Calls of functions that do not exist or with a wrong number of arguments."""
    found = ((call, _complaint(call)) for call in calls_in(tree))
    return tuple(Fault(what, call.at) for call, what in found if what)


def _complaint(call: Call) -> str:
    function = FUNCTIONS.get(call.name)
    if function is None:
        return f"there is no function {call.name}()"
    return wrong_arity(call.name, function, len(call.arguments))
