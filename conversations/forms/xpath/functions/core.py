"""The conversions of XPath: string(), number(), boolean(), and the constants."""

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.functions.specification import Function
from conversations.forms.xpath.values import Value, boolean_of, number_of, string_of


def _boolean(_frame: Frame, value: Value) -> bool:
    return boolean_of(value)


def _not(_frame: Frame, value: Value) -> bool:
    return not boolean_of(value)


def _number(frame: Frame, value: Value | None = None) -> float:
    return number_of([frame.node] if value is None else value, frame.zone)


def _string(frame: Frame, value: Value | None = None) -> str:
    return string_of([frame.node] if value is None else value)


def _boolean_from_string(_frame: Frame, value: Value) -> bool:
    return string_of(value) in {"1", "true"}


FUNCTIONS = {
    "boolean": Function(_boolean, 1, 1),
    "boolean-from-string": Function(_boolean_from_string, 1, 1),
    "false": Function(lambda _frame: False, 0, 0),
    "not": Function(_not, 1, 1),
    "number": Function(_number, 0, 1),
    "string": Function(_string, 0, 1),
    "true": Function(lambda _frame: True, 0, 0),
}
