"""`colloquio simulate --margins`: a field period whose answers come out as a file asks for."""

from collections import Counter

import pytest
from sqlalchemy import select

from admin_scripts.__main__ import main
from storage.dispositions import Disposition, count_dispositions
from storage.engine import transaction
from storage.surveys import get_survey
from storage.tables import responses
from tests.admin_scripts.field_work import EXAMPLES, on
from tests.sheets import workbook

FORM = """
| survey  |
| | type                 | name | label | required | constraint | relevant      |
| | select_one colours   | best | Best? | yes      |            |               |
| | select_multiple colours | all | All? | yes     | count-selected(.) < 3 | |
| | integer              | many | Many? |          | . < 10     | ${best} = 'red' |
| | text                 | why  | Why?  |          |            |               |
| choices |
| | list_name | name  | label |
| | colours   | red   | Red   |
| | colours   | green | Green |
| | colours   | blue  | Blue  |
"""
REGISTER = "staff_id,unit\n" + "".join(f"P{n:02},{'north' if n % 2 else 'south'}\n" for n in range(30))


@pytest.fixture
def files(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(workbook(FORM))
    (tmp_path / "staff.csv").write_text(REGISTER)
    return tmp_path


def rehearse(files, margins, seed=1):
    (files / "margins.csv").write_text(margins)
    words = f"simulate {files}/form.xlsx --into s{seed} --seed {seed}"
    return main([*words.split(), "--register", f"{files}/staff.csv", "--margins", f"{files}/margins.csv"])


def handed_in(url, name):
    """The answers of each response, by question; and the dispositions."""
    found = {}

    async def look(engine):
        async with transaction(engine) as connection:
            survey = await get_survey(connection, name)
            rows = await connection.scalars(select(responses.c.answers).where(responses.c.survey_id == survey.id))
            found["answers"] = [{path.rpartition("/")[2]: value for path, value in row} for row in rows]
            found["people"] = (await count_dispositions(connection, survey.id, has_more=True))[""]
            units = await count_dispositions(connection, survey.id, "area", has_more=True)
            found["units"] = {unit: counts[Disposition.COMPLETE] for unit, counts in units.items() if unit}

    on(url, look)
    return found["answers"], found["people"], found["units"]


def test_the_published_figures_of_2020_come_out(configured, capsys):
    """69 of 134; 36 support the Comuni, of these 11, 9 and 16 by Zone; 2 of the 30 who know have no monitoring."""
    files = [EXAMPLES / name for name in ("zone_omogenee_po.xlsx", "staff.csv", "margins_2020.csv")]
    words = f"simulate {files[0]} --into zone2020 --register {files[1]} --margins {files[2]} --seed 2020"
    assert main(words.split()) == 0
    assert "All margins" in capsys.readouterr().out
    answers, people, units = handed_in(configured, "zone2020")
    assert (people[Disposition.COMPLETE], sum(people.values())) == (69, 134)
    assert Counter(one.get("livello_zo") for one in answers) == {None: 33, "nessuno": 16, "tutti": 11, "parte": 9}
    monitoring = Counter(name for one in answers for name in one.get("monitoraggio", "").split())
    assert (monitoring["nessuno"], monitoring["non_so"], monitoring["report"]) == (2, 6, 20)
    assert Counter(one["area"] for one in answers) == units


MARGINS = """question,choice,count,share,given,note
@outcome,complete,20,,,
@outcome,leaves,3,,,
@unit,north,12,,,of 15
@unit,south,8,,,
best,red,10,,,
best,blue,10,,,
all,red green,,50 %,best=red,
all,red,,0.5,best=red,
all,blue,,1,,
many,7,6,,,
many,,4,,,
why,"Yes, why",5,,,
why,,15,,,
"""


def test_counts_shares_conditions_and_blanks(configured, files, capsys):
    """Counts are exact, shares hold to within one person, a blank leaves the question out, units come as asked for."""
    assert rehearse(files, MARGINS) == 0
    assert "All margins" in capsys.readouterr().out
    answers, people, _ = handed_in(configured, "s1")
    assert (people[Disposition.COMPLETE], people[Disposition.NON_CONTACT]) == (20, 7)
    assert Counter((one["best"], one["all"]) for one in answers) == {
        ("red", "red green"): 5,
        ("red", "red"): 5,
        ("blue", "blue"): 10,
    }
    assert Counter(one.get("many", "") for one in answers) == {"7": 6, "": 14}
    assert sum(one.get("why") == "Yes, why" for one in answers) == 5


def test_what_cannot_come_out_is_told(configured, files, capsys):
    """An answer that the questionnaire refuses, and counts of more people than reach a question, with their lines."""
    margins = MARGINS.replace("many,7,6", "many,70,6").replace("best,blue,10", "best,blue,11")
    assert rehearse(files, margins) == 0
    said = capsys.readouterr().out
    assert "line 11: the questionnaire refuses this answer" in said
    assert "was wanted 11 times" in said or "'red' was wanted 10 times, is there 9 times" in said
    assert len(handed_in(configured, "s1")[0]) == 20


MISTAKES = {
    "best,rosso,3,,,": "'rosso' is no choice of 'best'. Is it red or",
    "bset,red,3,,,": "the questionnaire asks no 'bset'. Did you mean 'best'?",
    "best,red,three,,,": "'three' is no count",
    "best,red,,half,,": "'half' is no share",
    "best,red,1,1 %,,": "has a count and a share",
    "best,red,1,,often,": "'often' is no condition",
    "best,red,1,,bset=1,": "asks no 'bset'",
    "many,a lot,1,,,": "'a lot' is no number",
    "@outcome,dies,1,,,": "'dies' is no way to end",
    "@day,tomorrow,,,,": "'tomorrow' is no day",
    "@unit,west,1,,,": "the register has 0 of unit 'west'",
    "why,@town,1,,,": "the register has no column 'town'. Use one of: unit.",
    "all,red,,40 %,,": "the shares of 'all' make 40 %",
    ",red,1,,,": "no question is named",
    "@outcome,complete,99,,,": "99 people come, and the register has 30",
}


@pytest.mark.usefixtures("configured")
def test_every_mistake_in_the_margins_is_told_at_once(files, capsys):
    """Each with its line and what to do, and nobody walks."""
    assert rehearse(files, "question,choice,count,share,given,note\n" + "\n".join(MISTAKES)) == 1
    shown = capsys.readouterr()
    for number, said in enumerate(MISTAKES.values(), start=2):
        line = next(line for line in shown.out.splitlines() if f"line {number}: " in line)
        assert said in line
    assert f"{len(MISTAKES)} mistakes" in shown.err
    assert rehearse(files, "question,answer\nbest,red") == 1
    assert "'answer'" in capsys.readouterr().err
