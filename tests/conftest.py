"""Fixtures that every room of the tests may use."""

from hypothesis import settings

pytest_plugins = ["tests.databases"]

settings.register_profile("colloquio", deadline=None)  # how long a test takes says nothing on a machine that is busy
settings.load_profile("colloquio")


def pytest_addoption(parser):
    """`--update-transcripts` writes the bot's side of tests/transcripts anew, to be read before it is kept."""
    parser.addoption("--update-transcripts", action="store_true")
