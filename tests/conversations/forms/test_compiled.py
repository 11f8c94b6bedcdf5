"""A compiled questionnaire as bytes and back."""

import pickle
from enum import Enum
from hashlib import sha256

import pytest

from conversations.forms.compiled import Unpackable, pack, unpack
from conversations.forms.xpath import CompiledExpression
from conversations.protocol import Terms
from tests.sheets import form
from tests.walks import Walk

FORM = """
| survey  |
|         | type             | name  | label              | relevant      | calculation | choice_filter |
|         | select_one towns | town  | Town?              |               |             | 1 = 1         |
|         | begin repeat     | rooms | Room               | ${town} = 'p' |             |               |
|         | integer          | beds  | Beds in ${town}?   |               |             |               |
|         | end repeat       |       |                    |               |             |               |
|         | calculate        | all   |                    |               | sum(${beds}) |              |
| choices |
|         | list_name        | name  | label              |
|         | towns            | p     | Prato              |
"""


def sealed(content: bytes) -> bytes:
    return sha256(content).digest() + content


def test_a_questionnaire_comes_back_as_it_was():
    """The same walk, the same words, the same version."""
    read = form(FORM)
    again = unpack(pack(read))
    assert again.hash == read.hash
    walk = Walk(again).answer(town="p")
    walk.session.add_repeat("/data/rooms")
    walk.session.answer("/data/rooms[2]/beds", "3")
    assert walk.session.label("/data/rooms[2]/beds") == "Beds in p?"
    assert walk.asks() == ["town", "beds", "beds", "rooms"]
    assert (walk.value("all"), walk.offers("town")) == ("3", ["p"])


def test_expressions_are_kept_as_trees():
    """They are not read a second time."""
    read, again = (found.nodes["/data/all"].bind.calculate for found in (form(FORM), unpack(pack(form(FORM)))))
    assert (again.text, again.tree) == (read.text, read.tree)


@pytest.mark.parametrize("content", [b"", b"?", pack(form(FORM))[:-1], pack(form(FORM))[1:]])
def test_damaged_bytes_are_refused(content):
    """A checksum is before them."""
    with pytest.raises(Unpackable):
        unpack(content)


class Stranger:
    """Runs a command when a pickle of it is read."""

    def __reduce__(self):
        return print, ("This must not be printed",)


@pytest.mark.parametrize(
    "value",
    [Stranger(), print, ["a", "list"], sha256, form(FORM).controls, pytest.raises],
    ids=["runs something", "a builtin", "no form", "of hashlib", "part of a form", "of a package"],
)
def test_what_is_no_questionnaire_is_refused_even_with_its_checksum(value, capsys):
    """Nothing in it is run."""
    with pytest.raises(Unpackable):
        unpack(sealed(pickle.dumps(value)))
    assert capsys.readouterr().out == ""


def test_a_pickle_that_ends_too_early_is_refused():
    """Whatever the pickle module makes of it."""
    with pytest.raises(Unpackable):
        unpack(sealed(pickle.dumps(["a"])[:-3]))


@pytest.mark.parametrize("stranger", [Terms, Unpackable], ids=["values of another room", "no values, in this room"])
def test_only_classes_of_values_and_only_of_this_room_are_let_in(stranger):
    """Refused when it is named, before anything is made of it."""
    with pytest.raises(Unpackable, match="is not part of a questionnaire"):
        unpack(sealed(pickle.dumps(stranger)))


class Calls:
    """Makes one of our classes of what it was never made of."""

    def __init__(self, called, *arguments):
        self.called, self.arguments = called, arguments

    def __reduce__(self):
        return self.called, self.arguments


@pytest.mark.parametrize(
    "packed",
    [
        sealed(pickle.dumps(Calls(CompiledExpression, "1 +"))),
        sealed(pickle.dumps(Calls(CompiledExpression, 5))),
        sealed(b"\x80\x05NR."),
        sealed(b"\x80\x05]Nb."),
        sealed(b"\x80\x05\x8e" + b"\xff" * 8),
        sealed(b"\x80\x05" + b"(" * 1_000),
        sealed(b""),
        b"",
    ],
    ids=[
        "no expression",
        "a number",
        "a call of nothing",
        "a state of a list",
        "too long",
        "marks",
        "empty",
        "nothing",
    ],
)
def test_whatever_goes_wrong_is_the_same_refusal(packed):
    """Also what our own classes say of it, or the interpreter."""
    with pytest.raises(Unpackable):
        unpack(packed)


def test_a_questionnaire_comes_back_on_every_python(monkeypatch):
    """Until 3.11.3 an enum writes itself as a call of getattr, which the reader refuses: so we write it ourselves."""
    monkeypatch.setattr(Enum, "__reduce_ex__", lambda one, _: (getattr, (type(one), one.name)))
    read = form(FORM)
    assert unpack(pack(read)).hash == read.hash
