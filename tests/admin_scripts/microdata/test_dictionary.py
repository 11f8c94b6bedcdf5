"""What the data dictionary says of each variable, from all versions and the author's columns."""

from admin_scripts.microdata.dictionary import Sources, dictionary_of
from admin_scripts.microdata.missing import missing_meant
from admin_scripts.microdata.variables import Disclosure, Missing
from tests.sheets import form, workbook

TYPES = """
| survey  |
|         | type                 | name   | label                  | appearance | x_measure | x_disclosure |
|         | select_one mark      | mark   | A mark?                |            |           |              |
|         | select_one mark      | other  | Another?               |            | nominal   | quasi        |
|         | select_one tea       | tea    | Tea?                   |            |           |              |
|         | select_one tea       | liked  | Liked?                 | likert     |           |              |
|         | select_multiple tea  | teas   | Teas?                  |            |           |              |
|         | rank tea             | order  | In order?              |            |           |              |
|         | integer              | n      | How many?              |            |           |              |
|         | date                 | day    | When?                  |            |           |              |
|         | text                 | why    | Why?                   |            |           |              |
|         | text                 | code   | Code?                  |            |           | none         |
|         | geopoint             | where  | Where?                 |            |           |              |
|         | start                | begun  |                        |            |           |              |
| choices |
|         | list_name | name  | label                        | x_missing |
|         | mark      | 1     | One                          |           |
|         | mark      | 2     | Two                          |           |
|         | mark      | 3     | Three                        |           |
|         | mark      | 9     | Non so                       |           |
|         | tea       | black | Black, I prefer not to lie   | no        |
|         | tea       | none  | Non sono previsti incontri   |           |
|         | tea       | nd    | Don’t know / prefer not to say |         |
|         | tea       | quiet | Ask another                  | dont_know |
"""
SECOND = """
| survey   |
|          | type            | name | label::Italiano (it) | label::English (en) | calculation |
|          | begin group     | all  | Tutto                | All                 |
|          | begin group     | in   | Dentro               | Inside              |
|          | select_one tea  | tea  | Quale tè?            | Which tea?          |
|          | calculate       | calc |                      |                     | 1 + 1 |
|          | end group       |      |                      |                     |
|          | end group       |      |                      |                     |
|          | text            | new  | Nuovo?               | New?                |
| choices  |
|          | list_name | name  | label::Italiano (it) | label::English (en) |
|          | tea       | green | Verde                | Green               |
|          | tea       | black | Nero                 | Black               |
| settings |
|          | default_language | version |
|          | English (en)     | 2       |
"""
FIRST = """
| survey   |
|          | type            | name | label |
|          | select_one tea  | tea  | Tea?  |
|          | text            | old  | Old?  |
| choices  |
|          | list_name | name  | label |
|          | tea       | black | Black |
|          | tea       | white | White |
| settings |
|          | version |
|          | 1       |
"""


def described(*tables):
    forms = [form(table) for table in tables]
    sources = Sources(forms, {one.hash: workbook(table) for one, table in zip(forms, tables, strict=True)})
    return dictionary_of(sources)[0]


def variables(*tables):
    return {variable.name: variable for variable in described(*tables).tables[""]}


def test_the_measure_is_the_authors_or_what_the_type_makes_likely():
    """A list of numbers is a scale of steps; so is what looks like one."""
    assert {name: variable.measure.value for name, variable in variables(TYPES).items()} == {
        "mark": "ordinal",
        "other": "nominal",
        "tea": "nominal",
        "liked": "ordinal",
        "teas": "nominal",
        "order": "rank",
        "n": "scale",
        "day": "date",
        "why": "text",
        "code": "text",
        "where": "text",
        "begun": "nominal",
    }


def test_what_could_tell_who_it_was_is_marked_also_where_the_author_said_nothing():
    """Places and clocks tell it, free text may; an author who knows better says "none"."""
    found = {name: variable.disclosure for name, variable in variables(TYPES).items() if variable.disclosure}
    assert found == {
        "other": Disclosure.QUASI,
        "why": Disclosure.FREETEXT,
        "where": Disclosure.ID,
        "begun": Disclosure.ID,
    }


def test_choices_that_say_why_there_is_no_answer_are_known_by_their_words_or_the_authors():
    """Whole words: who says that there are "non sono", nobody is at a loss. Both at once: would rather not say."""
    found = variables(TYPES)
    assert [choice.missing for choice in found["tea"].choices] == [None, None, Missing.PREFER_NOT, Missing.DONT_KNOW]
    assert [choice.missing for choice in found["mark"].choices] == [None, None, None, Missing.DONT_KNOW]


def test_the_code_of_a_choice_is_its_name_where_all_are_numbers():
    """Else its place."""
    found = variables(TYPES)
    assert [choice.code for choice in found["mark"].choices] == [1, 2, 3, 9]
    assert [choice.code for choice in found["tea"].choices] == [1, 2, 3, 4]


def test_no_choice_has_the_code_of_a_missing_answer():
    """A list with -99 in it is counted by place."""
    table = TYPES.replace("| 9     |", "| -99   |").replace("select_one mark ", "select_one tea  ", 1)
    assert [choice.code for choice in variables(table)["other"].choices] == [1, 2, 3, 4]


def test_versions_are_united_by_name_with_the_choices_of_all():
    """The newest version's words and choices come first."""
    found = variables(SECOND, FIRST)
    assert list(found) == ["tea", "calc", "new", "old"]
    assert [(choice.name, choice.code) for choice in found["tea"].choices] == [("green", 1), ("black", 2), ("white", 3)]
    assert found["tea"].versions == ("2", "1")
    assert found["old"].versions == ("1",)
    assert found["tea"].wording == {"it": "Quale tè?", "en": "Which tea?"}


def test_the_section_is_the_outermost_group_with_a_label():
    """Of a calculation too."""
    found = variables(SECOND)
    assert {name: variable.section.get("en", "") for name, variable in found.items()} == {
        "tea": "All",
        "calc": "All",
        "new": "",
    }


def test_the_default_language_is_the_first():
    """Whatever the order in the workbook."""
    assert list(described(SECOND).languages.items()) == [("en", "English (en)"), ("it", "Italiano (it)")]


def test_an_opinion_that_is_not_there_yet_is_no_step_of_a_scale():
    """Also in other words than "don't know": else it would be the highest one."""
    for label in ("Troppo presto per dirlo", "Too early to say", "It is too soon to tell"):
        assert missing_meant("", {"": label}) is Missing.DONT_KNOW
    assert missing_meant("", {"": "Too early in the morning"}) is None
