"""The arrows between the rooms are what pyproject.toml draws."""

from importlinter.cli import lint_imports


def test_imports_point_one_way(monkeypatch, request):
    """The channels and the scripts know storage, storage knows the conversation, and the conversation nobody."""
    monkeypatch.chdir(request.config.rootpath)
    assert lint_imports(no_cache=True) == 0
