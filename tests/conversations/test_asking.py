# ruff: noqa: E501 - the questionnaire is a table
"""From the welcome to the receipt: what is asked, in which words, with which buttons."""

import pytest

from conversations.protocol import Kind, Manner, Status, Style, Submitted
from tests.scenario import Scenario
from tests.sheets import form

EVERYTHING = form(
    """
    | survey |
    | | type | name | label::Italiano (it) | label::English (en) | hint::Italiano (it) | hint::English (en) | required | constraint | constraint_message::Italiano (it) | constraint_message::English (en) | appearance | parameters |
    | | note | intro | Benvenuti | Welcome | | | | | | | | |
    | | text | name | Come si chiama? | Your name? | Nome e cognome | First and last | yes | string-length(.) < 10 | Troppo lungo | Too long | | |
    | | integer | age | Quanti anni ha? | Your age? | | | | . >= 18 and . <= 99 | Tra 18 e 99 | Between 18 and 99 | | |
    | | decimal | weight | Quanto pesa? | Your weight? | | | | | | | | |
    | | date | day | Quando? | When? | | | | | | | | |
    | | select_one tea | tea | Tè? | Tea? | | | yes | | | | | |
    | | select_multiple tea | teas | Quali? | Which? | | | yes | count-selected(.) <= 2 | Al massimo due | At most two | | |
    | | range | liking | Quanto le piace? | How much do you like it? | | | | | | | | start=0 end=5 step=1 |
    | | rank tea | order | In ordine | In order | | | | | | | | |
    | | acknowledge | seen | Ha letto? | Have you read it? | | | | | | | | |
    | | note | thanks | Grazie | Thank you | | | | | | | | |
    | choices |
    | | list_name | name | label::Italiano (it) | label::English (en) |
    | | tea | black | Nero | Black |
    | | tea | green | Verde | Green |
    | | tea | white | Bianco | White |
    | settings |
    | | form_title | form_id | default_language |
    | | Tè | tea | Italiano (it) |
    """
)


@pytest.fixture
def walk():
    return Scenario(EVERYTHING, language="it")


def at_the_review(walk):
    walk.takes_part().types("Ada").types("40").types("61,5").types("10/3/2026")
    return walk.presses("Verde", "Nero", "Bianco", "Fatto", "3", "Nero", "Verde", "Bianco", "Fatto", "OK")


def test_the_welcome_says_who_asks_how_long_and_what_happens_with_the_answers(walk):
    """Nobody is asked anything before the notice."""
    walk.says("Ente").says("Benvenuti").says("minut").says("riservat")
    assert walk.prompt.kind is Kind.WELCOME
    assert walk.actions() == ["Partecipo", "No, grazie", "English"]
    assert walk.session.status is Status.NOTIFIED


def test_who_declines_is_thanked_and_can_change_their_mind(walk):
    """A refusal ends it, and only the person can take it back."""
    walk.presses("No, grazie")
    assert walk.session.status is Status.DECLINED
    walk.presses(walk.actions()[0])
    assert walk.session.status is Status.NOTIFIED
    walk.takes_part().asks("name")


def test_every_type_is_asked_in_order_and_ends_in_the_review(walk):
    """One question at a time, typed or pressed."""
    walk.takes_part().asks("name").types("Ada").asks("age").types("40").asks("weight").types("61,5")
    walk.asks("day").types("10/3/2026").asks("tea").presses("Verde").asks("teas").presses("Nero", "Bianco", "Fatto")
    walk.asks("liking").offers("0", "1", "2", "3", "4", "5").presses("3").asks("order")
    walk.presses("Nero", "Verde", "Bianco", "Fatto").asks("seen").presses("OK").asks("~review").says("Grazie")
    assert walk.kept() == {
        "name": "Ada",
        "age": "40",
        "weight": "61.5",
        "day": "2026-03-10",
        "tea": "green",
        "teas": "black white",
        "liking": "3",
        "order": "black green white",
        "seen": "OK",
    }


def test_submitting_gives_the_response_and_a_receipt(walk):
    """The response holds every answer; the session forgets them."""
    at_the_review(walk).presses("Invio le mie risposte")
    assert walk.prompt.kind is Kind.RECEIPT
    assert walk.submitted()["/data/tea"] == "green"
    assert walk.session.status is Status.SUBMITTED
    assert walk.session.filled == {}
    walk.says(walk.session.receipt)
    assert "Grazie\n" not in walk.text, "the author's last words were said in the summary, before the submission"
    assert walk.derived.kind is Kind.RECEIPT


def test_a_wrong_answer_gets_the_authors_message_and_the_question_again(walk):
    """Nothing that is refused is stored."""
    walk.takes_part().types("Nabucodonosor").asks("name")
    assert walk.notices() == ["Troppo lungo"]
    assert walk.kept() == {}
    assert walk.turn.manner is Manner.ASK


def test_a_text_where_a_number_is_wanted_is_refused_kindly(walk):
    """Our words, where the author's constraint has not even been reached."""
    walk.takes_part().types("Ada").types("quaranta").asks("age")
    assert len(walk.notices()) == 1


def test_typed_text_is_accepted_wherever_a_button_is(walk):
    """Label, number or name of a choice; the words of an action."""
    walk.types("partecipo").types("Ada").types("salta").asks("weight").types("Salta").types("salta")
    walk.asks("tea").types("2").asks("teas").types("nero, bianco").asks("liking").types("5").asks("order")
    walk.types("2 1 3").asks("seen").types("ok").asks("~review").types("1").asks("name").types("Eva").asks("~review")
    walk.types("invio le mie risposte")
    assert walk.submitted()["/data/order"] == "green black white"
    assert walk.submitted()["/data/name"] == "Eva"


def test_an_optional_question_can_be_skipped_and_a_required_one_cannot(walk):
    """The button is there only where it works."""
    walk.takes_part().asks("name")
    assert "Salta" not in walk.actions()
    walk.types("Ada").asks("age").presses("Salta").asks("weight")
    assert "age" not in walk.kept()


def test_toggling_changes_the_message_in_place_and_keeps_the_draft(walk):
    """A choice pressed twice quickly stays chosen: the button says the state wanted."""
    walk.takes_part().types("Ada").types("40").types("60").types("10/3/2026").presses("Verde").asks("teas")
    drawn = walk.said[-1]
    walk.presses("Nero")
    assert walk.turn.manner is Manner.REFRESH
    walk.presses_at(drawn, "Nero").presses_at(drawn, "Bianco")
    assert walk.session.draft == ("black", "white")
    walk.presses("Nero")
    assert walk.session.draft == ("white",)


def test_one_that_was_put_in_order_shows_its_place_and_is_taken_out_again(walk):
    """The others move up; pressed twice quickly, nothing more happens."""
    walk.takes_part().types("Ada").types("40").types("60").types("10/3/2026").presses("Verde").types("Nero")
    walk.types("5").asks("order").presses("Bianco", "Nero", "Verde")
    assert [(b.label, b.rank) for b in walk.prompt.choices] == [("Nero", 2), ("Verde", 3), ("Bianco", 1)]
    drawn = walk.said[-1]
    walk.presses_at(drawn, "Bianco").presses_at(drawn, "Bianco")
    assert [(b.label, b.rank) for b in walk.prompt.choices] == [("Nero", 1), ("Verde", 2), ("Bianco", 0)]
    assert walk.turn.manner is Manner.QUIET
    walk.presses("Annullo l'ultimo passo", "Bianco", "Verde", "Fatto").asks("seen")
    assert walk.kept()["order"] == "black white green"


def test_too_many_choices_are_refused_with_the_authors_words_and_stay_to_be_corrected(walk):
    """The draft is not lost by a refusal."""
    walk.takes_part().types("Ada").types("40").types("60").types("10/3/2026").presses("Verde")
    walk.types("Nero, Verde, Bianco").asks("teas")
    assert walk.notices() == ["Al massimo due"]
    assert [b.chosen for b in walk.prompt.choices] == [True, True, True]
    walk.presses("Verde", "Fatto").asks("liking")


def test_the_answered_question_stays_in_the_chat_with_its_answer(walk):
    """What the earlier message says once it is done."""
    walk.takes_part().types("Ada")
    assert [(b.style, b.text) for b in walk.settled()] == [(Style.QUESTION, "Come si chiama?"), (Style.ANSWER, "Ada")]


def test_the_language_can_be_switched_at_any_time_and_the_answers_stay(walk):
    """Question, choices and the bot's own words."""
    walk.takes_part().types("Ada").types("40").types("60").types("10/3/2026").asks("tea").commands("language")
    walk.asks("tea").offers("Black", "Green", "White").says("English")
    walk.presses("Green").asks("teas").commands("language").offers("Nero", "Verde", "Bianco")
    assert walk.kept()["name"] == "Ada"


def test_the_welcome_switches_language_by_its_button(walk):
    """Before anything is asked."""
    walk.presses("English").says("Welcome")
    assert walk.actions()[0] == "Take part"
    assert walk.turn.manner is Manner.REFRESH


def test_progress_counts_the_questions_that_are_relevant_now(walk):
    """About: branches may still open or close."""
    walk.takes_part().says("Domanda 1 di circa 9, ").types("Ada").says("Domanda 2 di circa 9")


def test_a_default_is_offered_and_not_taken_for_granted():
    """An answer nobody saw is no answer."""
    tea = form(
        """
        | survey |
        | | type | name | label | default |
        | | integer | cups | Cups? | 3 |
        | | text | why | Why? | |
        """
    )
    walk = Scenario(tea, language="en").takes_part().asks("cups").says("3").presses("Keep this answer").asks("why")
    walk.presses("Skip").presses("Submit my answers")
    assert walk.submitted()["/data/cups"] == "3"


def test_a_questionnaire_that_ends_after_one_question_is_submitted_at_once():
    """There is nothing to review; a refusal inside the questionnaire is not asked to be confirmed."""
    short = form(
        """
        | survey |
        | | type | name | label | required | relevant |
        | | select_one yn | part | Take part? | yes | |
        | | text | why | Why? | | ${part} = 'y' |
        | | note | bye | Fine, bye. | | ${part} = 'n' |
        | choices |
        | | list_name | name | label |
        | | yn | y | Yes |
        | | yn | n | No |
        """
    )
    walk = Scenario(short, language="en").takes_part().presses("No").says("Fine, bye.")
    assert walk.session.status is Status.SUBMITTED
    assert [c for c in walk.changes if isinstance(c, Submitted)]


def test_a_change_in_the_review_that_hides_the_rest_is_not_submitted_by_itself():
    """A slip of the finger must not end a whole questionnaire."""
    two = form(
        """
        | survey |
        | | type | name | label | required | relevant |
        | | select_one yn | part | Take part? | yes | |
        | | text | why | Why? | | ${part} = 'y' |
        | choices |
        | | list_name | name | label |
        | | yn | y | Yes |
        | | yn | n | No |
        """
    )
    walk = (
        Scenario(two, language="en").takes_part().presses("Yes").types("so").asks("~review").presses("1").presses("No")
    )
    walk.asks("~review")


def test_a_long_range_is_typed_and_says_its_bounds():
    """No keyboard of a hundred numbers."""
    wide = form(
        """
        | survey |
        | | type | name | label | parameters |
        | | range | share | Share? | start=0 end=100 step=5 |
        """
    )
    walk = Scenario(wide, language="en").takes_part().asks("share").says("0").says("100").offers()
    walk.types("7").asks("share").types("45")
    assert walk.kept() == {"share": "45"}


def test_many_choices_come_in_pages_and_every_one_can_be_typed():
    """A keyboard has an end; the list has not."""
    rows = "\n".join(f"| | town | t{i} | Town {i} |" for i in range(100))
    towns = form(
        f"""
        | survey |
        | | type | name | label |
        | | select_one town | town | Town? |
        | choices |
        | | list_name | name | label |
        {rows}
        """
    )
    walk = Scenario(towns, language="en").takes_part()
    assert len(walk.prompt.choices) == 10
    walk.presses("More choices", "More choices")
    assert walk.prompt.choices[-1].label == "Town 29"
    assert walk.turn.manner is Manner.REFRESH
    walk.types("Town 7")
    assert walk.kept() == {"town": "t7"}


def test_a_read_only_question_is_told_with_its_value():
    """It takes no answer."""
    sums = form(
        """
        | survey |
        | | type | name | label | calculation | readonly |
        | | integer | a | A? | | |
        | | integer | b | Twice that: | ${a} * 2 | yes |
        | | text | c | C? | | |
        """
    )
    Scenario(sums, language="en").takes_part().types("21").asks("c").says("Twice that: 42")


def test_choices_may_come_from_the_rows_of_a_repeat():
    """A row without a name yet is no choice."""
    family = form(
        """
        | survey |
        | | type | name | label | repeat_count |
        | | begin_repeat | child | Child | 2 |
        | | text | called | Name? | |
        | | end_repeat | | | |
        | | select_one ${called} | eldest | Who is the eldest? | |
        """
    )
    Scenario(family, language="en").takes_part().types("Ada").types("skip").asks("eldest").offers("Ada", "skip")
    walk = Scenario(family, language="en").takes_part().types("Ada").presses("Skip").asks("eldest").offers("Ada")
    assert walk.presses("Ada").kept()["eldest"] == "Ada"


def test_ticks_on_several_pages_make_one_answer():
    """Turning the page of a form keeps what was ticked on it."""
    rows = "\n".join(f"| | town | t{i} | Town {i} |" for i in range(60))
    towns = form(
        f"""
        | survey |
        | | type | name | label |
        | | select_multiple town | towns | Towns? |
        | choices |
        | | list_name | name | label |
        {rows}
        """
    )
    walk = Scenario(towns, language="en").takes_part().ticks("t1", "t2", and_presses="More choices").ticks("t15")
    assert walk.kept() == {"towns": "t1 t2 t15"}


def test_progress_says_the_minutes_that_are_left():
    """They grow fewer with the questions; at the last one nobody knows what follows from it."""
    rows = "\n".join(f"| | text | q{number} | Why? |" for number in range(9))
    walk = Scenario(form(f"| survey |\n| | type | name | label |\n{rows}"), language="en")
    walk.takes_part().says("Question 1 of about 9, 4 minutes left").types("x").types("x").types("x").types("x")
    walk.says("Question 5 of about 9, 2 minutes left").types("x").types("x").types("x")
    walk.says("Question 8 of about 9, 1 minute left").types("x").says("Question 9")
