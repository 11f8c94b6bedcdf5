"""Update -> what was heard."""

from typing import Any

import pytest

from bot.telegram.attachments import Attachment
from bot.telegram.listening import Arrival, Aside, Me, read_update
from bot.telegram.presence import Presence
from conversations.protocol import Command, Commanded, Edited, Located, Media, Pressed, Typed, Unreadable
from storage.chats import Sender

ME = Me(42, "colloquio_bot")
ANN = {"id": 7, "is_bot": False, "first_name": "A", "language_code": "it"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Ufficio"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 5, "from": ANN, "chat": chat, "date": 1} | content}


def heard(update: dict[str, Any]) -> object:
    arrival = read_update(update, ME)
    assert isinstance(arrival, Arrival)
    return arrival.heard


def press(**fields: Any) -> dict[str, Any]:
    return {"update_id": 9, "callback_query": {"id": "q1", "from": ANN, "chat_instance": "1"} | fields}


def test_a_text_is_typed_under_its_number():
    """So that a later correction finds its answer."""
    assert heard(message(text="ciao")) == Typed("ciao", "5")


def test_who_and_where_are_read():
    """The person by the account's number, never by a name; the claim names bot and update."""
    arrival = read_update(message(text="ciao"), ME)
    assert isinstance(arrival, Arrival)
    assert (arrival.sender.channel, arrival.sender.address, arrival.chat) == ("telegram", "7", 7)
    assert (arrival.claim, arrival.language_wish, arrival.callback) == ("42:1", "it", "")


@pytest.mark.parametrize("text", ["/help", "/HELP", "/help@colloquio_bot", " /Help ", "/help me please"])
def test_commands_are_known_in_any_spelling(text: str):
    """Case, the bot's name and words behind do not matter."""
    assert heard(message(text=text)) == Commanded(Command.HELP)


def test_an_unknown_command_asks_for_help():
    """Nobody is left without a reply."""
    assert heard(message(text="/dove")) == Commanded(Command.HELP)


@pytest.mark.parametrize("text", ["/ 5", "5/6", "/", "/più"])
def test_a_slash_alone_is_no_command(text: str):
    """It may be an answer."""
    assert heard(message(text=text)) == Typed(text, "5")


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("/start", None),
        ("/start AbC-_9", "AbC-_9"),
        ("/START@colloquio_bot  abc ", "abc"),
        ("/start a b", "a b"),
        ("/help abc", None),
    ],
)
def test_a_deep_link_brings_its_token(text: str, token: str | None):
    """Whatever stands behind /start is looked up, not trusted."""
    arrival = read_update(message(text=text), ME)
    assert isinstance(arrival, Arrival)
    assert arrival.token == token


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"sticker": {}}, "sticker"),
        ({"voice": {}}, "voice"),
        ({"photo": [], "caption": "io"}, "photo"),
        ({"animation": {}, "document": {}}, "video"),
        ({"contact": {"user_id": 9}}, "contact"),
        ({"poll": {}}, "poll"),
    ],
)
def test_what_is_no_text_has_a_name(content: dict[str, Any], kind: str):
    """So that the reply can say what could not be read."""
    assert heard(message(**content)) == Unreadable(kind)


@pytest.mark.parametrize("around", [{}, {"venue": {"title": "Duomo"}}], ids=["a place", "a venue"])
def test_a_place_is_heard(around: dict[str, Any]):
    """Where it is, and how exactly that is known."""
    assert heard(message(location={"latitude": 45.4, "longitude": 9}, **around)) == Located(45.4, 9.0)
    moving = {"latitude": 45.4, "longitude": 9.1, "horizontal_accuracy": 7, "live_period": 60}
    assert heard(message(location=moving)) == Located(45.4, 9.1, 7.0)


@pytest.mark.parametrize(
    ("content", "attachment"),
    [
        (
            {"voice": {"file_id": "v", "mime_type": "audio/ogg"}},
            Attachment("v", declared="audio/ogg", media=Media.AUDIO),
        ),
        ({"document": {"file_id": "d", "file_size": 5, "file_name": "x.pdf"}}, Attachment("d", 5, name="x.pdf")),
        ({"animation": {}, "document": {"file_id": "d"}}, Attachment("d")),
        ({"video_note": {"file_id": "n"}}, Attachment("n", media=Media.VIDEO)),
        ({"photo": [{"file_id": "p"}], "media_group_id": 7}, Attachment("p", album="7")),
        ({"photo": []}, None),
        ({"sticker": {"file_id": "s"}}, None),
        ({"text": "x"}, None),
    ],
)
def test_a_file_can_be_fetched(content: dict[str, Any], attachment: Attachment | None):
    """What it is called, how large it is, what its sender says of it."""
    arrival = read_update(message(**content), ME)
    assert isinstance(arrival, Arrival)
    assert arrival.attachment == attachment


def test_the_pictures_of_an_album_share_a_claim():
    """They are one thing to the person, and get one reply."""
    arrivals = [read_update(message(photo=[], media_group_id="77") | {"update_id": n}, ME) for n in (1, 2, 3)]
    assert {arrival.claim for arrival in arrivals if isinstance(arrival, Arrival)} == {"42:album:77"}


def test_a_correction_names_the_message():
    """An edited text is not a new answer to what is asked now."""
    update = message(text="42")
    edited = {"update_id": 2, "edited_message": update["message"]}
    assert heard(edited) == Edited("42", "5")


def member(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    change = {"chat": chat, "from": ANN, "date": 1, "new_chat_member": {"user": {"id": 42}, "status": status}}
    return {"update_id": 4, "my_chat_member": change}


@pytest.mark.parametrize(("status", "is_there"), [("kicked", False), ("member", True)])
def test_blocking_and_coming_back_are_heard(status: str, *, is_there: bool):
    """Of the person whose private chat it is."""
    assert read_update(member(status), ME) == Presence(Sender("telegram", "7"), "42:4", is_there)


@pytest.mark.parametrize("update", [member("member", GROUP), member("kicked", GROUP), member("restricted")])
def test_what_happens_to_the_bot_elsewhere_is_no_matter(update: dict[str, Any]):
    """It is taken into groups and thrown out of them; nobody answers there."""
    assert read_update(update, ME) is None


@pytest.mark.parametrize(("content", "text"), [({"caption": "x"}, "x"), ({}, "")])
def test_a_corrected_caption_is_a_correction(content: dict[str, str], text: str):
    """Its picture may be another one now, and a text can be given a picture: that is not passed over in silence."""
    changed = message(photo=[], media_group_id="77", **content)["message"]
    arrival = read_update({"update_id": 2, "edited_message": changed}, ME)
    assert isinstance(arrival, Arrival)
    assert (arrival.heard, arrival.claim) == (Edited(text, "5"), "42:2")


def test_a_press_says_what_its_button_says():
    """It waits for an answer of its own."""
    arrival = read_update(press(message={"message_id": 3, "chat": PRIVATE, "date": 5}, data="abc"), ME)
    assert isinstance(arrival, Arrival)
    assert (arrival.heard, arrival.callback) == (Pressed("abc"), "q1")


@pytest.mark.parametrize("fields", [{"message": {"chat": PRIVATE, "message_id": 3, "date": 0}}, {}, {"message": None}])
def test_a_press_on_a_message_that_is_gone_is_heard(fields: dict[str, Any]):
    """What the button carries is enough."""
    assert heard(press(data="abc", **fields)) == Pressed("abc")


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "channel_post": {"message_id": 1, "chat": {"id": -1, "type": "channel"}, "text": "x"}},
        {"update_id": 1, "chat_member": {"chat": PRIVATE, "from": ANN}},
        {"update_id": 1, "edited_message": message(location={})["message"] | {"text": None}},
        {"update_id": 1},
        message(pinned_message={}),
        message(text="x") | {"message": message(text="x")["message"] | {"from": {"id": 8, "is_bot": True}}},
    ],
)
def test_what_needs_no_reaction_gets_none(update: dict[str, Any]):
    """Notes of the service, channels, other bots, places that move."""
    assert read_update(update, ME) is None


@pytest.mark.parametrize(
    "content",
    [
        {"text": "/start"},
        {"text": "/start@Colloquio_Bot abc"},
        {"text": "ehi @colloquio_bot!"},
        {"text": "sì", "reply_to_message": {"from": {"id": 42}}},
    ],
)
def test_addressed_in_a_group_the_bot_stands_aside(content: dict[str, Any]):
    """A questionnaire is for one person."""
    assert read_update(message(GROUP, **content), ME) == Aside(-100123, "it")


@pytest.mark.parametrize("content", [{"text": "ciao a tutti"}, {"text": "/start@other_bot"}, {"sticker": {}}])
def test_a_group_that_talks_is_left_alone(content: dict[str, Any]):
    """Only who addresses the bot gets a reply."""
    assert read_update(message(GROUP, **content), ME) is None


def test_a_press_in_a_group_is_only_answered():
    """It stops waiting, and nothing else happens."""
    assert read_update(press(message={"message_id": 3, "chat": GROUP}), ME) == Aside(-100123, callback="q1")
