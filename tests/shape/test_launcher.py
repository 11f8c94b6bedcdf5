"""The one command: its environment, made once from the lock file, with the real sh, venv and pip (or uv)."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement

from admin_scripts.__main__ import MODULES, VERBS
from admin_scripts.extra import PACKAGES

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-report.lock", "requirements-test.lock")
HANDED_OVER = """
import os, sys, greeting
from importlib.util import find_spec
print(greeting.WORD, sys.argv[1:], os.getcwd(), *["and figures"] * bool(find_spec("figures")))
"""


def pins(lock: str) -> dict[str, list[str]]:
    """Name -> versions; more than one where platforms or Pythons differ."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text().splitlines():
        if not line.startswith(" "):
            name, version = line.split()[0].split("==")
            found.setdefault(name, []).append(version)
    return found


def run(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False, **more)  # noqa: S603


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """A folder with two packages in it, and the lines of a lock file that ask for them."""
    folder = tmp_path_factory.mktemp("packages")
    return folder, [packed(folder, "greeting", "WORD = 'Buongiorno'\n"), packed(folder, "figures", "")]


def packed(folder, name, code):
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    facts = {
        f"{name}.py": code,
        f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{name}-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in facts.items():
            archive.writestr(path, text)
        rows = [f"{path},sha256={digest(text)},{len(text)}" for path, text in facts.items()]
        archive.writestr(f"{name}-1.0.dist-info/RECORD", "\n".join([*rows, f"{name}-1.0.dist-info/RECORD,,\n"]))
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def clone(tmp_path, packages):
    """The launcher in a folder of its own, whose program says what it was handed."""
    folder = tmp_path / "una cartella"
    (folder / "admin_scripts").mkdir(parents=True)
    (folder / "admin_scripts" / "__main__.py").write_text(HANDED_OVER)
    shutil.copy(ROOT / "colloquio", folder)
    for lock in LOCKS:
        (folder / lock).write_text("".join(packages[1][: 1 + (lock == "requirements-report.lock")]))
    return folder


@pytest.fixture
def surroundings(tmp_path, packages):
    """A path that begins with the Python of the tests, no network, and the one package that there is."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to(os.path.realpath(sys.executable))
    return {
        "HOME": str(tmp_path),
        "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
        **{f"{tool}_NO_INDEX": "1" for tool in ("PIP", "UV")},
        **{f"{tool}_FIND_LINKS": str(packages[0]) for tool in ("PIP", "UV")},
    }


def test_the_launcher_is_portable_shell():
    """It runs with any POSIX sh."""
    assert run("sh", "-n", ROOT / "colloquio").returncode == 0


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_shellcheck_has_nothing_to_say():
    """About the launcher and what CI runs."""
    found = run("shellcheck", ROOT / "colloquio", ROOT / ".ci" / "run")
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_each_package_by_its_hashes_and_no_address(lock):
    """Where packages come from is the machine's affair; which they are is ours."""
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert all("==" in entry and "--hash=sha256:" in entry for entry in text.replace("\\\n", "").splitlines())


def test_the_tests_run_with_the_packages_that_users_have():
    """Each lock is the one before and more."""
    bot, report, test = map(pins, LOCKS)
    assert bot.items() <= report.items() <= test.items()


def test_the_lock_files_are_in_step_with_the_project():
    """Every package that pyproject.toml asks for is pinned, at a version that it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-report.lock": project["project"]["optional-dependencies"]["report"],
        "requirements-test.lock": [line for group in project["dependency-groups"].values() for line in group],
    }
    for lock, lines in wanted.items():
        pinned = pins(lock)
        for requirement in map(Requirement, lines):
            assert all(v in requirement.specifier for v in pinned[requirement.name]), (lock, requirement)


def test_the_first_start_sets_up_and_the_second_does_not(clone, surroundings):
    """And the words are handed over as they are, from any folder, through a symlink."""
    link = clone.parent / "colloquio"
    link.symlink_to(clone / "colloquio")
    first = run(link, "status", "due parole", env=surroundings, cwd=clone.parent)
    assert first.stdout == f"Buongiorno ['status', 'due parole'] {clone.parent}\n", first.stderr
    assert "setting up" in first.stderr
    second = run(clone / "colloquio", env=surroundings, cwd="/")
    assert (second.stdout, second.stderr) == ("Buongiorno ['demo'] /\n", "")


def test_what_was_set_up_halfway_is_set_up_anew(clone, surroundings):
    """The stamp is written last, so that an environment without one is not trusted."""
    run(clone / "colloquio", env=surroundings)
    (clone / ".venv" / "requirements.lock").unlink()
    next((clone / ".venv").rglob("greeting.py")).unlink()
    again = run(clone / "colloquio", env=surroundings)
    assert again.stdout.startswith("Buongiorno ['demo']"), again.stderr


def test_two_starts_at_once_set_up_once(clone, surroundings):
    """The second waits for the first, then both run."""
    started = [
        subprocess.Popen([clone / "colloquio"], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
        for _ in range(2)
    ]
    said = [process.communicate() for process in started]
    assert all(out.startswith(b"Buongiorno") for out, _ in said), said
    assert sum(err.count(b"setting up, once") for _, err in said) == 1


def test_what_exports_need_is_set_up_with_the_first_export(clone, surroundings):
    """The bot starts without it, before and after; a second export finds it there."""
    assert "figures" not in run(clone / "colloquio", "serve", env=surroundings, cwd="/").stdout
    first = run(clone / "colloquio", "export", env=surroundings, cwd="/")
    assert first.stdout == "Buongiorno ['export'] / and figures\n", first.stderr
    assert "exports and reports need more; setting up, once: 1 packages" in first.stderr
    second = run(clone / "colloquio", "export", env=surroundings, cwd="/")
    assert (second.stdout, second.stderr) == (first.stdout, "")
    bot = run(clone / "colloquio", "serve", env=surroundings, cwd="/")
    assert (bot.stdout, bot.stderr) == ("Buongiorno ['serve'] /\n", "")


def test_an_extra_that_cannot_be_set_up_leaves_the_bot_as_it_is(clone, surroundings):
    """And the next export tries again, from the beginning."""
    lock = clone / "requirements-report.lock"
    good = lock.read_text()
    lock.write_text(f"{(clone / 'requirements.lock').read_text()}figures==1.0 --hash=sha256:{'0' * 64}\n")
    refused = run(clone / "colloquio", "export", env=surroundings)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is not the one that requirements-report.lock names" in refused.stderr
    bot = run(clone / "colloquio", "serve", env=surroundings, cwd="/")
    assert (bot.stdout, bot.stderr) == ("Buongiorno ['serve'] /\n", "")
    lock.write_text(good)
    assert "and figures" in run(clone / "colloquio", "export", env=surroundings).stdout


def test_only_verbs_that_the_launcher_knows_need_the_extra():
    """From no other verb does an import lead to a package of the extra, so the bot runs without."""
    named = re.search(r"^    (\w+(?: \| \w+)+)\)$", (ROOT / "colloquio").read_text(), re.MULTILINE)[1].split(" | ")
    modules = {f"admin_scripts.{MODULES.get(verb, verb)}" for verb in VERBS if verb not in named}
    extra = PACKAGES - {"numpy"}  # comes with pandas
    graph = grimp.build_graph("admin_scripts", "bot", "conversations", "storage", include_external_packages=True)
    chains = [graph.find_shortest_chain(module, package) for module in modules for package in extra & graph.modules]
    assert [chain for chain in chains if chain] == []


def test_a_package_that_is_not_the_locked_one_is_refused(clone, surroundings):
    """One sentence, and nothing of it is run."""
    (clone / "requirements.lock").write_text(f"greeting==1.0 --hash=sha256:{'0' * 64}\n")
    refused = run(clone / "colloquio", env=surroundings)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is not the one that requirements.lock names" in refused.stderr


def test_an_older_python_is_told_what_to_install(clone, surroundings, tmp_path):
    """The sentence names what was found and the remedy."""
    for name in ("sh", "dirname", "cmp"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    old = tmp_path / "bin" / "python3"
    old.unlink()
    old.write_text("#!/bin/sh\necho /usr/bin/python3.9\nexit 1\n")
    old.chmod(0o755)
    refused = run(clone / "colloquio", env=surroundings | {"PATH": str(tmp_path / "bin")})
    assert refused.returncode == 1
    assert "/usr/bin/python3.9 was found" in refused.stderr
    assert "apt install python3 python3-venv" in refused.stderr
