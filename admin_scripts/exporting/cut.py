"""Texts for formats that have room for so many bytes or characters."""

ELLIPSIS = "…"


def cut_bytes(text: str, room: int) -> str:
    """The text in at most so many bytes of UTF-8: no letter is halved, and a text that was cut says so."""
    whole = text.encode()
    if len(whole) <= room:
        return text
    return whole[: room - len(ELLIPSIS.encode())].decode(errors="ignore").rstrip() + ELLIPSIS


def cut_letters(text: str, room: int) -> str:
    """The text in at most so many characters."""
    return text if len(text) <= room else text[: room - 1].rstrip() + ELLIPSIS
