"""The two questionnaires that the engine is measured with: 30 questions, and 500 with five repeats of ten rows."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook

from conversations.forms.xlsform import read_xlsform

Row = dict[str, str]

CHOICES = (("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))
TOWNS = tuple(("towns", f"town{n}", f"Town {n}", f"province{n % 5}") for n in range(40))
PROVINCES = tuple(("provinces", f"province{n}", f"Province {n}") for n in range(5))
REPEATS, ROWS = 5, 10


def small() -> str:
    """The XForm of 30 questions with some 20 expressions, and three calculations."""
    return _xform([_question(number, of=33) for number in range(33)])


def large() -> str:
    """The XForm of 500 questions, 40 of them in five repeats of ten rows, with more than 300 expressions."""
    flat = [_question(number, of=511) for number in range(511)]
    rows = [row for repeat in range(REPEATS) for row in _repeat(repeat)]
    return _xform([*flat[:100], *rows, *flat[100:]])


def _question(number: int, *, of: int) -> Row:
    """One of ten kinds of row, with what usually stands beside each."""
    name, before = f"q{number}", f"q{number - 1}"
    ten = number // 10 * 10
    kinds: tuple[Row, ...] = (
        {"type": "select_one yes_no", "required": "yes"},
        {"type": "integer", "relevant": f"${{{before}}} = 'yes'", "constraint": ". >= 0 and . < 120"},
        {"type": "text"},
        {"type": "select_one provinces"},
        {"type": "select_one towns", "choice_filter": f"province = ${{{before}}}"},
        {"type": "decimal", "constraint": ". > 0"},
        {"type": "integer"},
        {"type": "date", "relevant": f"${{{before}}} > 3"},
        {"type": "calculate", "calculation": f"${{q{ten + 6}}} * 2 + coalesce(${{q{ten + 1}}}, 0)"},
        {"type": "text", "label": f"You said ${{q{ten + 6}}}, that is ${{{before}}}. Why?"},
    )
    return {"name": name, "label": f"Question {number + 1} of {of}", **kinds[number % 10]}


def _repeat(number: int) -> Iterator[Row]:
    """A repeat of ten rows: a count, a calculation in each row, a sum outside."""
    row = f"r{number}"
    yield {"type": "begin repeat", "name": row, "label": f"Person of block {number}", "repeat_count": str(ROWS)}
    yield {"type": "text", "name": f"{row}_name", "label": "Name"}
    yield {"type": "integer", "name": f"{row}_age", "label": "Age", "constraint": ". >= 0 and . < 120"}
    yield {"type": "select_one yes_no", "name": f"{row}_works", "label": "Works?", "relevant": f"${{{row}_age}} > 15"}
    yield {"type": "decimal", "name": f"{row}_hours", "label": "Hours", "relevant": f"${{{row}_works}} = 'yes'"}
    yield {"type": "decimal", "name": f"{row}_pay", "label": "Pay", "relevant": f"${{{row}_works}} = 'yes'"}
    yield {"type": "select_one provinces", "name": f"{row}_province", "label": "Province"}
    province = {"choice_filter": f"province = ${{{row}_province}}"}
    yield {"type": "select_one towns", "name": f"{row}_town", "label": "Town", **province}
    yield {"type": "text", "name": f"{row}_note", "label": f"About ${{{row}_name}}"}
    yield {"type": "calculate", "name": f"{row}_month", "calculation": f"${{{row}_hours}} * ${{{row}_pay}} * 4"}
    yield {"type": "end repeat"}
    yield {"type": "calculate", "name": f"{row}_sum", "calculation": f"sum(${{{row}_month}})"}


def _xform(rows: Sequence[Row]) -> str:
    book = Workbook()
    book.remove(book.active)
    columns = ("type", "name", "label", "required", "relevant", "constraint", "choice_filter", "calculation")
    survey = book.create_sheet("survey")
    survey.append([*columns, "repeat_count"])
    for row in rows:
        survey.append([row.get(column) for column in (*columns, "repeat_count")])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label", "province"])
    for choice in (*CHOICES, *TOWNS, *PROVINCES):
        choices.append(list(choice))
    written = BytesIO()
    book.save(written)
    compiled = read_xlsform(written.getvalue())
    if compiled.xform is None:
        raise ValueError(compiled.problems)
    return compiled.xform
