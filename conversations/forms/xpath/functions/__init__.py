"""Every function by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from conversations.forms.xpath.functions import (
    core,
    dates,
    digests,
    geography,
    logic,
    nodesets,
    numbers,
    questionnaire,
    selections,
    texts,
)
from conversations.forms.xpath.functions.specification import Function, wrong_arity

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    core.FUNCTIONS
    | dates.FUNCTIONS
    | digests.FUNCTIONS
    | geography.FUNCTIONS
    | logic.FUNCTIONS
    | nodesets.FUNCTIONS
    | numbers.FUNCTIONS
    | questionnaire.FUNCTIONS
    | selections.FUNCTIONS
    | texts.FUNCTIONS
)

__all__ = ["FUNCTIONS", "Function", "wrong_arity"]
