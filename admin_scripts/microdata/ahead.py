"""Iterates in a thread of its own, a few steps ahead: reading, working and writing overlap where C code does them."""

from collections.abc import Iterable, Iterator
from queue import Queue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")
STEPS = 2


def ahead(items: Iterable[Item], steps: int = STEPS) -> Iterator[Item]:
    """The same items in the same order, and what is raised among them; when nobody wants more, no more is taken."""
    queue: Queue[Item | BaseException | None] = Queue(steps)
    is_over = Event()

    def take() -> None:
        try:
            for item in items:
                queue.put(item)
                if is_over.is_set():
                    return
            queue.put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where the items are wanted
            queue.put(error)

    thread = Thread(target=take, daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        is_over.set()
        while thread.is_alive():
            _drain(queue)
            thread.join(0.01)


def _drain(queue: "Queue[Item | BaseException | None]") -> None:
    while not queue.empty():
        queue.get_nowait()
