"""What goes with a text: guidance, pictures and sounds, of questions and of choices, in the language spoken."""

from tests.sheets import form
from tests.walks import Walk

SIGHTS = """
    | survey   |
    |          | type          | name  | label::Italiano | label::English | guidance_hint::Italiano | guidance_hint::English | media::image::Italiano | media::audio::English | media::image::English |
    |          | select_one yn | fine  | Va bene?        | Is it well?    | Che cosa vuol dire      | What it means          | bello.png              | well.mp3              | well.png              |
    |          | text          | other | Altro?          | Something?     |                         |                        | altro.png              |                       |                       |
    |          | text          | last  | Fine?           | End?           |                         |                        |                        |                       |                       |
    | choices  |
    |          | list_name | name | label::Italiano | label::English | media::image::Italiano |
    |          | yn        | y    | Sì              | Yes            | si.png                 |
    |          | yn        | n    | No              | No             |                        |
    | settings |
    |          | default_language |
    |          | Italiano         |
"""


def test_a_question_shows_the_picture_of_the_language_spoken():
    """media::image::English is for those who read English; another language has its own."""
    walk = Walk(form(SIGHTS), language="English")
    assert walk.session.media(walk.ref("fine")) == {"image": "well.png", "audio": "well.mp3"}
    walk.session.set_language("Italiano")
    assert walk.session.media(walk.ref("fine")) == {"image": "bello.png"}


def test_a_picture_of_the_default_language_serves_where_the_spoken_one_has_none():
    """As with labels: what is missing in a translation is taken from the default language."""
    walk = Walk(form(SIGHTS), language="English")
    assert walk.session.media(walk.ref("other")) == {"image": "altro.png"}
    assert walk.session.media(walk.ref("last")) == {}


def test_guidance_is_told_apart_from_the_hint():
    """guidance_hint is for those who ask for it, hint for all."""
    walk = Walk(form(SIGHTS), language="English")
    assert walk.session.guidance(walk.ref("fine")) == "What it means"
    assert walk.session.hint(walk.ref("fine")) == ""
    assert walk.session.guidance(walk.ref("other")) == ""


def test_a_choice_has_its_picture():
    """The name of its file; blank without one."""
    walk = Walk(form(SIGHTS), language="Italiano")
    assert [(choice.name, choice.image) for choice in walk.session.choices(walk.ref("fine"))] == [
        ("y", "si.png"),
        ("n", ""),
    ]


def test_a_version_knows_the_files_it_shows():
    """So that they can be kept with it, and missed when they are not there."""
    assert set(form(SIGHTS).media_files) == {"bello.png", "well.mp3", "well.png", "altro.png", "si.png"}


def test_a_questionnaire_in_one_language_shows_its_pictures_too():
    """Columns without a language make a translation without a name."""
    walk = Walk(form("| survey |\n| | type | name | label | media::image |\n| | text | q | Q? | q.png |"))
    assert walk.session.media(walk.ref("q")) == {"image": "q.png"}


def test_the_name_of_a_file_may_follow_from_an_answer():
    """Such a file is none that a check can miss."""
    asked = form(
        "| survey |\n| | type | name | label | media::image |\n| | text | a | A? | |\n| | text | q | Q? | map_${a}.png |"
    )
    walk = Walk(asked).answer(a="north")
    assert walk.session.media(walk.ref("q")) == {"image": "map_north.png"}
    assert asked.media_files == ()
