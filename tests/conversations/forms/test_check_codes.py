"""Every problem that can be told is explained to authors, and the explanations are of problems there are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
FORMS = ROOT / "conversations" / "forms"
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
MAKERS = ("Problem", "Fault", "Check", "_problem")


def codes_in(source: str) -> set[str]:
    """The codes in a module: an argument called `code`, or the last short word before what is said."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = [call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in MAKERS]
    named = [word.value for call in calls for word in call.keywords if word.arg == "code"]
    placed = [first_words(call)[-1] for call in made if first_words(call)]
    return {node.value for node in (*named, *placed) if isinstance(node, ast.Constant)}


def first_words(call: ast.Call) -> list[ast.Constant]:
    """The arguments that look like codes or columns, up to the first sentence."""
    found = []
    for argument in call.args:
        is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        if isinstance(argument, ast.JoinedStr) or (is_text and not CODE.fullmatch(argument.value)):
            break
        found += [argument] if is_text else []
    return found[:1] if getattr(call.func, "id", "") == "Check" else found


def test_every_code_has_a_paragraph_for_authors():
    """In docs/check.md under its own heading; and no heading is of a code that is gone."""
    sources = [path.read_text() for path in FORMS.rglob("*.py")]
    told = set().union(*map(codes_in, sources))
    document = (ROOT / "docs" / "check.md").read_text()
    headings = re.findall(r"^### `([a-z-]+)`$", document, re.MULTILINE)
    assert sorted(told - set(headings)) == []
    assert [code for code in headings if not any(f'"{code}"' in source for source in sources)] == []
    assert headings == re.findall(r"^### `([a-z-]+)`\n(?:Error|Warning|Good to know)", document, re.MULTILINE)
