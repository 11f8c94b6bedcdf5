"""Iterating in another thread changes neither the items nor what is raised among them."""

import threading

import pytest

from admin_scripts.microdata.ahead import ahead


def test_the_items_come_in_their_order():
    """Each once, also none."""
    assert list(ahead(range(100))) == list(range(100))
    assert list(ahead([])) == []


def test_what_goes_wrong_there_is_raised_here():
    """After the items before it."""

    def broken():
        yield 1
        raise OSError("gone")

    items = ahead(broken())
    assert next(items) == 1
    with pytest.raises(OSError, match="gone"):
        next(items)


def test_nothing_goes_on_when_nobody_wants_more():
    """However many items there would be, and the source is closed."""
    closed = threading.Event()

    def endless():
        try:
            while True:
                yield 1
        finally:
            closed.set()

    items = ahead(endless())
    next(items)
    items.close()
    assert closed.wait(10)
