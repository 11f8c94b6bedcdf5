"""Digests, Base64 and identifiers."""

import binascii
import hashlib
from base64 import b64decode, b64encode
from math import isinf, isnan
from uuid import UUID

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.functions.specification import Function
from conversations.forms.xpath.values import Value, number_of, string_of

_ALGORITHMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_LONGEST_UUID = 1000
_BYTE = 256


def _digest(_frame: Frame, text: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name = _ALGORITHMS.get(string_of(algorithm))
    if name is None:
        raise XPathError(f"digest() knows {', '.join(_ALGORITHMS)} and not {string_of(algorithm)!r}")
    raw = hashlib.new(name, string_of(text).encode(errors="replace"), usedforsecurity=False).digest()
    if string_of(encoding) == "hex":
        return raw.hex()
    if string_of(encoding) == "base64":
        return b64encode(raw).decode()
    raise XPathError(f"digest() writes 'base64' or 'hex' and not {string_of(encoding)!r}")


def _base64_decode(_frame: Frame, text: Value) -> str:
    """The decoded text, blank for what is no Base64; the equals signs at its end may be missing."""
    encoded = string_of(text).rstrip("=")
    try:
        return b64decode(encoded + "=" * (-len(encoded) % 4)).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


def _uuid(frame: Frame, length: Value | None = None) -> str:
    """A random identifier in the form of UUID version 4, or that many characters of such."""
    if length is None:
        return _random_uuid(frame)
    wanted = number_of(length, frame.zone)
    if isnan(wanted) or isinf(wanted) or wanted > _LONGEST_UUID:
        raise XPathError(f"uuid() cannot be {string_of(length)!r} characters long")
    text = ""
    while len(text) < wanted:
        text += _random_uuid(frame)
    return text[: max(int(wanted), 0)]


def _random_uuid(frame: Frame) -> str:
    return str(UUID(bytes=bytes(int(frame.context.chance() * _BYTE) for _ in range(16)), version=4))


FUNCTIONS = {
    "base64-decode": Function(_base64_decode, 1, 1),
    "digest": Function(_digest, 2, 3),
    "uuid": Function(_uuid, 0, 1, volatile=True),
}
