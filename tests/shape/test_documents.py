"""What the documents say is so: commands, options, files, the version, the languages."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer
import yaml

from admin_scripts.__main__ import VERBS, compose
from conversations.phrases import LANGUAGES
from storage.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(p for p in ROOT.rglob("*.md") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts))
README = (ROOT / "README.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SOURCES = ("*.toml", "*.yml", "*/**/*.py", "bot/web/**/*.html", "bot/web/**/*.js")
WITHOUT_VERB = {"", "test"}
"""What ./colloquio does itself."""


def command_lines(text: str) -> list[list[str]]:
    """The words after ./colloquio, of every line of a shell example."""
    examples = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    calls = re.findall(r"\./colloquio(.*)", "\n".join(examples))
    return [shlex.split(call, comments=True) for call in calls]


def options_of(words: list[str]) -> set[str]:
    """The options that the command of these words has. KeyError if there is no such command."""
    verb, *rest = words
    command = typer.main.get_command(compose([verb])).commands[verb]
    if hasattr(command, "commands"):
        command = command.commands[rest[0]]
    return {name for parameter in command.params for name in parameter.opts} | {"--help"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_document_tells_to_type_exists(document):
    """Every ./colloquio line in a shell example names a command, and options that the command has."""
    for words in command_lines(document.read_text()):
        if not words or words[0] in WITHOUT_VERB or words[0].startswith("-"):
            continue
        assert words[0] in VERBS, words
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options_of(words), words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_link_to_a_file_leads_to_one(document):
    """Pictures too."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert not missing


def test_the_readme_explains_every_setting():
    """In its table, by the name of the environment variable."""
    named = {f"COLLOQUIO_{name.upper()}" for name in Settings.model_fields}
    assert not {name for name in named if f"| `{name}`" not in README}


def test_the_changelog_begins_with_this_version():
    """And no newer one stands above it."""
    first = re.search(r"^## \[(\d[^\]]*)\] - \d{4}-\d{2}-\d{2}$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert first
    assert first[1] == PROJECT["version"]


def test_catalogues_of_public_software_find_what_they_need():
    """The keys that the standard asks for, in its lengths; the same facts as in pyproject.toml."""
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    wanted = "name url platforms categories developmentStatus softwareType description legal maintenance localisation"
    assert set(wanted.split()) <= public.keys()
    assert public["publiccodeYmlVersion"] == "0.4"
    assert public["softwareVersion"] == PROJECT["version"]
    assert public["legal"]["license"] == PROJECT["license"]
    assert public["maintenance"]["contacts"]
    assert set(public["localisation"]["availableLanguages"]) == set(LANGUAGES)
    for description in public["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


def test_the_licence_is_the_one_that_the_project_names():
    """Its text, whole, as the European Union publishes it."""
    text = (ROOT / "LICENSE").read_text()
    assert PROJECT["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "15.Applicable Law" in text
    assert text.endswith("require the production of a new EUPL version.\n")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this copy is no git repository")
def test_what_the_readme_tells_to_make_here_cannot_be_published_by_mistake():
    """Tokens, links and answers; and nothing of the project is left out with them."""
    private = [
        "colloquio.env",
        "links.csv",
        "links-2.csv",
        "invitations.csv",
        "results/a.csv",
        "exports/a.csv",
        "data/secret.key",
    ]
    databases = ["colloquio.db", "backup.db", "kept/colloquio.db-wal", "kept/colloquio.db-shm"]
    assert git("check-ignore", "--no-index", *private, *databases) == [*private, *databases]
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard") == []


def git(*words: str) -> list[str]:
    """The lines that git says in this folder."""
    said = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return said.stdout.splitlines()


def test_nothing_names_a_folder_of_one_machine():
    """What is published is true on every machine."""
    folder = re.compile(r"(?<![\w.])/(work|home/[a-z]+)/")
    files = [
        *DOCUMENTS,
        ROOT / "colloquio",
        ROOT / ".ci" / "run",
        *(p for s in SOURCES for p in ROOT.glob(s) if ".venv" not in p.parts),
    ]
    assert not [str(path) for path in files if folder.search(path.read_text())]
