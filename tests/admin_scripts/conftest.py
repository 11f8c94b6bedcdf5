"""A command line that works on a database of its own."""

import pytest


@pytest.fixture
def configured(database_url, monkeypatch, tmp_path):
    """The settings name a fresh database and data folder, and nothing of this machine; gives the database's URL."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLLOQUIO_DATABASE_URL", database_url)
    monkeypatch.setenv("COLLOQUIO_SECRET", "a secret of the tests, long enough")
    monkeypatch.setenv("COLUMNS", "200")
    return database_url
