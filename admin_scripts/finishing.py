"""Runs a coroutine to its end, as asyncio.run does, without the price of a large result."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """What the coroutine gives.

    When asyncio.run gives Ctrl-C back to the program, Python writes the task out as text twice, with its result: of a
    questionnaire or a publication that is a quarter of a second each time. So the task has none.
    """
    given: list[Result] = []

    async def keep() -> None:
        given.append(await work)

    asyncio.run(keep())
    return given[0]
