"""What is known of a function beside its work: how many arguments, and what it depends on besides them."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.forms.xpath.values import Value

ANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Function:
    """A function of ODK XPath.

    `work(frame, *values)` computes it; with `lazy` it gets closures of the frame instead of values.
    `volatile`: another value at another time; `structural`: reads which nodes there are and not their values;
    `language`: depends on the language; `path_argument`: the argument that may be a path in quotes;
    `paired`: arguments beyond the least come in pairs.
    """

    work: Callable[..., Value]
    least: int
    most: int
    lazy: bool = False
    volatile: bool = False
    structural: bool = False
    language: bool = False
    paired: bool = False
    path_argument: int | None = None


def wrong_arity(name: str, function: Function, count: int) -> str:
    """What is wrong with calling `name` with `count` arguments; "" when nothing is."""
    if count < function.least:
        return f"{name}() needs {_arguments(function.least)}, not {count}"
    if count > function.most:
        return f"{name}() takes at most {_arguments(function.most)}, not {count}"
    if function.paired and (count - function.least) % 2:
        return f"{name}() takes further arguments in pairs, and {count} leave one alone"
    return ""


def _arguments(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"
