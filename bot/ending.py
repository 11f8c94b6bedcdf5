"""Whether the running task has been told to end, for loops that go on after errors."""

import asyncio


def is_ending() -> bool:
    """Whether this task was cancelled, also if a database has answered that with an error of its own."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
