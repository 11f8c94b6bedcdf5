"""Keyboards that a phone can show."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.drawing import drawn
from bot.telegram.layout import lay_out
from conversations.protocol import Block, Button, Entry, Kind, Prompt, Style
from tests.bot.telegram_html import plain_of


def prompt(*labels: str, kind: Kind = Kind.ONE, actions: tuple[str, ...] = (), chosen: str = "") -> Prompt:
    choices = tuple(Button(label, f"c{i}", chosen=label == chosen) for i, label in enumerate(labels))
    return Prompt("/data/q", 1, kind, "it", (), choices, actions=tuple(Button(a, a.lower()) for a in actions))


def rows(asked: Prompt) -> list[list[str]]:
    return [[button["text"] for button in row] for row in lay_out(asked).keyboard]


def test_short_choices_share_a_row():
    """Yes and no stand side by side."""
    assert rows(prompt("Sì", "No")) == [["Sì", "No"]]


def test_long_choices_have_a_row_each():
    """A label is read whole."""
    assert rows(prompt("Risorse economiche insufficienti", "Altro")) == [
        ["Risorse economiche insufficienti"],
        ["Altro"],
    ]


def test_the_author_may_wish_for_columns():
    """They are made where they can be read, and not otherwise."""
    labels = ("Mai", "Poco", "A volte", "Spesso", "Sempre")
    assert rows(replace(prompt(*labels), columns=5)) == [list(labels)]
    assert [len(row) for row in rows(replace(prompt(*labels), columns=2))] == [2, 2, 1]
    wide = tuple(f"Sono abbastanza d'accordo {n}" for n in range(3))
    assert [len(row) for row in rows(replace(prompt(*wide), columns=3))] == [1, 1, 1]


def test_a_later_page_goes_on_counting():
    """The numbers of long choices are those that can be typed."""
    wide = tuple(f"Una voce che non sta su un pulsante di telefono {n}" for n in range(3))
    assert rows(replace(prompt(*wide), first=41)) == [["41", "42", "43"]]
    assert "41. Una voce" in drawn(replace(prompt(*wide), first=41))[0][0]


def test_rows_are_of_equal_length():
    """Four short words are two rows of two, not three and one."""
    assert [len(row) for row in rows(prompt("Rosso", "Verde", "Giallo", "Blu"))] == [2, 2]


def test_a_scale_is_one_or_two_rows():
    """From 0 to 10 in two rows; eight buttons are the most that Telegram takes in one."""
    assert [len(row) for row in rows(prompt(*map(str, range(11)), kind=Kind.SCALE))] == [6, 5]


def test_choices_too_long_for_a_button_become_numbers():
    """The text lists them; the buttons are the numbers."""
    long = "Una risposta che non sta in nessun pulsante di nessun telefono"
    layout = lay_out(prompt(long, "Breve"))
    assert layout.listed == (long, "Breve")
    assert [[b["text"] for b in row] for row in layout.keyboard] == [["1", "2"]]


def test_chosen_ones_are_ticked():
    """A sign in the text, which is read aloud as well."""
    assert rows(prompt("Norme", "Personale", kind=Kind.MANY, chosen="Norme")) == [["✓ Norme", "Personale"]]


def test_choices_put_in_order_show_their_place():
    """A number on the button itself, which is read aloud as well."""
    asked = prompt("Norme", "Personale", "Fondi", kind=Kind.RANK)
    placed = (
        asked.choices[0],
        *(replace(button, chosen=True, rank=n) for n, button in enumerate(asked.choices[1:], 1)),
    )
    assert rows(replace(asked, choices=placed)) == [["Norme"], ["1. Personale"], ["2. Fondi"]]
    assert [len(row) for row in rows(asked)] == [1, 1, 1], "no button moves when one is pressed"


def test_a_numbered_list_says_what_was_chosen():
    """In the text as well as on its number: nobody has to look from one to the other."""
    long = "Una risposta che non sta in nessun pulsante di nessun telefono"
    ticked = prompt("Breve", long, kind=Kind.MANY, chosen=long)
    assert lay_out(ticked).listed == ("Breve", f"✓ {long}")
    assert rows(ticked) == [["1", "✓ 2"]]
    placed = replace(ticked, kind=Kind.RANK, choices=(ticked.choices[0], replace(ticked.choices[1], rank=1)))
    assert lay_out(placed).listed == ("Breve", f"{long} → 1.")
    assert rows(placed) == [["1", "2 → 1."]]


def test_ticking_moves_no_button():
    """The rows leave room for the tick, so that nobody presses beside it."""
    labels = ("Sindaca", "Assessore", "Altro")
    before = rows(prompt(*labels, kind=Kind.MANY))
    after = rows(prompt(*labels, kind=Kind.MANY, chosen="Assessore"))
    assert [len(row) for row in before] == [len(row) for row in after]


def test_actions_come_last():
    """Below the choices, several in a row if they are short."""
    asked = prompt("Sì", "No", actions=("Salta", "Indietro", "Invia le mie risposte"))
    assert rows(asked) == [["Sì", "No"], ["Salta", "Indietro"], ["Invia le mie risposte"]]


def test_the_summary_has_its_numbers():
    """One button for each answer that can be changed."""
    entries = tuple(Entry("?", "!", Button(str(n), f"g{n}")) for n in range(1, 11))
    asked = Prompt("~review", 1, Kind.REVIEW, "it", (), entries=entries)
    assert [len(row) for row in rows(asked)] == [5, 5]


@given(
    st.lists(st.text(max_size=60), max_size=40),
    st.sampled_from(Kind),
    st.lists(st.text("abcdefghi ", min_size=1, max_size=40), max_size=6),
)
def test_every_keyboard_is_one_that_telegram_takes(labels: list[str], kind: Kind, actions: list[str]):
    """At most 100 buttons, 8 in a row and 10 kB, and none without words."""
    choices = tuple(Button(label, "x" * 64) for label in labels)
    asked = Prompt("/q", 1, kind, "it", (), choices, actions=tuple(Button(f"{a}!", "y" * 64) for a in actions))
    keyboard = lay_out(asked).keyboard
    buttons = [button for row in keyboard for button in row]
    assert len(buttons) == len(labels) + len(actions) <= 100
    assert all(1 <= len(row) <= 8 for row in keyboard)
    assert all(button["text"].strip() for button in buttons)
    assert sum(len(b["text"].encode()) + len(b["callback_data"]) for b in buttons) < 10_000


def test_the_progress_is_words_and_then_a_bar():
    """Who has it read aloud hears the words first; where nothing is counted there is no bar."""
    asked = replace(prompt("Sì"), blocks=(Block(Style.PROGRESS, "Domanda 4 di circa 6, ancora 2 minuti"),))
    (shown,), _ = drawn(replace(asked, progress=(4, 6)))
    assert plain_of(shown) == "Domanda 4 di circa 6, ancora 2 minuti ▰▰▱▱▱"
    assert drawn(asked)[0] == drawn(replace(asked, progress=(0, 0)))[0]
    assert "▱" not in drawn(asked)[0][0]
