"""Fixtures that every room of the tests may use."""

pytest_plugins = ["tests.databases"]


def pytest_addoption(parser):
    """`--update-transcripts` writes the bot's side of tests/transcripts anew, to be read before it is kept."""
    parser.addoption("--update-transcripts", action="store_true")
