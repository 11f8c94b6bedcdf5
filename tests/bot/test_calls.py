"""The pace of a chat, and of all of them when Telegram complains."""

from bot.telegram.calls import BRAKED_EACH, BRAKED_SECONDS, Brake, Pace


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


def test_all_chats_together_are_not_held_back():
    """People who write get their answers, as many as they are."""
    brake = Brake(Clock())
    assert [brake.book() for _ in range(100)] == [0.0] * 100


def test_when_it_was_too_much_all_chats_go_slower_for_a_while():
    """Otherwise each of them would ask again at once, and be refused again."""
    clock = Clock()
    brake = Brake(clock)
    brake.pull()
    assert [round(brake.book() / BRAKED_EACH) for _ in range(4)] == [0, 1, 2, 3]
    clock.now += BRAKED_SECONDS
    assert brake.book() == 0.0
