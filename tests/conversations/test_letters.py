"""What is written to people: every occasion in both languages, short, true, and without an answer in it."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.letters import PLACES, Occasion, OwnWords, letter_language, occasion_of, write_letter
from conversations.phrases import LANGUAGES, phrases_for
from conversations.protocol import Kind, Mode, Status, Style, Terms, WaveKind
from tests.conversations.test_asking import EVERYTHING
from tests.conversations.test_commands import STATES
from tests.conversations.test_going_back import TEA
from tests.conversations.test_rows import COUNTED, OPEN
from tests.scenario import NOON, Scenario
from tests.sheets import form

CLOSING = datetime(2026, 12, 18, 23, 59, tzinfo=NOON.tzinfo)
TERMS = Terms("Tea at work", "The canteen", Mode.CONFIDENTIAL, "tea@example.org", CLOSING)
REMINDERS = (Occasion.NOT_OPENED, Occasion.OPENED, Occasion.HALF_WAY, Occasion.LAST_DAY)
GATED = form(
    """
    | survey |
    | | type | name | label::English (en) | label::Italiano (it) | required | relevant |
    | | select_one yn | begins | Tea? | Tè? | yes | |
    | | text | a | A? | A? | | ${begins} = 'y' |
    | | text | b | B? | B? | | ${begins} = 'y' |
    | | text | c | C? | C? | | ${begins} = 'y' |
    | | text | d | D? | D? | | ${begins} = 'y' |
    | | text | e | E? | E? | | ${begins} = 'y' |
    | choices |
    | | list_name | name | label::English (en) | label::Italiano (it) |
    | | yn | y | Yes | Sì |
    | | yn | n | No | No |
    | settings |
    | | form_title | form_id | default_language |
    | | Tea | tea | Italiano (it) |
    """
)


def walker(state="answering"):
    """Somebody in this state, who has answered yes to the first question where any is answered."""
    return STATES[state](Scenario(TEA, terms=TERMS, language="en")).session


def letter(occasion, session=None, **changed):
    """A letter about TEA, in English to Anna Rossi unless `changed` says otherwise."""
    given = {"form": TEA, "terms": TERMS, "language": "en", "name": "Anna Rossi", "now": NOON} | changed
    asked, terms = given.pop("form"), given.pop("terms")
    return write_letter(asked, terms, occasion, session=session, **given)


REMINDERS = {Occasion.NOT_OPENED, Occasion.OPENED, Occasion.HALF_WAY}


def text(written):
    return "\n\n".join(written.paragraphs)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("occasion", Occasion)
def test_every_occasion_has_words_of_its_own(occasion, language):
    """With the title in the subject; no two say the same, but that reminders have one subject."""
    others = set(Occasion) - {occasion}
    ours = letter(occasion, language=language)
    assert ours.subject.startswith("Tea at work: ")
    named = others - REMINDERS if occasion in REMINDERS else others
    assert ours.subject not in {letter(other, language=language).subject for other in named}
    assert text(ours) not in {text(letter(other, language=language)) for other in others}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", sorted(set(STATES) - {"submitted"}))
@pytest.mark.parametrize("occasion", Occasion)
def test_every_letter_is_short_calm_and_says_who_asks_and_until_when(occasion, state, language):
    """A reminder has three paragraphs at most; nobody is shouted at."""
    session = replace(walker(state), language=language)
    now = CLOSING + timedelta(hours=1) if occasion is Occasion.CLOSED else NOON
    written = letter(occasion, session, now=now)
    greeting, *body = written.paragraphs
    assert greeting == {"en": "Dear Anna Rossi,", "it": "Gentile Anna Rossi,"}[language]
    assert len(body) <= (3 if occasion in REMINDERS else 5)
    assert all(len(paragraph) < 330 for paragraph in body)
    assert not re.search("[!…]", written.subject + text(written))
    assert "The canteen" in text(written)
    assert {"en": "Friday 18 December 2026 at 23:59", "it": "venerdì 18 dicembre 2026 alle 23:59"}[language] in text(
        written
    )


@pytest.mark.parametrize(
    ("kind", "status", "hours", "occasion"),
    [
        (None, None, 100, Occasion.NEW_LINK),
        (None, Status.ANSWERING, 10, Occasion.NEW_LINK),
        (WaveKind.INVITATION, None, 10, Occasion.INVITATION),
        (WaveKind.REMINDER, None, 100, Occasion.NOT_OPENED),
        (WaveKind.REMINDER, Status.NOTIFIED, 100, Occasion.OPENED),
        (WaveKind.REMINDER, Status.ANSWERING, 100, Occasion.HALF_WAY),
        (WaveKind.REMINDER, Status.REVIEWING, 100, Occasion.HALF_WAY),
        (WaveKind.REMINDER, Status.REVIEWING, 37, Occasion.HALF_WAY),
        (WaveKind.REMINDER, Status.REVIEWING, 36, Occasion.LAST_DAY),
        (WaveKind.REMINDER, None, 1, Occasion.LAST_DAY),
        (WaveKind.REMINDER, Status.ANSWERING, 0, Occasion.CLOSED),
        (WaveKind.LAST_DAY, None, 100, Occasion.LAST_DAY),
        (WaveKind.CLOSED, Status.ANSWERING, -1, Occasion.CLOSED),
    ],
)
def test_the_letter_fits_the_wave_the_person_and_the_time_left(kind, status, hours, occasion):
    """In the last 36 hours a reminder is about the closing; too late for that, it is about the end."""
    assert occasion_of(kind, status, TERMS, CLOSING - timedelta(hours=hours)) is occasion


@pytest.mark.parametrize("kind", [None, *WaveKind])
@pytest.mark.parametrize("status", [None, *Status])
def test_there_is_a_letter_for_every_wave_and_status(kind, status):
    """Whether it is sent is decided elsewhere, and may be decided anew while it is being written."""
    assert occasion_of(kind, status, replace(TERMS, closes_at=None), NOON) in Occasion


# ---------------------------------------------------------------- what is said


def test_the_invitation_says_what_why_how_long_how_protected_and_whom_to_ask():
    """All that somebody needs to decide."""
    said = letter(Occasion.INVITATION)
    for words in (
        "The canteen invites you",
        "“Tea at work”",
        "your view counts",
        "about 1 minute",
        "stop at any time",
    ):
        assert words in text(said)
    for words in ("confidential", "voluntary", "until Friday 18 December 2026 at 23:59"):
        assert words in text(said)
    assert said.closing[0] == "For questions about the survey: tea@example.org"


def test_an_identified_survey_says_so():
    """Before anything is opened."""
    assert "together with your name" in text(letter(Occasion.INVITATION, terms=replace(TERMS, mode=Mode.IDENTIFIED)))


def test_without_a_sender_a_name_a_contact_or_a_deadline_nothing_is_missing():
    """No empty brackets, no «until» that leads nowhere."""
    bare = Terms("Tea at work", "", Mode.CONFIDENTIAL)
    for occasion in Occasion:
        for session in (None, walker("notified"), walker("answering"), walker("reviewing")):
            said = letter(occasion, session, terms=bare, name="")
            everything = "\n".join((said.subject, *said.paragraphs, *said.closing))
            assert said.paragraphs[0] == "Hello,"
            assert not re.search(r"\(\)|until \.|on \.|  |: *$|^ | $", everything, re.MULTILINE), everything


def test_somebody_half_way_reads_how_far_and_how_long_still():
    """The count is of answers, the minutes are of what is open."""
    said = letter(Occasion.HALF_WAY, walker("answering"))
    assert "You have answered 1 of 5 questions" in text(said)
    assert "About 1 minute is left." in text(said)
    assert "Ha risposto a 1 domanda su 5" in text(letter(Occasion.HALF_WAY, replace(walker(), language="it")))


def test_the_minutes_left_grow_fewer():
    """From all of the questionnaire to at least one."""
    long = form("| survey |\n| | type | name | label |\n" + "\n".join(f"| | text | q{n} | Q? |" for n in range(24)))
    walk = Scenario(long, terms=TERMS, language="en").takes_part()
    left = []
    while walk.session.status is Status.ANSWERING:
        said = letter(Occasion.LAST_DAY, walk.session, form=long)
        left.append(int(re.search(r"bout (\d+) minute", text(said))[1]))
        walk.types("x")
    assert left[0] == 10
    assert left[-1] == 1
    assert all(before >= after for before, after in pairwise(left))


def test_the_first_answer_takes_its_share_off_the_minutes_that_were_told():
    """Also where many questions are not met yet, or will never be: there is one estimate."""
    rows = "\n".join(f"| | text | q{n} | Q? | {'' if n % 2 else '${q1}=1'} |" for n in range(1, 41))
    branching = form(f"| survey |\n| | type | name | label | relevant |\n{rows}")
    before = letter(Occasion.NOT_OPENED, form=branching)
    walk = Scenario(branching, terms=TERMS, language="en").takes_part().types("x")
    assert "about 17 minutes" in text(before)
    assert "You have answered 1 of 20 questions" in text(letter(Occasion.HALF_WAY, walk.session, form=branching))
    assert "About 16 minutes are left." in text(letter(Occasion.HALF_WAY, walk.session, form=branching))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_of_a_reminder_tells_nothing_of_the_person(language):
    """Mail servers keep it, and a locked screen shows it."""
    subjects = {
        letter(occasion, walker(state) if state else None, language=language).subject
        for occasion in REMINDERS
        for state in (None, *STATES)
    }
    assert subjects <= {"Tea at work: a reminder", "Tea at work: un promemoria"}


def test_before_the_first_answer_the_whole_questionnaire_lies_ahead():
    """A first question on which all others hang is not «about 1 minute»."""
    walk = Scenario(GATED, terms=TERMS, language="en")
    notified, accepted = walk.session, walk.takes_part().session
    for occasion, session in ((Occasion.OPENED, notified), (Occasion.HALF_WAY, accepted), (Occasion.NOT_OPENED, None)):
        assert "about 2 minutes" in text(letter(occasion, session, form=GATED))
    own = OwnWords("", "{done}/{total}")
    assert letter(Occasion.HALF_WAY, accepted, form=GATED, own=own).paragraphs[1] == "0/6"


def test_who_has_agreed_and_not_begun_is_thanked():
    """Nothing has been answered, so nothing is counted."""
    said = letter(Occasion.HALF_WAY, Scenario(TEA, terms=TERMS, language="en").takes_part().session)
    assert "Thank you for choosing to take part" in text(said)
    agreed = Scenario(TEA, terms=TERMS, language="en").takes_part().session
    assert "You have chosen to take part: it takes about 1 minute." in text(letter(Occasion.LAST_DAY, agreed))


def test_who_has_answered_all_reads_that_only_the_submission_is_missing():
    """And which button it is."""
    said = letter(Occasion.HALF_WAY, walker("reviewing"))
    assert "One step is left" in text(said)
    assert "Submit my answers" in text(said)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (None, "your personal link is valid until then. It takes about 1 minute."),
        ("notified", "already opened the invitation"),
        ("answering", "You have answered 1 of 5 questions. About 1 minute is left."),
        ("reviewing", "only the submission is missing"),
    ],
)
def test_the_last_day_says_what_is_left_to_do(state, words):
    """From wherever one is; and what happens to answers that are not submitted, where there are any."""
    said = text(letter(Occasion.LAST_DAY, walker(state) if state else None))
    assert words in said
    assert ("Only what has been submitted" in said) is (state in ("answering", "reviewing"))


def test_a_new_link_does_not_ask_who_has_answered_already_to_answer():
    """The link still leads to the receipt."""
    assert "You can answer until" in text(letter(Occasion.NEW_LINK, walker()))
    said = letter(Occasion.NEW_LINK, walker("submitted"))
    assert "answer until" not in text(said)
    assert said.closing == ("For questions about the survey: tea@example.org",)


def test_a_survey_that_was_closed_early_does_not_name_the_day_that_was_planned():
    """It has closed, and that is all that is known."""
    assert "2026" not in text(letter(Occasion.CLOSED, walker(), now=NOON))


def test_at_the_end_people_are_told_that_their_answers_do_not_count_only_if_they_gave_any():
    """And are thanked."""
    assert "Your answers had not been submitted" in text(letter(Occasion.CLOSED, walker("answering")))
    assert "Your answers" not in text(letter(Occasion.CLOSED, walker("notified")))
    assert "Thank you" in text(letter(Occasion.CLOSED, walker("notified")))


def test_who_was_told_that_it_has_closed_reads_first_that_it_is_open_again():
    """Otherwise the two letters would contradict each other; the chat says so too."""
    again = letter(Occasion.HALF_WAY, walker(), is_open_again=True)
    assert again.paragraphs[1] == again.prompt.blocks[1].text == "The survey is open again."
    assert "di nuovo aperta" in text(letter(Occasion.LAST_DAY, language="it", is_open_again=True))
    assert "open again" not in text(letter(Occasion.HALF_WAY, walker()))


def test_no_letter_holds_an_answer():
    """An e-mail is read by others, a notification lies on a table."""
    walk = Scenario(EVERYTHING, terms=TERMS, language="en").takes_part().types("Zanzibar").types("41")
    for occasion in Occasion:
        said = letter(occasion, walk.session, form=EVERYTHING)
        assert not re.search("Zanzibar|41", said.subject + text(said))


# ---------------------------------------------------------------- languages and dates


def test_the_language_is_that_of_the_session_then_the_wish_then_the_questionnaires():
    """Whoever changed it in the chat is written to in that language."""
    italian = Scenario(GATED, terms=TERMS, language="it").session
    assert letter_language(GATED, "en", italian) == "it"
    assert letter_language(GATED, "en-GB", None) == "en"
    assert letter_language(GATED, "de", None) == "it"
    assert letter_language(GATED, "", None) == "it"
    assert letter_language(TEA, "it", None) == "it"
    assert letter_language(TEA, "", None) == "en"
    assert letter(Occasion.INVITATION, form=GATED, language="").paragraphs[0] == "Gentile Anna Rossi,"


@pytest.mark.parametrize(
    ("moment", "english", "italian"),
    [
        ("2026-12-01T09:30", "Tuesday 1 December 2026 at 9:30", "martedì 1° dicembre 2026 alle 9:30"),
        ("2026-12-11T13:00", "Friday 11 December 2026 at 13:00", "venerdì 11 dicembre 2026 alle 13:00"),
        ("2026-12-18T01:15", "Friday 18 December 2026 at 1:15", "venerdì 18 dicembre 2026 all'1:15"),
        ("2026-12-18T00:00", "Thursday 17 December 2026 at midnight", "giovedì 17 dicembre 2026 alle 24"),
        ("2026-12-18T23:59:59", "Friday 18 December 2026 at 23:59", "venerdì 18 dicembre 2026 alle 23:59"),
        ("2026-11-01T00:00", "Saturday 31 October 2026 at midnight", "sabato 31 ottobre 2026 alle 24"),
    ],
)
def test_a_deadline_is_said_in_words(moment, english, italian):
    """As a person says it; midnight ends a day."""
    terms = replace(TERMS, closes_at=datetime.fromisoformat(moment).replace(tzinfo=NOON.tzinfo))
    own = OwnWords("", "{deadline}")
    for language, words in (("en", english), ("it", italian)):
        assert letter(Occasion.INVITATION, terms=terms, language=language, own=own).paragraphs[1] == words


def test_a_deadline_is_said_in_the_surveys_time_zone():
    """Whatever zone the database keeps."""
    utc = replace(TERMS, closes_at=datetime.fromisoformat("2026-12-18T22:59+00:00"))
    assert text(letter(Occasion.INVITATION, terms=utc)) == text(letter(Occasion.INVITATION))
    summer = replace(TERMS, closes_at=datetime.fromisoformat("2026-07-18T21:59+00:00"))
    assert "18 July 2026 at 23:59" in text(letter(Occasion.INVITATION, terms=summer))


# ---------------------------------------------------------------- in a chat


@pytest.mark.parametrize("occasion", Occasion)
def test_a_chat_shows_the_same_paragraphs_with_two_buttons(occasion):
    """Only to who has a chat; at the end there is nothing left to go on with."""
    prompt = letter(occasion, walker()).prompt
    assert (prompt.place, prompt.kind, prompt.language) == ("~reminder", Kind.REMINDER, "en")
    assert tuple(block.text for block in prompt.blocks) == letter(occasion, walker()).paragraphs
    assert {block.style for block in prompt.blocks} == {Style.PLAIN}
    ways_on = [] if occasion is Occasion.CLOSED else ["Go on with the questionnaire"]
    assert [button.label for button in prompt.actions] == [*ways_on, "No more reminders"]
    assert letter(occasion).prompt is None


def test_an_e_mail_ends_with_whom_to_ask_and_how_to_be_left_alone():
    """At the end of the survey there are no reminders to turn off."""
    assert [len(letter(occasion).closing) for occasion in Occasion] == [
        1 if o is Occasion.CLOSED else 2 for o in Occasion
    ]


# ---------------------------------------------------------------- whatever there is


WORDS = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=40)
OWN = st.lists(st.sampled_from([*(f"{{{place}}}" for place in PLACES), "{x}", "{ }", "{", "}", " ", "\n\n", "è"])).map(
    "".join
)
SESSIONS = {
    (asked, state): None if state is None else found
    for asked in (EVERYTHING, TEA, OPEN, COUNTED, GATED)
    for walk in [Scenario(asked, terms=TERMS)]
    for state, found in ((None, None), ("notified", walk.session), ("answering", walk.takes_part().session))
}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(SESSIONS, key=str)),
    st.sampled_from([None, *Status]),
    st.sampled_from(Occasion),
    st.builds(Terms, WORDS, WORDS, st.sampled_from(Mode), WORDS, st.sampled_from([None, CLOSING, NOON])),
    st.tuples(WORDS, st.sampled_from(["it", "en", "de", "", "x y", "Italiano (it)"])),
    st.none() | st.builds(OwnWords, OWN, OWN),
)
def test_whatever_a_survey_a_register_and_a_coordinator_hold_there_is_a_letter(
    key, status, occasion, terms, person, own
):
    """It never raises, leaves no place open, and its subject is one line."""
    session = SESSIONS[key]
    if session is not None and status is not None:
        session = replace(session, status=status, filled={} if status is Status.SUBMITTED else session.filled)
    name, language = person
    said = write_letter(key[0], terms, occasion, language=language, name=name, session=session, now=NOON, own=own)
    everything = "\n".join((said.subject, *said.paragraphs, *said.closing))
    assert not [place for place in PLACES if f"{{{place}}}" in everything]
    assert said.subject == " ".join(said.subject.split()) != ""
    assert all(paragraph.strip() for paragraph in said.paragraphs)
    assert phrases_for(said.language).language in LANGUAGES
    assert (said.prompt is None) is (session is None)
