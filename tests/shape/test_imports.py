"""The arrows between the rooms are what pyproject.toml draws."""

import subprocess
import sys

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_imports_point_one_way(request):
    """The channels and the scripts know storage, storage knows the conversation, and the conversation nobody.

    In a process of its own: the linter switches off the loggers of whoever calls it.
    """
    words = [sys.executable, "-c", LINT, "--no-cache"]
    done = subprocess.run(words, cwd=request.config.rootpath, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout
