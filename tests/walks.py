"""Shared by the tests of the engine: a noon, and sessions that go through JSON at every step."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.forms import FormDefinition
from conversations.session import STRANGER, FormSession, Known, Refused

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=ZoneInfo("Europe/Rome"))


class Walk:
    """A session in the hands of a test: every answer starts from the stored copy."""

    def __init__(self, form: FormDefinition, language: str = "", seed: int = 7, known: Known = STRANGER) -> None:
        self.form = form
        self.session = FormSession.start(
            form, now=NOON, language=language, seed=seed, last_saved=known.last_saved, person=known.person
        )

    def answer(self, **answers: str) -> "Walk":
        """Give answers by the last name of their ref; all are taken."""
        for name, value in answers.items():
            refused = self.refused(name, value)
            assert refused is None, (name, value, refused)
        return self

    def refused(self, name: str, value: str) -> Refused | None:
        """What is said to an answer, which is taken when it may be."""
        self.reload()
        return self.session.answer(self.ref(name), value)

    def ref(self, name: str) -> str:
        """The ref of a name such as "bp_zona" or "bp_zona[2]", which means the second row."""
        plain, _, row = name.partition("[")
        path = next(path for path in self.form.nodes if path.endswith("/" + plain))
        if not row:
            return path
        repeat = next(path_ for path_, node in self.form.nodes.items() if node.repeat and path.startswith(path_ + "/"))
        return path.replace(repeat, f"{repeat}[{row}", 1)

    def value(self, name: str) -> str | None:
        return self.session.value(self.ref(name))

    def offers(self, name: str) -> list[str]:
        """The names of the choices."""
        return [choice.name for choice in self.session.choices(self.ref(name))]

    def asks(self) -> list[str]:
        """The last names of the places, in order."""
        return [position.ref.rpartition("/")[2] for position in self.session.positions()]

    def reload(self) -> "Walk":
        stored = json.loads(json.dumps(self.session.snapshot()))
        self.session = FormSession.restore(self.form, stored, now=NOON)
        return self
