"""From the cells of a workbook to the walk: each feature of XLSForm written as its author would, and then answered."""

from tests.sheets import form
from tests.walks import Walk


def refs(walk: Walk) -> list[str]:
    """Where the respondent is asked or told something, in order."""
    return [position.ref for position in walk.session.positions()]


def at(walk: Walk, ref: str, value: str) -> None:
    """An answer by its whole ref; it is taken."""
    walk.reload()
    assert walk.session.answer(ref, value) is None


def test_or_other_adds_a_choice_and_a_question():
    """The text is asked when Other is chosen, and is gone when it is not."""
    walk = Walk(
        form("""
    | survey  |
    |         | type                      | name  | label      |
    |         | select_one team or_other  | where | Where?     |
    |         | select_multiple team or_other | who | Who?     |
    | choices |
    |         | list_name | name | label |
    |         | team      | a    | A     |
    """)
    )
    assert walk.offers("where") == ["a", "other"]
    assert walk.answer(where="other").asks() == ["where", "where_other", "who"]
    walk.answer(where_other="Elsewhere", who="a other")
    assert walk.asks() == ["where", "where_other", "who", "who_other"]
    assert walk.answer(where="a").value("where_other") == ""


def test_a_table_of_choices_asks_each_row():
    """table-list: the heading is shown once and is no question."""
    walk = Walk(
        form("""
    | survey  |
    |         | type           | name  | label   | appearance |
    |         | begin group    | grid  | Agree?  | table-list |
    |         | select_one yn  | norms | Norms   |            |
    |         | select_one yn  | staff | Staff   |            |
    |         | end group      |       |         |            |
    | choices |
    |         | list_name | name | label |
    |         | yn        | y    | Yes   |
    |         | yn        | n    | No    |
    """)
    )
    asked = [ref.rpartition("/")[2] for ref in refs(walk) if not ref.rpartition("/")[2].startswith("generated")]
    assert asked == ["norms", "staff"]
    assert walk.offers("staff") == ["y", "n"]
    assert walk.answer(norms="y", staff="n").session.validate() == []


def test_questions_of_a_field_list_are_asked_in_their_order():
    """A screen in ODK; here one after the other, each seeing the answers before it."""
    walk = Walk(
        form("""
    | survey |
    |        | type        | name | label          | appearance | relevant |
    |        | begin group | g    | G              | field-list |          |
    |        | text        | a    | A?             |            |          |
    |        | text        | b    | B, after ${a}? |            | ${a}!='' |
    |        | end group   |      |                |            |          |
    """)
    )
    assert walk.asks() == ["a"]
    assert walk.answer(a="x").asks() == ["a", "b"]
    assert walk.session.label(walk.ref("b")) == "B, after x?"


def test_a_loop_is_a_group_for_each_choice():
    """Its labels take the choice's."""
    walk = Walk(
        form("""
    | survey  |
    |         | type             | name | label               |
    |         | begin loop over toilet | loop | Toilets       |
    |         | integer          | many | How many %(label)s? |
    |         | end loop         |      |                     |
    | choices |
    |         | list_name | name  | label   |
    |         | toilet    | pit   | pits    |
    |         | toilet    | flush | flushes |
    """)
    )
    assert refs(walk) == ["/data/loop/pit/many", "/data/loop/flush/many"]
    assert walk.session.label("/data/loop/pit/many") == "How many pits?"


def test_a_trigger_sets_a_value_once_at_each_change():
    """Of one question or of several; what else changes does not set it off."""
    walk = Walk(
        form("""
    | survey |
    |        | type      | name | label | calculation         | trigger    |
    |        | text      | a    | A?    |                     |            |
    |        | text      | b    | B?    |                     |            |
    |        | text      | c    | C?    |                     |            |
    |        | calculate | both |       | concat(${a}, ${b}, ${c}) | ${a}, ${b} |
    |        | text      | copy | Copy? | concat(${a}, '!')   | ${a}       |
    """)
    )
    assert walk.answer(c="3").value("both") == ""
    assert walk.answer(a="1").value("both") == "13"
    assert walk.answer(b="2").value("both") == "123"
    assert walk.answer(copy="mine", c="4").value("copy") == "mine"
    assert (walk.value("both"), walk.answer(a="5").value("copy")) == ("123", "5!")


ROWS = """
| survey |
|        | type         | name  | label  | default           | calculation      | trigger |
|        | text         | who   | Who?   |                   |                  |         |
|        | begin group  | g     | G      |                   |                  |         |
|        | text         | in    | In?    | now inside        |                  |         |
|        | text         | made  | Made?  | concat('a', 'b')  |                  |         |
|        | end group    |       |        |                   |                  |         |
|        | begin repeat | row   | Row    |                   |                  |         |
|        | text         | fix   | Fix?   | fixed             |                  |         |
|        | text         | dyn   | Dyn?   | concat(${who}, position(..)) |       |         |
|        | text         | twice | Twice? |                   | concat(${fix}, ${fix}) | ${fix} |
|        | end repeat   |       |        |                   |                  |         |
"""


def test_a_default_is_there_before_anything_is_answered():
    """A text or an expression, in groups as well."""
    walk = Walk(form(ROWS))
    assert (walk.value("in"), walk.value("made")) == ("now inside", "ab")


def test_a_default_is_given_to_each_new_row():
    """An expression sees the answers of that moment and its own row."""
    walk = Walk(form(ROWS)).answer(who="x")
    walk.session.add_repeat("/data/row")
    rows = walk.session.repeat_count("/data/row")
    assert walk.value(f"fix[{rows}]") == "fixed"
    assert walk.value(f"dyn[{rows}]") == f"x{rows}"
    assert walk.answer(who="y").value(f"dyn[{rows}]") == f"x{rows}"


def test_a_trigger_in_a_row_sets_that_row():
    """The others stay as they are."""
    walk = Walk(form(ROWS))
    while walk.session.repeat_count("/data/row") < 2:
        walk.session.add_repeat("/data/row")
    walk.answer(**{"fix[2]": "b"})
    assert (walk.value("twice[1]"), walk.value("twice[2]")) == ("", "bb")


def test_what_is_readonly_or_required_may_depend_on_answers():
    """Both columns take an expression."""
    walk = Walk(
        form("""
    | survey |
    |        | type    | name | label | readonly    | required    | required_message |
    |        | integer | age  | Age?  |             |             |                  |
    |        | text    | job  | Job?  | ${age} < 18 | ${age} > 65 | Please say       |
    """)
    ).answer(age="30")
    assert not walk.session.is_readonly(walk.ref("job"))
    assert not walk.session.is_required(walk.ref("job"))
    assert walk.answer(age="10").session.is_readonly(walk.ref("job"))
    walk.answer(age="70")
    assert walk.session.is_required(walk.ref("job"))
    assert walk.session.required_message(walk.ref("job")) == "Please say"
    assert walk.session.validate() == [("/data/job", "required")]


MIXED = """
| survey  |
|         | type         | name | label | parameters                |
|         | text         | seed | Seed? |                           |
|         | select_one l | free | Free? | randomize=true            |
|         | select_one l | same | Same? | randomize=true, seed=42   |
|         | select_one l | own  | Own?  | randomize=true, seed=${seed} |
| choices |
|         | list_name | name | label |
"""
MIXED += "\n".join(f"| | l | c{number} | C {number} |" for number in range(20))


def test_choices_are_shuffled_for_each_respondent_and_stay_so():
    """Another order for another session; the same at each look."""
    asked = form(MIXED)
    one, other = Walk(asked, seed=1), Walk(asked, seed=2)
    assert sorted(one.offers("free")) == sorted(other.offers("free"))
    assert one.offers("free") != other.offers("free")
    assert one.offers("free") == one.reload().offers("free")


def test_a_seed_gives_everybody_the_same_order():
    """A number, or an answer of the respondent."""
    asked = form(MIXED)
    one, other = Walk(asked, seed=1).answer(seed="5"), Walk(asked, seed=2).answer(seed="5")
    assert one.offers("same") == other.offers("same") != [f"c{number}" for number in range(20)]
    assert one.offers("own") == other.offers("own")
    assert one.answer(seed="6").offers("own") != other.offers("own")


def test_a_range_knows_its_bounds_and_steps():
    """Whole numbers, or fractions where start or step is one."""
    walk = Walk(
        form("""
    | survey |
    |        | type  | name | label | parameters             |
    |        | range | a    | A?    | start=0 end=10 step=2  |
    |        | range | b    | B?    | start=0 end=1 step=0.5 |
    |        | range | c    | C?    |                        |
    """)
    )
    assert dict(walk.form.control_at["/data/a"].parameters) == {"start": "0", "end": "10", "step": "2"}
    assert dict(walk.form.control_at["/data/c"].parameters) == {"start": "1", "end": "10", "step": "1"}
    assert walk.form.nodes["/data/b"].bind.datatype == "decimal"
    assert walk.answer(a="4", b="0.5").value("b") == "0.5"


def test_choices_are_put_in_order():
    """rank: all of the choices, each once."""
    walk = Walk(
        form("""
    | survey  |
    |         | type   | name | label |
    |         | rank l | r    | R?    |
    | choices |
    |         | list_name | name | label |
    |         | l         | a    | A     |
    |         | l         | b    | B     |
    """)
    )
    assert walk.answer(r="b a").value("r") == "b a"


def test_choices_are_the_rows_of_a_repeat():
    """Those that have a name; one whose name is taken back is chosen no more."""
    walk = Walk(
        form("""
    | survey |
    |        | type               | name  | label  | choice_filter |
    |        | begin repeat       | child | Child  |               |
    |        | text               | name  | Name?  |               |
    |        | integer            | age   | Age?   |               |
    |        | end repeat         |       |        |               |
    |        | select_one ${name} | old   | Oldest? |              |
    |        | select_one ${name} | big   | Grown? | ${age} > 17   |
    """)
    )
    while walk.session.repeat_count("/data/child") < 2:
        walk.session.add_repeat("/data/child")
    walk.answer(**{"name[1]": "Ada", "name[2]": "Bea", "age[1]": "20", "age[2]": "5"})
    assert [name for name in walk.offers("old") if name] == ["Ada", "Bea"]
    assert [name for name in walk.offers("big") if name] == ["Ada"]
    assert walk.answer(old="Bea").value("old") == "Bea"


def test_spaces_at_the_ends_of_cells_are_cleaned_unless_the_author_wants_them():
    """clean_text_values is yes by default: several spaces become one."""
    table = """
    | survey   |
    |          | type | name | label       |
    |          | note | n    | One   space |
    | settings |
    |          | clean_text_values |
    |          | {}                |
    """
    assert [Walk(form(table.replace("{}", wish))).session.label("/data/n") for wish in ("yes", "no")] == [
        "One space",
        "One   space",
    ]


def test_a_name_may_be_there_twice_where_the_author_allows_it():
    """allow_choice_duplicates: the filter tells them apart."""
    walk = Walk(
        form("""
    | survey   |
    |          | type          | name | label | choice_filter |
    |          | text          | land | Land? |               |
    |          | select_one l  | town | Town? | land=${land}  |
    | choices  |
    |          | list_name | name   | label   | land |
    |          | l         | vienna | Vienna  | at   |
    |          | l         | vienna | Vienna! | us   |
    | settings |
    |          | allow_choice_duplicates |
    |          | yes                     |
    """)
    ).answer(land="us")
    assert [choice.label for choice in walk.session.choices(walk.ref("town"))] == ["Vienna!"]


TONGUES = """
| survey   |
|          | type         | name | label::Italiano (it) | label::English (en) | hint::Italiano (it) | constraint |
|          | integer      | age  | Età?                 | Age?                | In anni             | . > 0      |
|          | select_one l | s    | Quale?               |                     |                     |            |
| choices  |
|          | list_name | name | label::Italiano (it) | label::English (en) |
|          | l         | a    | Uno                  | One                 |
|          | l         | b    | Due                  |                     |
| settings |
|          | default_language |
|          | Italiano (it)    |
"""


def test_the_default_language_is_that_of_who_chose_none():
    """And what an unknown wish becomes."""
    asked = form(TONGUES)
    assert asked.default_language == "Italiano (it)"
    assert asked.languages == ("Italiano (it)", "English (en)")
    assert [Walk(asked, language=wish).session.label("/data/age") for wish in ("", "Deutsch", "English (en)")] == [
        "Età?",
        "Età?",
        "Age?",
    ]


def test_what_is_not_translated_is_said_in_the_default_language():
    """Nobody is shown an empty question or an empty button."""
    walk = Walk(form(TONGUES), language="English (en)")
    assert walk.session.label("/data/s") == "Quale?"
    assert [choice.label for choice in walk.session.choices("/data/s")] == ["One", "Due"]
    assert walk.session.hint("/data/age") == "In anni"


def test_a_dash_that_the_author_wrote_is_a_dash():
    """It is no missing translation."""
    walk = Walk(
        form(TONGUES.replace("| Due                  |                     |", "| Due | - |")), language="English (en)"
    )
    assert [choice.label for choice in walk.session.choices("/data/s")] == ["One", "-"]


def test_a_questionnaire_may_know_nothing_of_its_default_language():
    """Columns without a language beside columns with one: the former are the default."""
    walk = Walk(
        form("""
    | survey |
    |        | type | name | label | label::English (en) |
    |        | text | q    | Che?  | What?               |
    """)
    )
    assert walk.session.label("/data/q") == "Che?"
    walk.session.set_language("English (en)")
    assert walk.session.label("/data/q") == "What?"


def test_rows_of_rows_are_addressed_by_their_places():
    """Nested repeats, with a count and without."""
    walk = Walk(
        form("""
    | survey |
    |        | type         | name  | label  | repeat_count | calculation   |
    |        | integer      | many  | Many?  |              |               |
    |        | begin repeat | house | House  | ${many}      |               |
    |        | begin repeat | room  | Room   |              |               |
    |        | integer      | m2    | m²?    |              |               |
    |        | end repeat   |       |        |              |               |
    |        | calculate    | total |        |              | sum(${m2})    |
    |        | end repeat   |       |        |              |               |
    """)
    ).answer(many="2")
    for house in (1, 2):
        while walk.session.repeat_count(f"/data/house[{house}]/room") < 2:
            walk.session.add_repeat(f"/data/house[{house}]/room")
        at(walk, f"/data/house[{house}]/room[1]/m2", str(10 * house))
        at(walk, f"/data/house[{house}]/room[2]/m2", "5")
    assert [walk.session.value(f"/data/house[{house}]/total") for house in (1, 2)] == ["15", "25"]


def test_hidden_values_and_names_of_the_response_are_worked_out():
    """Hidden with a default, instance_name in the settings."""
    walk = Walk(
        form("""
    | survey   |
    |          | type   | name   | label | default |
    |          | hidden | source |       | chat    |
    |          | text   | who    | Who?  |         |
    | settings |
    |          | instance_name              |
    |          | concat(${source}, ' ', ${who}) |
    """)
    ).answer(who="Ada")
    assert walk.asks() == ["who"]
    assert walk.session.value("/data/meta/instanceName") == "chat Ada"
    assert ("/data/source", "chat") in walk.session.submission_values()
