"""Invitation tokens and the secret key they are derived from; only their hash is ever stored."""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from storage.errors import SecretTooShort

_KEY_BYTES = 32
_TOKEN_CHARS = 24  # 144 bits


def invitation_token(secret: bytes, survey_id: int, participant_id: str, generation: int) -> str:
    """24 characters of base64url; always the same for the same arguments, so that an export can be repeated."""
    message = f"invitation:{survey_id}:{participant_id}:{generation}".encode()
    digest = hmac.new(secret, message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_TOKEN_CHARS]


def token_hash(token: str) -> str:
    """What is stored in place of the token: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token_of(stored: str, token: str) -> bool:
    """Whether `stored` is the hash of `token`, in a time that tells nothing."""
    return hmac.compare_digest(stored, token_hash(token))


def secret_in(path: Path) -> bytes:
    """The key in this file (mode 0600), made on first use. Raises SecretTooShort: with it links could be guessed.

    Two processes may start at once: each writes its own file and links it into place, and the later link fails.
    """
    if not path.exists():
        _make_secret(path)
    secret = path.read_bytes()
    if len(secret) < _KEY_BYTES:
        raise SecretTooShort(str(path))
    return secret


def _make_secret(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, own = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # 0600 by nature
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(_KEY_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        _link(Path(own), path)
    finally:
        Path(own).unlink()


def _link(own: Path, path: Path) -> None:
    try:
        path.hardlink_to(own)
    except FileExistsError:
        return  # the other process was first; its key is the one
