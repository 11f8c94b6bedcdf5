"""A session is restored as far as somebody looks: that must not show."""

import json
import random

import pytest

from conversations.session import FormSession, PositionKind
from tests.sheets import form
from tests.walks import NOON

FORM = form("""
| survey |
| | type         | name | label | relevant     | calculation             | repeat_count |
| | integer      | n    | N     |              |                         |              |
| | text         | t    | T     |              |                         |              |
| | begin group  | g    | G     | ${t} != 'no' |                         |              |
| | begin repeat | a    | A     |              |                         |              |
| | integer      | x    | X     | ${n} > 1     |                         |              |
| | begin repeat | b    | B     | ${x} > 2     |                         |              |
| | integer      | y    | Y     |              |                         |              |
| | calculate    | z    |       |              | ${y} + position(..)     |              |
| | end repeat   |      |       |              |                         |              |
| | calculate    | s    |       |              | sum(${z})               |              |
| | end repeat   |      |       |              |                         |              |
| | end group    |      |       |              |                         |              |
| | begin repeat | c    | C     |              |                         | ${n}         |
| | text         | u    | U     |              |                         |              |
| | end repeat   |      |       |              |                         |              |
| | calculate    | all  |       |              | sum(${s}) + count(${c}) |              |
""")


def some_deed(session: FormSession, chance: random.Random) -> tuple[str, ...]:
    """An answer, a row more, or a row less anywhere."""
    rows = [f"/data/g/a[{place}]" for place in range(1, session.repeat_count("/data/g/a") + 1)]
    inner = [f"{row}/b[{place}]" for row in rows for place in range(1, session.repeat_count(f"{row}/b") + 1)]
    kind = chance.random()
    if kind < 0.15 and rows:
        return "remove_repeat", chance.choice(rows + inner)
    if kind < 0.4:
        return "add_repeat", chance.choice(["/data/g/a", *(f"{row}/b" for row in rows)])
    questions = [place.ref for place in session.positions() if place.kind is PositionKind.QUESTION]
    return "answer", chance.choice(questions), chance.choice(["", "1", "2", "3", "no"])


@pytest.mark.parametrize("seed", range(20))
def test_a_walk_from_the_stored_copy_is_the_walk_that_was_never_stored(seed):
    """Whatever is answered, added and removed, in rows that nobody has looked at and in those that moved up."""
    chance = random.Random(seed)
    kept = FormSession.start(FORM, now=NOON, language="", seed=1)
    stored = kept.snapshot()
    for _ in range(25):
        name, *arguments = some_deed(kept, chance)
        again = FormSession.restore(FORM, json.loads(json.dumps(stored)), now=NOON)
        assert getattr(kept, name)(*arguments) == getattr(again, name)(*arguments)
        stored = again.snapshot()
        assert stored == kept.snapshot()
    assert again.submission_values() == kept.submission_values()
    assert again.positions() == kept.positions()
