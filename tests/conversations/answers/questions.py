"""Questions to answer: the lists of the example survey, and parameters by name."""

from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from conversations.answers import Asked
from conversations.forms import ControlKind
from conversations.session import ChoiceItem

TODAY = date(2026, 11, 22)
LABELS = {"it": 2, "en": 3}
EXAMPLES = Path(__file__).parents[3] / "examples"

PARAMETERS = {
    "0 to 10": {"start": "0", "end": "10", "step": "1"},
    "0 to 1 by 0.25": {"start": "0", "end": "1", "step": "0.25"},
    "10 down to 2 by -2": {"start": "10", "end": "2", "step": "-2"},
    "5 to 95 by 10": {"start": "5", "end": "95", "step": "10"},
}
APPEARANCES = ("numbers", "multiline", "month-year", "year", "thousands-sep", "no-calendar")
LISTS = {
    "scale": [(str(n), str(n)) for n in range(11)],
    "reversed": [("3", "Alto"), ("2", "Medio"), ("1", "Basso")],
    "numbered from 0": [
        ("mai", "0 - Mai"),
        ("a volte", "1 - A volte"),
        ("spesso", "2. Spesso"),
        ("sempre", "3) Sempre"),
    ],
    "signed": [("down", "-1"), ("same", "0"), ("up", "+1")],
    "faces": [("sad", "🙁"), ("happy", "🙂")],
    "twins": [("a", "Uguale"), ("b", "Uguale")],
    "hours": [("m", "9:30"), ("n", "12:30"), ("s", "21:00")],
    "commas": [("air", "Aria, rumore"), ("water", "Acqua"), ("noise", "Rumore"), ("both", "Acqua e aria")],
    "three": [("norme", "Norme"), ("personale", "Personale"), ("risorse", "Risorse")],
    "many": [(f"c{n}", f"Comune {n:02}") for n in range(1, 13)],
}


@cache
def example_lists(language):
    """Read the lists of choices of the example surveys, in one language: list name -> ((name, label), ...)."""
    lists = {}
    for survey in ("zone_omogenee_po", "zone_omogenee_sindaci"):
        sheet = load_workbook(EXAMPLES / f"{survey}.xlsx")["choices"]
        for row in sheet.iter_rows(min_row=2, values_only=True):
            if row[0]:
                lists.setdefault((survey, row[0]), []).append((str(row[1]), str(row[LABELS[language]])))
    return {name: tuple(pairs) for (_, name), pairs in lists.items()}


def ask(kind, question="", language="it"):
    """Ask a question of a kind, named by its list, its parameters or its appearance."""
    pairs = LISTS.get(question) or example_lists(language if language in LABELS else "en").get(question, ())
    return Asked(
        kind=ControlKind(kind),
        choices=tuple(ChoiceItem(name, label) for name, label in pairs),
        parameters=PARAMETERS.get(question, {}),
        appearance=(question,) if question in APPEARANCES else (),
        today=TODAY,
        language=language,
    )
