"""The pace of a chat, and of all of them together."""

from bot.telegram.calls import Pace, Rate


class Clock:
    """Shows what the test says."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_short_burst_goes_at_once_then_one_a_second():
    """As Telegram lets it pass."""
    pace = Pace(3, Clock())
    assert [pace.book(7) for _ in range(6)] == [0, 0, 0, 1, 2, 3]


def test_each_chat_has_its_own_pace():
    """Nobody is slowed down by another."""
    pace = Pace(1, Clock())
    assert [pace.book(chat) for chat in (1, 2, 1)] == [0, 0, 1]


def test_who_waits_may_go_again():
    """After as many seconds, as many messages."""
    clock = Clock()
    pace = Pace(2, clock)
    for _ in range(4):
        pace.book(7)
    clock.now += 4
    assert [pace.book(7) for _ in range(3)] == [0, 0, 1]


def test_all_chats_together_keep_to_the_rate_evenly():
    """Nobody is refused, and who is alone does not wait."""
    clock = Clock()
    rate = Rate(25, clock)
    assert [round(rate.book() / 0.04) for _ in range(5)] == [0, 1, 2, 3, 4]
    clock.now += 10
    assert rate.book() == 0


def test_when_it_was_too_much_nobody_is_written_to_for_as_long_as_telegram_says():
    """Otherwise each chat would ask again at once, and be refused again."""
    clock = Clock()
    rate = Rate(25, clock)
    rate.pause(3)
    assert [round(rate.book(), 2) for _ in range(3)] == [3, 3.04, 3.08]
    clock.now += 4
    assert rate.book() == 0
