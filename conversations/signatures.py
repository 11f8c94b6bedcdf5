"""What a file is, by how it begins: neither its name nor what its sender calls it is believed."""

import re

from conversations.protocol import Media

HEAD = 512
"""Bytes that are looked at."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", Media.IMAGE, "jpg"),
    (b"\x89PNG\r\n\x1a\n", Media.IMAGE, "png"),
    (b"GIF87a", Media.IMAGE, "gif"),
    (b"GIF89a", Media.IMAGE, "gif"),
    (b"BM", Media.IMAGE, "bmp"),
    (b"II*\x00", Media.IMAGE, "tif"),
    (b"MM\x00*", Media.IMAGE, "tif"),
    (b"OggS", Media.AUDIO, "ogg"),
    (b"ID3", Media.AUDIO, "mp3"),
    (b"fLaC", Media.AUDIO, "flac"),
    (b"#!AMR", Media.AUDIO, "amr"),
    (b"%PDF-", Media.FILE, "pdf"),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), (Media.IMAGE, "heic")),
    **dict.fromkeys((b"avif", b"avis"), (Media.IMAGE, "avif")),
    **dict.fromkeys((b"M4A ", b"M4B "), (Media.AUDIO, "m4a")),
    b"qt  ": (Media.VIDEO, "mov"),
}
_RIFF = {b"WEBP": (Media.IMAGE, "webp"), b"WAVE": (Media.AUDIO, "wav"), b"AVI ": (Media.VIDEO, "avi")}
_MPEG_AUDIO = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff][^\xff]")
_AAC = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")
_ENDING = re.compile(r"[a-z0-9]{1,8}")


def recognised(head: bytes, *, declared: str = "", name: str = "") -> tuple[Media, str]:
    """What it is, and the ending for its name. A container of sound or film is what it is `declared` to be.

    What is not known is a FILE, with the ending of its own `name`.
    """
    known = _beginning(head) or _riff(head) or _boxes(head, declared) or _matroska(head, declared) or _frames(head)
    if known is not None:
        return known
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return Media.FILE, ending if _ENDING.fullmatch(ending) else "bin"


def _beginning(head: bytes) -> tuple[Media, str] | None:
    if head.startswith(b"OggS") and b"\x80theora" in head:
        return Media.VIDEO, "ogv"
    return next(((media, ending) for begins, media, ending in _BEGINNINGS if head.startswith(begins)), None)


def _riff(head: bytes) -> tuple[Media, str] | None:
    return _RIFF.get(head[8:12]) if head.startswith(b"RIFF") else None


def _boxes(head: bytes, declared: str) -> tuple[Media, str] | None:
    """The family of MP4, which holds pictures, sound and films."""
    if head[4:8] != b"ftyp":
        return None
    sound = (Media.AUDIO, "m4a") if declared.startswith("audio/") else (Media.VIDEO, "mp4")
    return _BRANDS.get(head[8:12], sound)


def _matroska(head: bytes, declared: str) -> tuple[Media, str] | None:
    if not head.startswith(b"\x1aE\xdf\xa3"):
        return None
    ending = "webm" if b"webm" in head else "mkv"
    return (Media.AUDIO if declared.startswith("audio/") else Media.VIDEO), ending


def _frames(head: bytes) -> tuple[Media, str] | None:
    if _AAC.match(head):
        return Media.AUDIO, "aac"
    return (Media.AUDIO, "mp3") if _MPEG_AUDIO.match(head) else None
