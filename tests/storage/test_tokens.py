"""Invitation tokens and the secret key."""

import asyncio
import re
import stat
import sys
from pathlib import Path

import pytest

from storage.errors import SecretTooShort
from storage.tokens import (
    bounce_tag,
    invitation_token,
    is_token_of,
    occasion_of_bounce_tag,
    participant_of_quiet_token,
    quiet_token,
    secret_in,
    token_hash,
)

_SOMEBODY = "0123456789abcdef0123456789abcdef"
_OTHER = "f" * 32
_STRANGE = ["", ".", "-", "--", "à", "\udcff-w1-\udcff", "a-w1-b", "😀" * 1000, "0" * 100_000]

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


def test_a_quiet_token_names_its_person():
    """It stands in a link, so it needs no quoting."""
    token = quiet_token(b"secret", _SOMEBODY)

    assert re.fullmatch(r"[\w-]{32}\.[\w-]{16}", token, re.ASCII)
    assert participant_of_quiet_token(b"secret", token) == _SOMEBODY


def test_a_quiet_token_that_we_did_not_sign_names_nobody():
    """Another person with this signature, another secret, a token that was cut off, or anything else."""
    token = quiet_token(b"secret", _SOMEBODY)
    forged = [token.replace(_SOMEBODY, _OTHER), token[:-1], token + "a", _SOMEBODY, token.upper(), *_STRANGE]

    assert [participant_of_quiet_token(b"secret", one) for one in forged] == [None] * len(forged)
    assert participant_of_quiet_token(b"other", token) is None


@pytest.mark.parametrize("occasion", ["w12", "r1-20261122"])
def test_a_bounce_tag_names_its_person_and_occasion(occasion: str):
    """Also when a server has changed small letters to capital ones, as it may."""
    tag = bounce_tag(b"secret", _SOMEBODY, occasion)

    assert re.fullmatch(r"[a-z0-9-]+", tag, re.ASCII)
    assert len(tag) == 36 + len(occasion)
    assert occasion_of_bounce_tag(b"secret", tag) == (_SOMEBODY, occasion)
    assert occasion_of_bounce_tag(b"secret", tag.upper()) == (_SOMEBODY, occasion)


def test_a_bounce_tag_that_we_did_not_sign_names_nobody():
    """So nobody can have somebody else marked undeliverable."""
    tag = bounce_tag(b"secret", _SOMEBODY, "w12")
    other = bounce_tag(b"secret", _OTHER, "w12")
    forged = [tag.replace("w12", "w13"), tag[:26] + other[26:], tag[:-1], tag + "a", tag.replace("-", ""), *_STRANGE]

    assert [occasion_of_bounce_tag(b"secret", one) for one in forged] == [None] * len(forged)
    assert occasion_of_bounce_tag(b"other", tag) is None


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
