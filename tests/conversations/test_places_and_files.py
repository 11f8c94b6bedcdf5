"""Places, lines, files, codes and secrets: what answers them, what does not, and how they are changed."""

import pytest

from conversations.protocol import (
    Edited,
    Kind,
    Located,
    Manner,
    Media,
    NotReceived,
    Sent,
    Status,
    Style,
    Trouble,
    Typed,
)
from tests.scenario import Scenario
from tests.sheets import form

EXCURSION = form(
    """
    | survey |
    | | type | name | label | guidance_hint | appearance | media::image | constraint | constraint_message |
    | | geopoint | where | Where is it? | Stand in **front** of it. | | door.png | | |
    | | geotrace | path | Which way did you go? | | | | | |
    | | geoshape | field | Which field? | | | | area(.) > 1000 | Too small |
    | | image | view | What did you see? | | | | | |
    | | audio | song | What did you hear? | | | | | |
    | | video | film | What happened? | | | | | |
    | | file | papers | Any papers? | | | | | |
    | | barcode | code | The number on the box? | | | | | |
    | | text | secret | Your word? | | masked | | | |
    """
)
NAME = "0123456789abcdef0123456789abcdef"
PHOTO = Sent(f"{NAME}.jpg", Media.IMAGE)
VOICE = Sent(f"{NAME}.ogg", Media.AUDIO)
FILM = Sent(f"{NAME}.mp4", Media.VIDEO)
PAPER = Sent(f"{NAME}.pdf", Media.FILE)


@pytest.fixture
def walk():
    return Scenario(EXCURSION, language="en").takes_part()


def at(walk, name):
    """Skip everything before."""
    while not walk.prompt.place.endswith(f"/{name}"):
        walk.presses("Skip")
    return walk


def test_a_place_is_shared_or_written(walk):
    """As four numbers it is stored, as people write it it is shown."""
    assert walk.prompt.kind is Kind.PLACE
    walk.hears(Located(45.4642, 9.19, 12.5)).asks("path")
    assert walk.kept() == {"where": "45.4642 9.19 0.0 12.5"}
    assert walk.settled()[-1].text == "45.46420, 9.19000 (± 13 m)"
    walk.presses("Back").types("45°27'N 9°11'E").asks("path")
    assert walk.kept() == {"where": "45.45 9.1833333 0.0 0.0"}


def test_a_place_that_cannot_be_is_refused(walk):
    """No number is stored that is not on the Earth."""
    for wrong in (Located(91, 9), Located(float("nan"), 0), Located(0, float("inf"))):
        walk.hears(wrong).asks("where").says("This point is not valid")
    walk.types("under the tree").says("An address is not enough: coordinates are needed, for example 45.4642, 9.1900")
    walk.types("0, 0").says("This point is not valid")
    assert walk.kept() == {}


def test_a_line_is_made_point_by_point(walk):
    """Each is shown, the last can be taken back, and it is an answer only when it is done."""
    at(walk, "path").hears(Located(45.0, 9.0))
    assert walk.turn.manner is Manner.REFRESH
    assert walk.actions() == ["Undo", "Skip", "Back"]
    walk.types("45.1, 9.1").hears(Located(46.0, 9.2)).says("3 points: 45.00000, 9.00000; 45.10000")
    walk.presses("Undo").says("2 points")
    assert walk.kept() == {}
    walk.presses("Done").asks("field")
    assert walk.kept() == {"path": "45 9 0.0 0.0;45.1 9.1 0.0 0.0"}


def test_a_point_that_cannot_be_is_refused_at_once(walk):
    """It does not wait for "Done"; 0, 0 is what devices say that do not know where they are."""
    at(walk, "path").types("0, 0").says("This point is not valid").hears(Located(0, 0)).says("This point is not valid")
    walk.types("45 9; 0 0").says("This point is not valid")
    walk.types("via Roma 3").says("An address is not enough")
    assert walk.actions() == ["Skip", "Back"]


def test_a_line_can_be_gone_on_with(walk):
    """What is stored is where it begins."""
    at(walk, "path").types("45 9; 46 9").presses("Done").commands("back").says("2 points").types("47, 9").presses(
        "Done"
    )
    assert walk.kept()["path"].count(";") == 2


def test_a_shape_closes_itself_and_may_be_refused(walk):
    """Three points make four; what the author does not allow can be corrected."""
    at(walk, "field").types("45 9; 45 9.00001").presses("Undo").types("45 9.00001")
    assert "Done" not in walk.actions()
    walk.types("45.00001 9").presses("Done").asks("field").says("Too small")
    walk.presses("Undo").types("45.1 10").presses("Done").asks("view")
    assert walk.kept()["field"].split(";")[0] == walk.kept()["field"].split(";")[-1]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "words"),
    [
        ("view", PHOTO, VOICE, "This is not a picture"),
        ("song", VOICE, FILM, "This is not a recording"),
        ("film", FILM, PHOTO, "This is not a video"),
    ],
)
def test_only_the_sort_of_file_that_is_asked_for_is_taken(walk, name, right, wrong, words):
    """Anything else is answered with that, in other words than what is expected, which stands below still."""
    at(walk, name).hears(wrong).asks(name).says(words)
    walk.types("here it is").asks(name).says(words).sends("sticker").says(words)
    assert walk.kept() == {}
    walk.hears(right)
    assert walk.kept() == {name: right.name}
    assert walk.settled()[-1].text.endswith("received")
    assert walk.presses("Back").prompt.value == ""


def test_any_file_is_a_file(walk):
    """Pictures too."""
    at(walk, "papers").hears(PAPER).presses("Back").hears(PHOTO).asks("code")
    assert walk.kept() == {"papers": PHOTO.name}


def test_of_several_files_the_first_is_taken_and_that_is_said(walk):
    """The others were never fetched."""
    at(walk, "view").hears(Sent(PHOTO.name, Media.IMAGE, of_several=True)).asks("song").says("only the first one")


@pytest.mark.parametrize(("trouble", "words"), [(Trouble.TOO_LARGE, "20 MB"), (Trouble.LOST, "once more")])
def test_a_file_that_did_not_arrive_is_asked_for_again(walk, trouble, words):
    """Nothing changes but that it is said."""
    at(walk, "view").hears(NotReceived(trouble)).asks("view").says(words)
    assert walk.kept() == {}


def test_a_file_or_a_place_elsewhere_gets_a_kind_sentence(walk):
    """At another question, before the beginning, and from a page that was out of date."""
    at(walk, "code").hears(PHOTO).asks("code").says("a picture")
    walk.hears(Located(1, 2)).asks("code").says("a location")
    at(Scenario(EXCURSION, language="en").takes_part(), "view").hears(
        Sent(PHOTO.name, Media.IMAGE, place="/data/song")
    ).says("out of date")
    assert Scenario(EXCURSION, language="en").hears(PHOTO).hears(Located(1, 2)).session.status is Status.NOTIFIED


def test_a_code_is_written(walk):
    """As it stands under the bars."""
    at(walk, "code").types("0012 34").asks("secret")
    assert walk.kept() == {"code": "0012 34"}


def test_a_secret_is_stored_and_never_shown(walk):
    """Neither in the chat, nor in the summary, nor in a field to be changed; the message that held it is to go."""
    at(walk, "secret")
    assert walk.prompt.is_masked
    walk.types("sesame", "m7")
    assert walk.turn.erase == "m7"
    assert walk.kept() == {"secret": "sesame"}
    walk.asks("~review")
    assert "sesame" not in repr((walk.prompt, walk.chat(), walk.turn.settled, walk.turn.toast))
    walk.hears(Edited("open", "m7")).says("changes no answer").commands("back")
    assert "sesame" not in repr(walk.prompt)
    assert walk.hears(Typed("other", "m9")).turn.erase == "m9"


def test_an_explanation_is_there_for_who_wants_it(walk):
    """It answers nothing, and the question stays."""
    assert walk.prompt.guidance == "Stand in **front** of it."
    assert walk.actions() == ["Skip", "Explanation"]
    first = walk.said[-1]
    walk.presses("Explanation").asks("where").says("Stand in **front** of it.")
    assert walk.prompt.blocks[0].style is Style.HINT
    at(walk, "view").presses_at(first, "Explanation").asks("view").says("Stand in")


def test_the_authors_pictures_are_shown_with_the_question(walk):
    """By the name of the file beside the workbook."""
    (exhibit,) = walk.prompt.exhibits
    assert (exhibit.media, exhibit.name) == (Media.IMAGE, "door.png")
    assert at(walk, "path").prompt.exhibits == ()


def test_the_pictures_of_notes_are_shown_where_the_notes_stand():
    """At the welcome, between the questions, and in the summary."""
    table = """
    | survey |
    | | type | name | label | media::image | media::audio |
    | | note | first | Welcome | a.png | |
    | | text | one | One? | | |
    | | note | between | Now | b.png | c.ogg |
    | | text | two | Two? | d.png | |
    | | note | last | Thank you | e.png | |
    """
    walk = Scenario(form(table), language="en")
    shown = [[exhibit.name for exhibit in walk.prompt.exhibits]]
    for act in (walk.takes_part, lambda: walk.types("1"), lambda: walk.types("2")):
        act()
        shown.append([exhibit.name for exhibit in walk.prompt.exhibits])
    assert shown == [["a.png"], [], ["b.png", "c.ogg", "d.png"], ["e.png"]]


def test_a_rating_is_given_in_stars():
    """Pressed, or written as stars or as their number."""
    table = """
    | survey |
    | | type | name | label | appearance | parameters |
    | | range | r | How? | rating | start=1 end=5 step=1 |
    | | text | why | Why? | | |
    """
    walk = Scenario(form(table), language="en").takes_part().offers("1 ★", "2 ★", "3 ★", "4 ★", "5 ★")
    walk.presses("4 ★").asks("why")
    assert walk.settled()[-1].text == "★★★★ (4)"
    for said in ("★★★", "3", "3 ★", "★★★ (3)", "★★★☆☆"):
        assert walk.commands("back").types(said).kept()["r"] == "3"
    assert walk.commands("back").types("★★★★★★").prompt.place == "/data/r"
