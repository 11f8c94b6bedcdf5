"""NAME.manifest.json: what a report was made from, and the hash of every file that was written."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from admin_scripts.publication import Publication

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def program_version() -> str:
    """Of this program: as it says itself where it runs from its own folder, else as it was installed."""
    if PROJECT.is_file():
        return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return version("colloquio")
    except PackageNotFoundError:
        return ""


def manifest_of(
    publication: Publication, files: Mapping[str, bytes], options: Mapping[str, str], program: str, earlier: bytes = b""
) -> bytes:
    """Of files by name; `options` as they were given. No clock: the same files have the same manifest.

    Files of an `earlier` manifest of the same publication and options stay in it: other formats of this report.
    """
    told: dict[str, object] = {
        "survey": publication.name,
        "title": publication.title,
        "synthetic": publication.is_synthetic,
        "responses": publication.responses,
        "population": publication.population,
        "data_hash": publication.data_hash,
        "form_version": publication.version,
        "form_hash": publication.form_hash,
        "program": program,
        "seed": publication.seed,
        "k": publication.k,
        "k_text": publication.k_text,
        "options": dict(options),
    }
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    told["files"] = dict(sorted({**_kept(earlier, told), **hashes}.items()))
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _kept(earlier: bytes, told: Mapping[str, object]) -> dict[str, str]:
    """The files of an earlier manifest that says the same but for them."""
    try:
        before = json.loads(earlier or b"{}")
    except ValueError:
        return {}
    files = before.pop("files", {}) if isinstance(before, dict) else {}
    return dict(files) if before == told else {}
