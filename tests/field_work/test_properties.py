"""What must hold in every field period, whatever people and coordinators do: checked against what people did."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

from conversations.letters import Occasion
from conversations.letters.deadline import moment_in_words
from conversations.phrases import LANGUAGES, phrases_for
from conversations.protocol import Status, WaveKind
from storage.due import Posting, Reason
from tests.field_work.journal import Act, Journal, Left, Order, Returned, Stage
from tests.field_work.month import ROME
from tests.field_work.opinion import HALF_WAY, OVER, WRITTEN_TO, runs_of, waves_of

HOLIDAYS = {
    *(date(2025, month, day) for month, day in ((4, 20), (4, 21), (4, 25), (5, 1), (12, 8), (12, 25), (12, 26))),
    *(date(2026, month, day) for month, day in ((1, 1), (1, 6), (11, 1))),
}
"""Of Italy, within the field periods."""

OPEN_AGAIN = [phrases_for(language).say("The survey is open again.") for language in LANGUAGES]
REMINDING = (WaveKind.REMINDER, WaveKind.LAST_DAY)
AT_MOST_ONCE = timedelta(hours=20)


# ---------------------------------------------------------------- to whom


def test_nobody_who_is_done_with_it_is_written_to(journal: Journal):
    """Who has submitted, declined, stopped, wants no reminders, is not eligible, has an address that does not work."""
    for left, somebody, _ in waves_of(journal):
        assert somebody.stage not in OVER, left
        assert not somebody.is_quiet, left
        assert not somebody.is_excluded, left
        assert left.channel == "telegram" or not somebody.is_undeliverable, left


def test_an_answer_that_comes_while_the_wave_is_sent_stops_the_message(journal: Journal):
    """Until the last look; whoever acts after it gets the one that is on its way, and none after it."""
    crossing = {person: sort.rpartition(" ")[2] for person, sort in journal.sorts.items() if "while a message" in sort}
    claimed = [person for person, window in crossing.items() if window == "claimed"]
    cancelled = {person for (person, _), (state, _) in journal.postings.items() if state is Posting.CANCELLED}
    assert len(claimed) == 5
    assert set(claimed) <= cancelled

    sending = [left for left in journal.left() if acts_between(journal, left)]
    assert sorted(left.person for left in sending) == sorted(p for p, window in crossing.items() if window == "sending")


def acts_between(journal: Journal, left: Left) -> bool:
    """Whether the person did something between the last look and the sending."""
    there = journal.events.index(left)
    return any(isinstance(event, Act) and event.person == left.person for event in journal.events[left.begun : there])


def test_everybody_who_is_due_and_nobody_else_is_in_a_wave(journal: Journal):
    """As counted by hand from what people did; with the same reasons."""
    for ran, opinion in runs_of(journal):
        judged = {person: opinion.judges(person, ran.kind, ran.at) for person in opinion.people}
        by_channel = Counter((reason, opinion.people[person].channel) for person, reason in judged.items())
        assert by_channel == ran.counts, ran
        written = {person for person, occasion in journal.postings if occasion == ran.occasion}
        assert written == {person for person, reason in judged.items() if reason in WRITTEN_TO[ran.kind]}, ran


def test_who_was_due_got_the_message_or_there_is_a_reason(journal: Journal):
    """One that came true before it could leave; nothing still waits in the end."""
    arrived = {(left.person, left.occasion) for left in journal.left()}
    for key, (state, reason) in journal.postings.items():
        assert state in (Posting.SENT, Posting.CANCELLED, Posting.DEAD), (key, state)
        assert (state is Posting.SENT) <= (key in arrived), key
        assert state is Posting.SENT or reason, key
    reasons = {reason for state, reason in journal.postings.values() if state is Posting.CANCELLED}
    allowed = {*OVER.values(), Reason.QUIET, Reason.ACTIVE_LATELY, Reason.WRITTEN_LATELY, Reason.SURVEY_OVER}
    assert reasons <= set(map(str, allowed))


def test_nobody_gets_the_same_wave_twice(journal: Journal):
    """But for a message that has come back for the time being, which is sent again."""
    left = Counter((one.person, one.occasion) for one in journal.left())
    returned = Counter((one.person, one.occasion) for one in journal.events if isinstance(one, Returned))
    assert all(left[key] - returned[key] <= 1 for key in left)
    assert returned


def test_nobody_is_reminded_more_often_than_planned(journal: Journal):
    """However often something was tried again or put off."""
    waves = Counter(ran.kind for _, ran in journal.ran())
    for person in journal.sorts:
        mine = Counter(left.kind for left in journal.left() if left.person == person)
        assert all(mine[kind] <= waves[kind] for kind in REMINDING), person
        assert mine[WaveKind.CLOSED] <= waves[WaveKind.CLOSED], person


# ---------------------------------------------------------------- when


def test_nothing_leaves_by_itself_at_night_at_the_week_end_or_on_a_holiday(journal: Journal):
    """Only a link that somebody asked for."""
    for left in journal.left():
        local = left.at.astimezone(ROME)
        is_peaceful = local.weekday() >= 5 or local.date() in HOLIDAYS or not 9 <= local.hour < 18
        assert left.kind is None or not is_peaceful, (local, left)


def test_who_asks_for_a_link_at_night_gets_it_at_once(journal: Journal):
    """Whatever the hour."""
    asked = [event for event in journal.events if isinstance(event, Act) and "asks for a new link" in event.words]
    got = {left.person: left.at for left in journal.left() if left.kind is None}
    assert asked
    assert all(got[act.person] - act.at < timedelta(minutes=1) for act in asked)


def test_nobody_gets_two_messages_within_twenty_hours(journal: Journal):
    """Links that were asked for excepted, and the word that it has closed, which nobody else would say."""
    for person in journal.sorts:
        mine = [
            left for left in journal.left() if left.person == person and left.kind in (*REMINDING, WaveKind.INVITATION)
        ]
        assert all(later.at - earlier.at > AT_MOST_ONCE for earlier, later in pairwise(mine)), person


def test_who_is_at_it_is_left_alone(journal: Journal):
    """For four hours after the last answer."""
    kept_from = 0
    for left, somebody, _ in waves_of(journal):
        if left.kind in REMINDING and somebody.active_at is not None:
            assert left.at - somebody.active_at >= timedelta(hours=4), left
    for ran, opinion in runs_of(journal):
        kept_from += sum(opinion.judges(one, ran.kind, ran.at) is Reason.ACTIVE_LATELY for one in opinion.people)
    assert kept_from


# ---------------------------------------------------------------- the end


def test_whoever_is_half_way_when_the_others_are_told_is_told_when_it_closes(journal: Journal):
    """By the last day's message, or by one of the day before that says it too; unless it is all over before."""
    told = 0
    for ran, opinion in runs_of(journal):
        if ran.kind is not WaveKind.LAST_DAY:
            continue
        assert opinion.closes_at is not None
        for person, somebody in opinion.people.items():
            if opinion.judges(person, ran.kind, ran.at) in WRITTEN_TO[ran.kind]:
                assert somebody.is_half_way
                assert is_told(journal, person, ran.at, opinion.closes_at), (person, ran)
                told += 1
    assert told


def is_told(journal: Journal, person: str, at: datetime, closes_at: datetime) -> bool:
    """Whether a message of those days says when it closes, or waits for nothing because the person has finished."""
    words = [moment_in_words(closes_at.astimezone(ROME), phrases_for(language)) for language in LANGUAGES]
    mine = [event for event in journal.events if getattr(event, "person", "") == person and event.at < closes_at]
    texts = [one.text for one in mine if isinstance(one, Left) and one.at > at - AT_MOST_ONCE]
    is_done = any(isinstance(one, Act) and one.stage in OVER for one in mine)
    return is_done or any(word in text for text in texts for word in words)


def test_whoever_is_half_way_when_it_closes_is_told_once_each_time(journal: Journal):
    """And nobody else; by hand or by date."""
    closings = [ran for _, ran in journal.ran() if ran.kind is WaveKind.CLOSED]
    by_hand = sum(isinstance(event, Order) and event.closes for event in journal.events)
    assert len(closings) == 1 + by_hand
    for ran, opinion in runs_of(journal):
        if ran.kind is WaveKind.CLOSED:
            told = Counter(left.person for left in journal.left() if left.occasion == ran.occasion)
            wanted = {p for p in opinion.people if opinion.judges(p, ran.kind, ran.at) is Reason.DUE}
            assert set(told) == wanted, ran
            assert {opinion.people[person].stage for person in wanted} <= set(HALF_WAY)
            assert set(told.values()) == {1}


# ---------------------------------------------------------------- in which words


def test_the_words_are_true_of_the_person(journal: Journal):
    """Nobody half-way reads that the link was not opened, nobody who never came that it was."""
    true_of = {
        Occasion.INVITATION: (Stage.ABSENT,),
        Occasion.NOT_OPENED: (Stage.ABSENT,),
        Occasion.OPENED: (Stage.OPENED,),
        Occasion.HALF_WAY: HALF_WAY,
        Occasion.CLOSED: HALF_WAY,
        Occasion.LAST_DAY: (Stage.ABSENT, Stage.OPENED, *HALF_WAY),
    }
    said = set()
    for left, somebody, _ in waves_of(journal):
        assert somebody.stage in true_of[Occasion(left.said)], left
        said.add(left.said)
    assert said >= {"invitation", "not_opened", "opened", "half_way", "last_day", "closed"}


def test_who_was_told_that_it_has_closed_is_told_that_it_is_open_again(journal: Journal):
    """By the first message after it, whatever that is about; and nobody else."""
    for person in journal.sorts:
        mine = [left for left in journal.left() if left.person == person and left.kind is not None]
        for before, left in pairwise([None, *mine]):
            was_closed = before is not None and before.kind is WaveKind.CLOSED and left.kind is not WaveKind.CLOSED
            assert any(words in left.text for words in OPEN_AGAIN) == was_closed, left


def test_the_numbers_are_those_of_the_person(journal: Journal):
    """«You have answered 4 of 20»: as many as were given, and as the session counts."""
    seen = 0
    for left, somebody, _ in waves_of(journal):
        if left.said == Occasion.HALF_WAY and left.known is Status.ANSWERING and left.done:
            done, asked = map(int, re.findall(r"\b(\d+) [^\d]*?(\d+)\b", left.text)[0])
            assert (done, asked) == (left.done, left.asked), left
            assert done == somebody.done, left
            seen += 1
    assert seen


def test_the_last_day_is_spoken_of_when_it_has_come(journal: Journal):
    """A reminder says so in the last 36 hours; by itself the survey says so on the last working day before."""
    for left, _, opinion in waves_of(journal):
        if left.said == Occasion.LAST_DAY:
            assert opinion.closes_at is not None
            ahead = opinion.closes_at - left.at
            longest = timedelta(hours=36) if left.kind is WaveKind.REMINDER else timedelta(days=4)
            assert timedelta() < ahead <= longest, left


# ---------------------------------------------------------------- what is counted


def test_what_arrived_is_what_storage_counts_as_sent(journal: Journal):
    """By wave and channel, without what came back."""
    arrived = Counter((left.kind and int(left.occasion[1:]), left.channel) for left in journal.left())
    arrived.subtract(Counter((int(one.occasion[1:]), "email") for one in journal.events if isinstance(one, Returned)))
    assert +arrived == {
        (tally.wave, tally.channel): tally.count for tally in journal.tallies if tally.state is Posting.SENT
    }


def test_what_left_is_in_the_folder_and_in_the_chats(journal: Journal):
    """A message that was tried again is a file for each time."""
    channels = Counter(left.channel for left in journal.left())
    assert channels == {"email": journal.mails, "telegram": journal.chats}
