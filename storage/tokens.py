"""What is derived from the secret key: invitation tokens, of which only the hash is stored, and signed tags."""

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
_QUIET_CHARS = 16  # 96 bits
_BOUNCE_BYTES = 5


def invitation_token(secret: bytes, survey_id: int, participant_id: str, generation: int) -> str:
    """24 characters of base64url; always the same for the same arguments, so that an export can be repeated."""
    message = f"invitation:{survey_id}:{participant_id}:{generation}".encode()
    return base64.urlsafe_b64encode(_digest(secret, message)).decode()[:_TOKEN_CHARS]


def token_hash(token: str) -> str:
    """What is stored in place of the token: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token_of(stored: str, token: str) -> bool:
    """Whether `stored` is the hash of `token`, in a time that tells nothing."""
    return hmac.compare_digest(stored, token_hash(token))


def quiet_token(secret: bytes, participant_id: str) -> str:
    """Names a person in the links of «no more reminders»; opens nothing else."""
    signature = base64.urlsafe_b64encode(_digest(secret, f"quiet:{participant_id}".encode())).decode()
    return f"{participant_id}.{signature[:_QUIET_CHARS]}"


def participant_of_quiet_token(secret: bytes, token: str) -> str | None:
    """The participant's id, or None where we have not signed it."""
    participant_id, _, _ = token.partition(".")
    if not token.isascii() or not hmac.compare_digest(quiet_token(secret, participant_id), token):
        return None
    return participant_id


def bounce_tag(secret: bytes, participant_id: str, occasion: str) -> str:
    """Names a message in the address that it bounces to: small letters, digits and "-"; 36 of them and the occasion.

    Short, since there is place for 64 before the @; and servers may write a capital letter as a small one.
    """
    signature = _base32(_digest(secret, f"bounce:{participant_id}:{occasion}".encode())[:_BOUNCE_BYTES])
    return f"{_base32(bytes.fromhex(participant_id))}-{occasion}-{signature}"


def occasion_of_bounce_tag(secret: bytes, tag: str) -> tuple[str, str] | None:
    """The participant's id and the occasion, or None where we have not signed it."""
    known, _, rest = tag.lower().partition("-")
    occasion = rest.rpartition("-")[0]
    try:
        participant_id = base64.b32decode(known.upper() + "=" * (-len(known) % 8)).hex()
    except ValueError:
        return None
    if not tag.isascii() or not hmac.compare_digest(bounce_tag(secret, participant_id, occasion), tag.lower()):
        return None
    return participant_id, occasion


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def _digest(secret: bytes, message: bytes) -> bytes:
    return hmac.new(secret, message, hashlib.sha256).digest()


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
