"""Invitation tokens and the secret key."""

import asyncio
import re
import stat
import sys
from pathlib import Path

import pytest

from storage.errors import SecretTooShort
from storage.tokens import invitation_token, is_token_of, secret_in, token_hash

_MAKE = """
import pathlib, sys
from storage.tokens import secret_in
sys.stdin.read()
print(secret_in(pathlib.Path(sys.argv[1])))
"""


def test_a_token_fits_a_link_and_cannot_be_guessed():
    """Telegram's start parameter takes A-Z a-z 0-9 _ - up to 64; 24 of them are 144 bits."""
    assert re.fullmatch(r"[\w-]{24}", invitation_token(b"secret", 1, "a", 0), re.ASCII)


def test_a_token_depends_on_everything_and_on_nothing_else():
    """An export can be repeated; a renewed invitation, another person or survey or secret has another token."""
    cases = [(b"s", 1, "a", 0), (b"t", 1, "a", 0), (b"s", 2, "a", 0), (b"s", 1, "b", 0), (b"s", 1, "a", 1)]

    assert len({invitation_token(*case) for case in cases}) == len(cases)
    assert invitation_token(*cases[0]) == invitation_token(*cases[0])


def test_a_hash_knows_its_token():
    """And no other."""
    assert is_token_of(token_hash("one"), "one")
    assert not is_token_of(token_hash("one"), "other")


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path):
    """In a folder that is made with it."""
    path = tmp_path / "data" / "secret.key"

    first = secret_in(path)

    assert len(first) == 64
    assert secret_in(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", [b"", b"k" * 31])
def test_a_secret_that_was_cut_off_is_refused_and_left_alone(tmp_path: Path, content: bytes):
    """Links derived from it could be guessed, and would not be those that were sent."""
    path = tmp_path / "secret.key"
    path.write_bytes(content)

    with pytest.raises(SecretTooShort, match=r"Restore it from the backup, or delete it .*secret\.key"):
        secret_in(path)

    assert path.read_bytes() == content


async def test_processes_that_start_at_once_have_one_secret(tmp_path: Path):
    """The key of the first is everybody's, never half of one."""
    path = tmp_path / "secret.key"
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", _MAKE, path, stdin=pipe, stdout=pipe)
        for _ in range(4)
    ]

    keys = {out for out, _ in await asyncio.gather(*(process.communicate(b"") for process in processes))}

    assert keys == {f"{path.read_bytes()}\n".encode()}
